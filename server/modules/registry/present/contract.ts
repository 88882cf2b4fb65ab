import { sql } from 'kysely';
import type { Output } from '#contract/define-route.ts';
import { ContractDraft, type getContract, type listContracts } from '#contract/registry/service.ts';
import { fen, makeId, type Id } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { contractCan, found } from '../access.ts';
import { contractThen, knownThen, type AsOf } from '../as-of.ts';
import { companyNames } from '../store/companies.ts';
import { contractRevisions, contractVersions, getContract as loadContract } from '../store/contracts.ts';
import type { ContractRecord } from '../store/records.ts';
import { historyOf } from '#platform/audit/history.ts';

type Row = Output<typeof listContracts>['rows'][number];
interface Place { readonly id: Id<'Estate'>; readonly name: string; readonly townshipId: Id<'OrgUnit'>; readonly township: string; readonly archivedAt: string | null }

/** 合同列表行, as of a day: one row for each version given. */
export async function presentContracts(db: Db, ctx: Ctx, rows: readonly ContractRecord[], at: AsOf): Promise<Row[]> {
  if (rows.length === 0) return [];
  const estates = rows.map((row) => row.estateId);
  const [names, places, current, revisions] = await Promise.all([
    companyNames(db, rows.map((row) => row.companyId)),
    sql<Place>`select e.id, e.name, e.township_id, t.name as township, e.archived_at from registry.estate e join platform.org_unit t on t.id = e.township_id where e.id = any(${estates}::uuid[])`.execute(db),
    sql<{ id: string }>`select distinct on (k.estate_id) k.id from registry.service_contract k where k.estate_id = any(${estates}::uuid[]) and ${knownThen('k', at)} and ${contractThen('k', at)} order by k.estate_id, k.starts_on desc nulls last, k.recorded_at desc, k.id desc`.execute(db),
    contractRevisions(db, rows.map((row) => row.contractId)),
  ]);
  const estateOf = new Map(places.rows.map((row) => [row.id, row]));
  const now = new Set(current.rows.map((row) => row.id));
  return rows.flatMap((row) => {
    const estate = estateOf.get(row.estateId);
    const contractId = makeId<'Contract'>(row.contractId);
    return estate === undefined ? [] : [{
      contractId, versionId: row.id, version: revisions.get(contractId) ?? 1, estate: { id: estate.id, name: estate.name }, township: { id: estate.townshipId, name: estate.township }, company: { id: row.companyId, name: names.get(row.companyId) ?? '' },
      kind: row.kind, feeBasis: row.feeBasis, feeFenPerM2Month: row.feeFenPerM2Month === null ? null : fen(row.feeFenPerM2Month), startsOn: row.startsOn, endsOn: row.endsOn, terminatedOn: row.terminatedOn,
      isCurrent: now.has(row.id), recordedAt: row.recordedAt, supersededAt: row.supersededAt, can: contractCan(ctx, estate, row),
    }];
  });
}

/** 合同详情, as of a day, with every version and who recorded it. */
export async function presentContract(db: Db, ctx: Ctx, id: Id<'Contract'>, at: AsOf): Promise<Output<typeof getContract>> {
  const row = await loadContract(db, ctx.scope, id, at);
  const versions = await contractVersions(db, ctx.scope, id);
  const [[shown], all, history] = await Promise.all([presentContracts(db, ctx, [row], at), presentContracts(db, ctx, versions, at), historyOf(db, 'Contract', id, ContractDraft)]);
  const stands = versions.some((version) => version.supersededAt === null);
  return { ...found(shown, 'not-found'), ...at, archivedAt: stands ? null : versions[0]?.supersededAt ?? null, versions: all, history };
}
