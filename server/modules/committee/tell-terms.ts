import { sql } from 'kysely';
import { termEventOf, type TermFacts } from '#domain/committee/obligations.ts';
import type { Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import { recordFacts, type Fact } from '#modules/obligation/index.ts';
import { everything } from '#platform/access/scope.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';

interface TermRow {
  readonly id: string; readonly committeeId: string; readonly name: string; readonly countyId: string; readonly townshipId: string; readonly neighbourhoodId: string | null; readonly companyId: string | null; readonly estateId: Id<'Estate'>;
  readonly isStanding: boolean; readonly sinceOn: LocalDate | null; readonly untilOn: LocalDate | null; readonly sinceBefore: LocalDate | null; readonly successorId: string | null; readonly changedAt: Instant; readonly recordedAt: Instant;
}

/** The last version of each committee of these estates, with the one before it and whoever came after. */
async function termsOf(db: Db, estateIds: readonly Id<'Estate'>[]): Promise<TermRow[]> {
  return (await sql<TermRow>`
    select distinct on (c.committee_id) c.id, c.committee_id, c.name, c.county_id, c.township_id, c.neighbourhood_id, c.company_id, c.estate_id, c.since_on, c.until_on, c.recorded_at, coalesce(c.superseded_at, c.recorded_at) as changed_at,
           (c.superseded_at is null and c.status = 'established' and c.ended_on is null and e.archived_at is null) as is_standing,
           (select p.since_on from committee.committee p where p.committee_id = c.committee_id and p.id <> c.id and p.recorded_at <= c.recorded_at order by p.recorded_at desc, p.id desc limit 1) as since_before,
           (select n.id from committee.committee n where n.estate_id = c.estate_id and n.committee_id <> c.committee_id and n.superseded_at is null and n.status = 'established' and n.ended_on is null and n.since_on > c.since_on order by n.id limit 1) as successor_id
      from committee.committee c join registry.estate e on e.id = c.estate_id
     where c.estate_id = any(${estateIds}::uuid[]) order by c.committee_id, (c.superseded_at is null) desc, c.recorded_at desc, c.id desc`.execute(db)).rows;
}

/** 记入任期的时限 of these estates' committees, as their records now say it. Told again, it changes nothing. */
export async function tellTerms(tx: Tx, { actor }: Pick<Ctx, 'actor'>, estateIds: readonly Id<'Estate'>[]): Promise<void> {
  const rows = await termsOf(tx.db, estateIds);
  await recordFacts(tx, rows.map((row): Fact => {
    const event = termEventOf({ ...row, hasSuccessor: row.successorId !== null });
    const at = event === 'committee.term-gone' ? row.changedAt : event === 'committee.term-succeeded' ? tx.now : row.recordedAt;
    const facts: TermFacts | null = row.untilOn === null ? null : { untilOn: row.untilOn, knownOn: todayIn(row.recordedAt), hasNeighbourhood: row.neighbourhoodId !== null };
    return {
      event, key: [row.id, event === 'committee.term-succeeded' ? row.successorId : null].filter((part) => part !== null).join(':'), subject: ['Committee', row.committeeId], at, on: todayIn(at), facts,
      title: row.name, path: `/committees/${row.committeeId}`, holders: {}, by: { userId: actor.userId, name: actor.name },
      place: { countyId: row.countyId, townshipId: row.townshipId, neighbourhoodId: row.neighbourhoodId, estateId: row.estateId, companyId: row.companyId },
    };
  }));
}

const BATCH = 300;

/** 任期的时限, every night: what came by a ledger, was undone, or was there before terms had time limits. What is known already changes nothing. */
export async function keepTermsTimed(ctx: Ctx): Promise<void> {
  const found = await ctx.kit.database.read(everything, (db) => db.selectFrom('committee.committee').select('estateId').distinct().orderBy('estateId').execute());
  for (let from = 0; from < found.length; from += BATCH) {
    await ctx.transact(async (tx) => {
      tx.auditNothing('the terms were recorded and have their own entries');
      await tellTerms(tx, ctx, found.slice(from, from + BATCH).map(({ estateId }) => estateId));
    });
  }
}
