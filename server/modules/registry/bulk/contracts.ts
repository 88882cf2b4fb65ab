import type { Fen, Id, LocalDate } from '#domain/kernel/brand.ts';
import { contractThen } from '../as-of.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { insertMany } from '../store/bulk-sql.ts';
import { supersede } from '../store/supersede.ts';
import type { ContractRecord } from '../store/records.ts';
import type { BulkOptions } from './types.ts';

/** Who serves an estate as a ledger tells it; what it does not tell is absent. */
export interface ContractWrite {
  readonly estateId: Id<'Estate'>; readonly companyId: Id<'Company'>; readonly startsOn?: LocalDate | null | undefined; readonly endsOn?: LocalDate | null | undefined;
  readonly feeBasis?: ContractRecord['feeBasis'] | undefined; readonly feeFenPerM2Month?: Fen | null | undefined;
}

/**
 * 由台账写合同: the same company's contract in force gets a new version where something differs; another company's ends on the day of
 * the ledger and a new contract begins. Estates whose contract agrees are left untouched.
 */
export async function writeContracts(db: Db, writes: readonly ContractWrite[], { at, on, batchId }: BulkOptions): Promise<void> {
  if (writes.length === 0) return;
  const ids = writes.map((write) => write.estateId);
  const current = await db.selectFrom('registry.serviceContract as k').selectAll().where('estateId', 'in', ids).where('supersededAt', 'is', null).where(contractThen('k', { on, knownOn: null })).orderBy('startsOn', (by) => by.asc().nullsFirst()).orderBy('recordedAt').execute();
  const estates = await db.selectFrom('registry.estate').select(['id', 'countyId', 'townshipId', 'neighbourhoodId']).where('id', 'in', ids).execute();
  const byEstate = Map.groupBy(current, (row) => row.estateId);
  const placeOf = new Map(estates.map((row) => [row.id, row]));
  const superseded: Id<'ServiceContract'>[] = [];
  const fresh: Record<string, unknown>[] = [];
  for (const write of writes) {
    const place = placeOf.get(write.estateId);
    const standing = byEstate.get(write.estateId) ?? [];
    const own = standing.findLast((row) => row.companyId === write.companyId);
    const told = stripped({ startsOn: write.startsOn, endsOn: write.endsOn, feeBasis: write.feeBasis, feeFenPerM2Month: write.feeFenPerM2Month });
    if (own) {
      const next = { ...own, ...told };
      if (JSON.stringify(next) === JSON.stringify(own)) continue;
      superseded.push(own.id);
      fresh.push({ ...next, id: newId(), recordedAt: at, supersededAt: null, batchId });
      continue;
    }
    for (const row of standing) {
      superseded.push(row.id);
      fresh.push({ ...row, id: newId(), terminatedOn: later(on, row.startsOn), recordedAt: at, supersededAt: null, batchId });
    }
    const { id: _id, ...columns } = place ?? { id: null };
    fresh.push({
      ...empty, ...columns, id: newId(), contractId: newId(), estateId: write.estateId, companyId: write.companyId, kind: 'unknown',
      ...told, startsOn: told['startsOn'] ?? (standing.length > 0 ? on : null), recordedAt: at, batchId,
    });
  }
  await supersede(db, 'registry.service_contract', superseded, at);
  await insertMany(db, 'registry.serviceContract', fresh);
}

/** 终止的合同: an estate, and the first day on which nobody serves it. */
export interface ContractEnd { readonly estateId: Id<'Estate'>; readonly endsOn: LocalDate }

/** 由台账终止合同: whatever is in force ends on that day, and not before it began. */
export async function endContracts(db: Db, ends: readonly ContractEnd[], { at, on, batchId }: BulkOptions): Promise<void> {
  if (ends.length === 0) return;
  const dayOf = new Map(ends.map(({ estateId, endsOn }) => [estateId, endsOn]));
  const current = await db.selectFrom('registry.serviceContract as k').selectAll().where('estateId', 'in', [...dayOf.keys()]).where('supersededAt', 'is', null).where(contractThen('k', { on, knownOn: null })).execute();
  await supersede(db, 'registry.service_contract', current.map(({ id }) => id), at);
  await insertMany(db, 'registry.serviceContract', current.map((row) => ({ ...row, id: newId(), terminatedOn: later(dayOf.get(row.estateId) ?? on, row.startsOn), recordedAt: at, supersededAt: null, batchId })));
}

const empty = {
  id: null, contractId: null, countyId: null, townshipId: null, neighbourhoodId: null, estateId: null, companyId: null, kind: 'unknown', feeBasis: null, feeFenPerM2Month: null,
  startsOn: null, endsOn: null, terminatedOn: null, recordedAt: null, supersededAt: null, batchId: null,
};

const stripped = (fields: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
const later = (a: LocalDate, b: LocalDate | null): LocalDate => (b !== null && b > a ? b : a);
