import { sql } from 'kysely';
import type { DueGroup } from '#contract/obligation.ts';
import type { HolderKind } from '#domain/kernel/duty.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { within, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import { ownBody, type OwnBody } from './own-body.ts';
import type { ObligationRecord } from './position.ts';

/** 条件. */
export interface ObligationFilters {
  readonly q?: string | undefined; readonly held?: 'mine' | 'others' | undefined; readonly group?: DueGroup | 'soon' | 'ended' | undefined;
  readonly holderKind?: HolderKind | undefined; readonly townshipId?: Id<'OrgUnit'> | undefined; readonly holderOrgId?: string | undefined;
  /** Also what begins later only, before a date. */
  readonly isEarly?: boolean;
}

/** 可见的时限义务: what lies in the scope, and what its body holds wherever it lies. */
export function visibleObligations(db: Db, scope: Scope) {
  const all = db.selectFrom('obligation.obligation as o');
  if (scope.id === null || scope.level === 'county') return within(scope, all, { alias: 'o' });
  const column = { township: 'o.townshipId', neighbourhood: 'o.neighbourhoodId', estate: 'o.estateId', company: 'o.companyId', nothing: 'o.countyId', everything: 'o.countyId' } as const;
  return all.where(sql<boolean>`(${sql.ref(column[scope.level])} = ${scope.id}::uuid or o.holder_org_id = ${scope.id}::uuid)`);
}

/** 岗位可见的时限义务: a department's officer, who works for the whole county, sees what his own department holds or waits for, and not every body's. */
function seenBy(db: Db, { scope, actor }: Pick<Ctx, 'scope' | 'actor'>, own: OwnBody) {
  const query = visibleObligations(db, scope);
  return actor.role === 'department-officer' ? query.where(sql<boolean>`(${own.whole} or ${handedOn(own)})`) : query;
}

/** 查时限义务. @throws Problem not-found — also when out of scope */
export async function getObligationRecord(db: Db, ctx: Pick<Ctx, 'scope' | 'actor'>, own: OwnBody, id: Id<'Obligation'>): Promise<ObligationRecord> {
  return found(await seenBy(db, ctx, own).selectAll('o').where('o.id', '=', id).executeTakeFirst());
}

/** 锁时限义务 for change. @throws Problem not-found, state.stale */
export async function lockObligation(db: Db, { scope, ifMatch }: Pick<Ctx, 'scope' | 'ifMatch'>, id: Id<'Obligation'>): Promise<ObligationRecord> {
  const row = found(await visibleObligations(db, scope).selectAll('o').where('o.id', '=', id).forUpdate().executeTakeFirst());
  if (ifMatch !== null && ifMatch !== row.version) throw new Problem('state.stale', '这项时限刚有变动，请刷新后核对再办理');
  return row;
}

function found(row: ObligationRecord | undefined): ObligationRecord {
  if (row === undefined) throw new Problem('not-found', '没有这项时限，或不在管辖范围内');
  return row;
}

/** 自某日起的时限义务, whatever became of them. */
export const obligationsSince = (db: Db, ctx: Pick<Ctx, 'scope' | 'actor'>, own: OwnBody, since: Ctx['today']) => seenBy(db, ctx, own).selectAll('o').where('o.openedOn', '>=', since);

/** 条件下的时限义务; what ended is shown only when asked for. */
export async function obligationsLike(db: Db, ctx: Pick<Ctx, 'scope' | 'actor' | 'now' | 'today'>, { q, held, group, holderKind, townshipId, holderOrgId, isEarly = false }: ObligationFilters, known?: OwnBody) {
  const own = known ?? await ownBody(db, ctx);
  let query = seenBy(db, ctx, own).where('o.endedOn', group === 'ended' ? 'is not' : 'is', null);
  // What begins before a date is nobody's until it has begun.
  if (group !== 'ended' && !isEarly) query = query.where('o.openedOn', '<=', ctx.today);
  if (q) query = query.where(sql<boolean>`(o.title like ${like(q)} or o.holder_name like ${like(q)})`);
  if (held === 'mine') query = query.where(own.condition);
  if (held === 'others') query = query.where(handedOn(own));
  if (group !== undefined && group !== 'ended') query = query.where(groupIs(group, ctx));
  if (holderKind) query = query.where('o.holderKind', '=', holderKind);
  if (townshipId) query = query.where('o.townshipId', '=', townshipId);
  if (holderOrgId) query = query.where(sql<boolean>`o.holder_org_id = ${holderOrgId}::uuid`);
  return query;
}

const like = (q: string): string => `%${q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** What others hold of a thing that one's own body has or had something to do about. */
const handedOn = ({ condition }: OwnBody) => sql<boolean>`(not ${condition} and exists (
  select from obligation.obligation m where m.subject_kind = o.subject_kind and m.subject_id = o.subject_id and m.id <> o.id and ${ofAlias(condition)}))`;
const ofAlias = (condition: OwnBody['condition']) => sql<boolean>`exists (select from obligation.obligation o where o.id = m.id and ${condition})`;

/** 分组的条件 by this moment. */
export function groupIs(group: DueGroup | 'soon', { now, today }: Pick<Ctx, 'now' | 'today'>) {
  const week = addDays(today, 7);
  switch (group) {
    case 'overdue': return sql<boolean>`o.ends_at <= ${now}::timestamptz`;
    case 'soon': return sql<boolean>`(o.warn_at <= ${now}::timestamptz and o.ends_at > ${now}::timestamptz)`;
    case 'today': return sql<boolean>`(o.ends_at > ${now}::timestamptz and o.due_on <= ${today}::date)`;
    case 'week': return sql<boolean>`(o.due_on > ${today}::date and o.due_on <= ${week}::date)`;
    case 'later': return sql<boolean>`o.due_on > ${week}::date`;
    case 'suspended': return sql<boolean>`o.due_on is null`;
  }
}

/** 一页, soonest due first; what has no day comes last. `after` is the id of the last row. */
export async function pageObligations(db: Db, query: Awaited<ReturnType<typeof obligationsLike>>, { after, limit, isEnded }: { after?: string | undefined; limit: number; isEnded: boolean }): Promise<ObligationRecord[]> {
  const [day, sign] = isEnded ? ['endedOn' as const, '<' as const] : ['dueOn' as const, '>' as const];
  let page = query.selectAll('o').orderBy(`o.${day}`, isEnded ? 'desc' : 'asc').orderBy('o.id', isEnded ? 'desc' : 'asc').limit(limit);
  if (after !== undefined) {
    const last = await db.selectFrom('obligation.obligation').select(['id', day]).where(sql<boolean>`id = ${after}::uuid`).executeTakeFirst();
    if (last === undefined) throw new Problem('input.invalid', '下一页标记无效，请从第一页重新打开');
    const [column, op] = [sql.ref(`o.${day}`), sql.raw(sign)];
    page = last[day] === null ? page.where(sql<boolean>`(${column} is null and o.id > ${last.id})`) : page.where(sql<boolean>`((${column}, o.id) ${op} (${last[day]}::date, ${last.id}::uuid) or ${column} is null)`);
  }
  return page.execute();
}
