import { sql, type Insertable, type Selectable } from 'kysely';
import type { z } from 'zod';
import type { committeeQuery } from '#contract/committee.ts';
import { makeId, type Id, type Instant } from '#domain/kernel/brand.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { known, type CommitteeAsOf } from './read.ts';
import type { CommitteeTables } from './tables.gen.ts';

export type CommitteeRecord = Selectable<CommitteeTables['committee.committee']>;
/** What a version says, beside when it was recorded. */
export type VersionDraft = Omit<Insertable<CommitteeTables['committee.committee']>, 'id' | 'recordedAt' | 'supersededAt' | 'batchId'>;
export type CommitteeFilters = z.output<typeof committeeQuery>;

/** 可见的业委会, a row for each version. */
export const visibleCommittees = (db: Db, scope: Scope) => within(scope, db.selectFrom('committee.committee as c'), { alias: 'c' });

/** 已归档的业委会: the last version of a committee of which none stands any more. */
const laidAside = sql<boolean>`not exists (select from committee.committee n where n.committee_id = c.committee_id and (n.superseded_at is null or n.superseded_at > c.superseded_at))`;
const EXACT_TO = 1_000;
const escaped = (text: string) => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

/** 一页业委会, the versions known then; archived ones with their last version where they are asked for. */
export async function pageCommittees(db: Db, scope: Scope, f: CommitteeFilters, at: CommitteeAsOf): Promise<{ rows: CommitteeRecord[]; next: string | null; total: number; totalIsExact: boolean }> {
  let query = visibleCommittees(db, scope);
  query = f.archived === 'true' ? query.where(sql<boolean>`(${known('c', at.knownOn)} or ${laidAside})`) : query.where(known('c', at.knownOn));
  if (f.status) query = query.where('c.status', '=', f.status);
  if (f.estateId) query = query.where('c.estateId', '=', f.estateId);
  if (f.townshipId) query = query.where('c.townshipId', '=', f.townshipId);
  if (f.neighbourhoodId) query = query.where('c.neighbourhoodId', '=', f.neighbourhoodId);
  if (f.expired === 'true') query = query.where('c.status', '=', 'established').where('c.untilOn', '<', at.on);
  if (f.expired === 'false') query = query.where(sql<boolean>`(c.until_on is null or c.until_on >= ${at.on})`);
  if (f.q) query = query.where(sql<boolean>`(c.name like ${`%${escaped(f.q)}%`} or exists (select from registry.estate e where e.id = c.estate_id and e.name like ${`%${escaped(f.q)}%`}))`);
  const { total } = await db.selectFrom(query.select(sql<number>`1`.as('one')).limit(EXACT_TO + 1).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  if (f.after) query = query.where(sql<boolean>`c.id < ${f.after}::uuid`);
  const found = await query.selectAll('c').orderBy('c.id', 'desc').limit(f.limit + 1).execute();
  const rows = found.slice(0, f.limit);
  return { rows, next: found.length > f.limit ? rows.at(-1)?.id ?? null : null, total: Math.min(total, EXACT_TO), totalIsExact: total <= EXACT_TO };
}

/** 查业委会: the version known then; of an archived committee the last one. @throws Problem not-found */
export async function getCommittee(db: Db, scope: Scope, id: string, at: CommitteeAsOf): Promise<CommitteeRecord> {
  const isKnown = known('c', at.knownOn);
  const row = await visibleCommittees(db, scope).selectAll('c').where('c.committeeId', '=', id).where(sql<boolean>`(${isKnown} or ${laidAside})`).orderBy(isKnown, 'desc').limit(1).executeTakeFirst();
  if (!row) throw new Problem('not-found', '业委会不存在或不在管辖范围内');
  return row;
}

/** 业委会的各版本, the newest first. */
export const committeeVersions = (db: Db, scope: Scope, id: string): Promise<CommitteeRecord[]> =>
  visibleCommittees(db, scope).selectAll('c').where('c.committeeId', '=', id).orderBy('c.recordedAt', 'desc').limit(100).execute();

/** 业委会的版本号 by committee: how often what is recorded of it or of its members was changed; every new version and every correction counts. */
export async function committeeRevisions(db: Db, ids: readonly string[]): Promise<Map<Id<'Committee'>, number>> {
  const rows = await sql<{ committeeId: string; version: number }>`
    select committee_id, sum(changes)::bigint as version from (
      select committee_id, count(*) + count(superseded_at) as changes from committee.committee where committee_id = any(${ids}::uuid[]) group by committee_id
      union all select committee_id, count(*) + count(superseded_at) from committee.member where committee_id = any(${ids}::uuid[]) group by committee_id) both_tables group by committee_id`.execute(db);
  return new Map(rows.rows.map((row) => [makeId<'Committee'>(row.committeeId), row.version]));
}

/** 锁业委会 for change. @throws Problem not-found, state.stale when something was recorded of it since it was read */
export async function lockCommittee(db: Db, ctx: Pick<Ctx, 'scope' | 'ifMatch' | 'today'>, id: Id<'Committee'>): Promise<CommitteeRecord> {
  // The first version is the one row that stays whatever is recorded later: whoever changes the committee waits for it.
  await visibleCommittees(db, ctx.scope).select('c.id').where('c.committeeId', '=', id).orderBy('c.id').limit(1).forUpdate().execute();
  const row = await getCommittee(db, ctx.scope, id, { on: ctx.today, knownOn: null });
  const version = (await committeeRevisions(db, [id])).get(id);
  if (ctx.ifMatch !== null && ctx.ifMatch !== version) throw new Problem('state.stale', '业委会信息已被别人修改，请刷新后核对再保存');
  return row;
}

/** 业委会编号 of an estate, archived ones too. */
export async function committeeIds(db: Db, estateId: Id<'Estate'>): Promise<string[]> {
  return (await db.selectFrom('committee.committee').select('committeeId').distinct().where('estateId', '=', estateId).execute()).map((row) => row.committeeId);
}

/** 更正业委会的一版. */
export async function supersedeCommittee(db: Db, id: string, at: Instant): Promise<void> {
  await sql`update committee.committee set superseded_at = greatest(${at}::timestamptz, recorded_at + interval '1 millisecond') where id = ${id}`.execute(db);
}

/** 另存一版: the draft's own columns and nothing else of what it was made from. */
export async function insertVersion(db: Db, draft: VersionDraft, { at, batchId }: { at: Instant; batchId: Id<'Batch'> | null }): Promise<void> {
  const { committeeId, countyId, townshipId, neighbourhoodId, estateId, companyId, name, kind, status, sinceOn, untilOn, filedOn, endedOn, claimedMembers } = draft;
  await db.insertInto('committee.committee').values({
    id: newId<'Committee'>(), committeeId, countyId, townshipId, neighbourhoodId, estateId, companyId, name, kind, status, sinceOn, untilOn, filedOn, endedOn, claimedMembers, recordedAt: at, batchId,
  }).execute();
}
