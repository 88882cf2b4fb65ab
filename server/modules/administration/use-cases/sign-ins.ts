import { sql } from 'kysely';
import type { z } from 'zod';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/administration/sign-in.ts';
import type { allSignInFilters, SignInLine, signInFilters } from '#contract/administration/sign-in.ts';
import { instant, type Id, type Instant, type LocalDate } from '#domain/kernel/brand.ts';
import { addDays, epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { everything, within, type Scope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { deviceOf } from '../device.ts';
import { cut, totalOf } from '../store/page.ts';
import { sessionOf } from './own-session.ts';

type Line = z.input<typeof SignInLine>;
type Filters = z.output<typeof signInFilters>;

/** The instant at which a day begins in China. */
const startOf = (day: LocalDate): Instant => instantOf(epochOf(instant(`${day}T00:00:00.000Z`)) - 8 * 3_600_000);

/** Every read of sign-ins starts here, inside the scope. */
const visibleSignIns = (db: Db, scope: Scope) => within(scope, db.selectFrom('platform.signIn as i'), { alias: 'i' })
  .leftJoin('platform.appUser as u', 'u.id', 'i.userId').leftJoin('platform.session as s', 's.signInId', 'i.id')
  .select(['i.id', 'i.at', 'i.userId', 'u.name', 'u.login', 'i.ip', 'i.userAgent', 'i.way', 'i.result', 'i.hasLocked', 's.id as sessionId', 's.lastSeenAt', 's.expiresAt', 's.revokedAt', 's.revokedReason']);

type Query = ReturnType<typeof visibleSignIns>;
type Row = Awaited<ReturnType<Query['execute']>>[number];

function filtered(query: Query, { result, from, to }: Filters): Query {
  let found = query;
  if (result !== undefined) found = found.where('i.result', '=', result);
  if (from !== undefined) found = found.where('i.at', '>=', startOf(from));
  return to === undefined ? found : found.where('i.at', '<', startOf(addDays(to, 1)));
}

/** 登录记录 of the county that fit the conditions. */
export function filteredSignIns(db: Db, scope: Scope, { q, userId, failed, ...rest }: z.output<typeof allSignInFilters>): Query {
  let found = filtered(visibleSignIns(db, scope), rest);
  if (userId !== undefined) found = found.where('i.userId', '=', userId);
  if (failed === true) found = found.where('i.result', '<>', 'in');
  return q ? found.where(sql<boolean>`(position(lower(${q}) in lower(u.login)) > 0 or position(${q} in u.name) > 0)`) : found;
}

/** 本人的登录记录, over everything: one's own, wherever one works. */
export const ownSignIns = (db: Db, userId: Id<'AppUser'>, query: Filters): Query => filtered(visibleSignIns(db, everything), query).where('i.userId', '=', userId);

/** 登录记录 as shown. */
export function signInLine(row: Row, now: Instant, current: string | null): Line {
  const { sessionId, lastSeenAt, expiresAt, revokedAt, revokedReason } = row;
  const isOpen = revokedAt === null && expiresAt !== null && expiresAt > now;
  return {
    id: row.id, at: row.at, ip: row.ip, device: deviceOf(row.userAgent), way: row.way, result: row.result, hasLocked: row.hasLocked,
    user: row.userId === null || row.name === null || row.login === null ? null : { id: row.userId, name: row.name, login: row.login },
    session: sessionId === null || lastSeenAt === null ? null : { isOpen, isCurrent: sessionId === current, lastSeenAt, endedReason: isOpen ? null : revokedReason ?? '到时自动退出' },
  };
}

async function pageOf(db: Db, query: Query, { after, limit }: { readonly after?: string | undefined; readonly limit: number }, show: (row: Row) => Line) {
  const total = await totalOf(db, query);
  const rows = await (after === undefined ? query : query.where(sql<boolean>`i.id < ${after}`)).orderBy('i.id', 'desc').limit(limit + 1).execute();
  const page = cut(rows, limit, ({ id }) => id);
  return { ...total, next: page.next, rows: page.rows.map(show) };
}

/** 本人的登录记录, newest first. */
export function listMySignIns(ctx: Ctx, { query }: Input<typeof route.listMySignIns>): Promise<Output<typeof route.listMySignIns>> {
  const { user, sessionId } = sessionOf(ctx);
  return ctx.kit.database.read(everything, (db) => pageOf(db, ownSignIns(db, user.id, query), query, (row) => signInLine(row, ctx.now, sessionId)));
}

/** 登录记录 of the county, newest first. */
export function listSignIns(ctx: Ctx, { query }: Input<typeof route.listSignIns>): Promise<Output<typeof route.listSignIns>> {
  return ctx.read((db) => pageOf(db, filteredSignIns(db, ctx.scope, query), query, (row) => signInLine(row, ctx.now, ctx.actor.sessionId)));
}
