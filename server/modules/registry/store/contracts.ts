import { sql } from 'kysely';
import type { z } from 'zod';
import type { contractQuery } from '#contract/registry/service.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import type { Scope } from '#platform/access/scope.ts';
import type { Db } from '#platform/db/types.ts';
import { found } from '../access.ts';
import { contractThen, knownThen, type AsOf } from '../as-of.ts';
import { counted, keyset, type Counted } from './page.ts';
import type { ContractRecord } from './records.ts';
import { visibleContracts } from './visible.ts';

export type ContractFilters = z.output<typeof contractQuery>;

/** 已归档的合同: the last version of a contract of which none stands any more. */
const laidAside = sql<boolean>`not exists (select from registry.service_contract n where n.contract_id = k.contract_id and (n.superseded_at is null or n.superseded_at > k.superseded_at))`;

/** 一页合同, the versions known then; archived ones with their last version where they are asked for. */
export async function pageContracts(db: Db, scope: Scope, f: ContractFilters, at: AsOf): Promise<Counted<ContractRecord & { name: string }>> {
  let query = visibleContracts(db, scope);
  query = f.archived === 'true' ? query.where(sql<boolean>`(${knownThen('k', at)} or ${laidAside})`) : query.where(knownThen('k', at));
  if (f.estateId) query = query.where('k.estateId', '=', f.estateId);
  if (f.companyId) query = query.where('k.companyId', '=', f.companyId);
  if (f.townshipId) query = query.where('k.townshipId', '=', f.townshipId);
  if (f.neighbourhoodId) query = query.where('k.neighbourhoodId', '=', f.neighbourhoodId);
  if (f.endingBefore) query = query.where('k.endsOn', '<', f.endingBefore);
  if (f.current || f.endingBefore) query = query.where(contractThen('k', at));
  if (f.q) query = query.where(sql<boolean>`exists (select from registry.estate e where e.id = k.estate_id and e.name like ${`%${f.q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`})`);
  const [rows, total] = await Promise.all([keyset(query.selectAll('k').select('k.contractId as name'), 'k', { ...f, sort: 'newest' }).execute(), counted(db, query)]);
  return { rows, ...total };
}

/** 查合同: the version known then; of an archived contract the last one. @throws Problem not-found */
export async function getContract(db: Db, scope: Scope, id: Id<'Contract'>, at: AsOf): Promise<ContractRecord> {
  return found(await visibleContracts(db, scope).selectAll('k').where('k.contractId', '=', id).where(sql<boolean>`(${knownThen('k', at)} or ${laidAside})`).orderBy(knownThen('k', at), 'desc').limit(1).executeTakeFirst(), 'not-found');
}

/** 合同的各版本, the newest first. */
export const contractVersions = (db: Db, scope: Scope, id: Id<'Contract'>): Promise<ContractRecord[]> =>
  visibleContracts(db, scope).selectAll('k').where('k.contractId', '=', id).orderBy('k.recordedAt', 'desc').orderBy('k.id', 'desc').limit(100).execute();

/** 合同的版本号 by contract: how often what is recorded of it was changed; every new version and every correction counts. */
export async function contractRevisions(db: Db, ids: readonly string[]): Promise<Map<Id<'Contract'>, number>> {
  const rows = await sql<{ contractId: string; version: number }>`select contract_id, count(*) + count(superseded_at) as version from registry.service_contract where contract_id = any(${ids}::uuid[]) group by contract_id`.execute(db);
  return new Map(rows.rows.map((row) => [makeId<'Contract'>(row.contractId), row.version]));
}
