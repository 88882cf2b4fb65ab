import { sql } from 'kysely';
import type { ContractKind } from '#domain/registry/contract-terms.ts';
import { contractEventOf, type ContractTermFacts } from '#domain/registry/obligations.ts';
import type { Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import { recordFacts, type Fact } from '#modules/obligation/index.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';

interface ContractRow {
  readonly id: string; readonly contractId: string; readonly name: string; readonly countyId: string; readonly townshipId: string; readonly neighbourhoodId: string | null; readonly companyId: string; readonly estateId: Id<'Estate'>; readonly kind: ContractKind;
  readonly isStanding: boolean; readonly endsOn: LocalDate | null; readonly terminatedOn: LocalDate | null; readonly successorId: string | null; readonly changedAt: Instant; readonly recordedAt: Instant;
}

/** The last version of each contract of these estates, with the contract that came after it. */
async function contractsOf(db: Db, estateIds: readonly Id<'Estate'>[]): Promise<ContractRow[]> {
  return (await sql<ContractRow>`
    select distinct on (k.contract_id) k.id, k.contract_id, e.name, k.county_id, k.township_id, k.neighbourhood_id, k.company_id, k.estate_id, k.kind, k.ends_on, k.terminated_on, k.recorded_at, coalesce(k.superseded_at, k.recorded_at) as changed_at,
           (k.superseded_at is null and e.archived_at is null) as is_standing,
           (select n.contract_id from registry.service_contract n where n.estate_id = k.estate_id and n.contract_id <> k.contract_id and n.superseded_at is null and n.starts_on > coalesce(k.starts_on, '-infinity'::date) order by n.contract_id limit 1) as successor_id
      from registry.service_contract k join registry.estate e on e.id = k.estate_id
     where k.estate_id = any(${estateIds}::uuid[]) order by k.contract_id, (k.superseded_at is null) desc, k.recorded_at desc, k.id desc`.execute(db)).rows;
}

/** 记入合同期限的时限 of these estates' contracts, as their records now say it. Told again, it changes nothing. */
export async function tellContracts(tx: Tx, { actor }: Pick<Ctx, 'actor'>, estateIds: readonly Id<'Estate'>[]): Promise<void> {
  const rows = await contractsOf(tx.db, estateIds);
  await recordFacts(tx, rows.map((row): Fact => {
    const event = contractEventOf({ ...row, hasSuccessor: row.successorId !== null });
    const at = event === 'registry.contract-gone' ? row.changedAt : event === 'registry.contract-succeeded' ? tx.now : row.recordedAt;
    const facts: ContractTermFacts | null = row.endsOn === null ? null : { endsOn: row.endsOn, knownOn: todayIn(row.recordedAt), hasNeighbourhood: row.neighbourhoodId !== null };
    return {
      event, key: event === 'registry.contract-succeeded' ? `${row.id}:${row.successorId ?? ''}` : row.id, subject: ['Contract', row.contractId], at, on: todayIn(at), facts,
      title: `${row.name}物业服务合同`, path: `/service-contracts/${row.contractId}`, holders: {}, by: { userId: actor.userId, name: actor.name },
      place: { countyId: row.countyId, townshipId: row.townshipId, neighbourhoodId: row.neighbourhoodId, estateId: row.estateId, companyId: row.companyId },
    };
  }));
}

const BATCH = 300;

/** 合同期限的时限, every night: what came by a ledger, was undone, or was there before contracts had time limits. What is known already changes nothing. */
export async function keepContractsTimed(ctx: Ctx): Promise<void> {
  const found = await ctx.kit.database.read(everything, (db) => db.selectFrom('registry.serviceContract').select('estateId').distinct().orderBy('estateId').execute());
  for (let from = 0; from < found.length; from += BATCH) {
    await ctx.transact(async (tx) => {
      tx.auditNothing('the contracts were recorded and have their own entries');
      await tellContracts(tx, ctx, found.slice(from, from + BATCH).map(({ estateId }) => estateId));
    });
  }
}
