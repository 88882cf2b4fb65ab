import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { insertMany } from '../store/bulk-sql.ts';
import { supersede } from '../store/supersede.ts';
import type { BulkOptions } from './types.ts';

export interface ManagerWrite { readonly estateId: Id<'Estate'>; readonly practitionerId: Id<'Practitioner'> | null; readonly since: LocalDate | null }

/**
 * 登记项目经理任职: from `since` (null: unknown) this person manages the estate, nobody where `practitionerId` is null. The one before ends
 * that day; an assignment that began on or after it is corrected away.
 */
export async function assignManagers(db: Db, writes: readonly ManagerWrite[], { at, on, batchId }: Pick<BulkOptions, 'at' | 'on' | 'batchId'>): Promise<Id<'Estate'>[]> {
  if (writes.length === 0) return [];
  const ids = writes.map((write) => write.estateId);
  const estates = new Map((await db.selectFrom('registry.estate').select(['id', 'countyId', 'townshipId', 'neighbourhoodId', 'companyId']).where('id', 'in', ids).execute()).map((row) => [row.id, row]));
  const current = Map.groupBy(await db.selectFrom('registry.estateManager').selectAll().where('estateId', 'in', ids).where('supersededAt', 'is', null).execute(), (row) => row.estateId);
  const gone: string[] = [];
  const fresh: Record<string, unknown>[] = [];
  const changed: Id<'Estate'>[] = [];
  for (const { estateId, practitionerId, since } of writes) {
    const standing = current.get(estateId) ?? [];
    const open = standing.filter((row) => row.validTo === null || row.validTo > (since ?? on));
    if (practitionerId !== null && open.length === 1 && open[0]?.practitionerId === practitionerId && open[0].validTo === null && (since === null || open[0].validFrom === since)) continue;
    // A ledger does not say when the manager changed: the day it speaks for is taken, unless nobody was known before.
    const from = since ?? (open.length > 0 ? on : null);
    for (const row of open) {
      gone.push(row.id);
      if (from !== null && (row.validFrom === null || row.validFrom < from)) fresh.push({ ...row, id: newId(), validTo: from, recordedAt: at, supersededAt: null, batchId });
    }
    const { id: _id, ...place } = estates.get(estateId) ?? { id: null };
    if (practitionerId !== null) fresh.push({ ...place, id: newId(), estateId, practitionerId, validFrom: from, validTo: null, recordedAt: at, supersededAt: null, batchId });
    changed.push(estateId);
  }
  await supersede(db, 'registry.estate_manager', gone, at);
  await insertMany(db, 'registry.estateManager', fresh.map((row) => ({ ...columns, ...row })));
  return changed;
}

const columns = { id: null, countyId: null, townshipId: null, neighbourhoodId: null, estateId: null, companyId: null, practitionerId: null, validFrom: null, validTo: null, recordedAt: null, supersededAt: null, batchId: null };
