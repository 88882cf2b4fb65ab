import { instant, makeId, type Instant } from '#domain/kernel/brand.ts';
import { categoryOf, type CategoryCode } from '#domain/complaint/category.ts';
import { complaintStatusLabels, openStatuses } from '#domain/complaint/lifecycle.ts';
import { MOST_DAYS, open311Status, spanAllowed } from '#domain/complaint/open311.ts';
import { epochOf, instantOf, startOfDay, addDays } from '#domain/kernel/local-date.ts';
import { within } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import type { DoorRequest } from '#platform/module.ts';
import { Problem } from '#platform/problem.ts';
import { refuseUnoffered } from './asking.ts';
import type { Value } from './write.ts';

/** Rows of one answer at most. */
const MOST_ROWS = 1_000;
const MOST_IDS = 100;
const DAY_MS = 86_400_000;
const ID = /^(\d{4})-(\d{1,7})$/;
const STAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/;
const CLOSED = ['replied', 'refused', 'closed', 'withdrawn', 'merged'] as const;
const OPEN = openStatuses.filter((status) => status !== 'replied');

/** 请求编号, year and serial of ours: 2026-12. */
export const requestId = ({ numberYear, numberSerial }: { readonly numberYear: number; readonly numberSerial: number }): string => `${numberYear}-${numberSerial}`;

type Row = Awaited<ReturnType<ReturnType<typeof visible>['execute']>>[number];
/** What may be shown: of the key's area, of the kinds offered today, whatever its way in. No text that anybody wrote, no spot, no person. */
const visible = (db: Db, { scope }: Pick<Ctx, 'scope'>, offered: readonly CategoryCode[]) => within(scope, db.selectFrom('complaint.complaint as c'), { alias: 'c', only: ['county', 'township', 'neighbourhood'] })
  .leftJoin('registry.estate as e', 'e.id', 'c.estateId').leftJoin('platform.orgUnit as t', 't.id', 'c.townshipId').innerJoin('platform.orgUnit as h', 'h.id', 'c.handlerId')
  .select(['c.id', 'c.numberYear', 'c.numberSerial', 'c.status', 'c.categoryCode', 'c.receivedAt', 'c.updatedAt', 'c.nextDueOn', 'c.estateId', 'e.name as estate', 't.name as township', 'h.name as handler']).where((eb) => (offered.length === 0 ? eb.lit(false) : eb('c.categoryCode', 'in', offered)));

const shown = (row: Row): Value => ({
  service_request_id: requestId(row), status: open311Status(row.status), status_notes: complaintStatusLabels[row.status], service_name: categoryOf(row.categoryCode).title, service_code: row.categoryCode, description: categoryOf(row.categoryCode).title, agency_responsible: row.handler, service_notice: null,
  requested_datetime: row.receivedAt, updated_datetime: row.updatedAt, expected_datetime: row.nextDueOn === null ? null : startOfDay(addDays(row.nextDueOn, 1)), address: [row.township, row.estate].filter((name) => name !== null).join(' '), address_id: row.estateId, zipcode: null, lat: null, long: null, media_url: null,
});

/** 查一件. @throws Problem not-found, input.invalid */
export async function oneRequest(ctx: Ctx, id: string, offered: readonly CategoryCode[]): Promise<Value> {
  const rows = await ctx.read((db) => byIds(db, ctx, [id], offered).execute());
  if (rows.length === 0) throw new Problem('not-found', `没有编号是“${id.slice(0, 40)}”的请求，或者不对外公开`);
  return rows.map(shown);
}

/** 由令牌查编号: the token is the file's own identifier. @throws Problem not-found */
export async function byToken(ctx: Ctx, token: string, offered: readonly CategoryCode[]): Promise<Value> {
  const row = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu.test(token) ? await ctx.read((db) => visible(db, ctx, offered).where('c.id', '=', makeId<'Complaint'>(token)).executeTakeFirst()) : undefined;
  if (row === undefined) throw new Problem('not-found', '没有这个 token');
  return [{ service_request_id: requestId(row), token }];
}

/** 查一批: by identifiers, else by the time of receipt, kind and status; the newest first. @throws Problem input.invalid */
export async function someRequests(ctx: Ctx, query: DoorRequest['query'], offered: readonly CategoryCode[]): Promise<Value> {
  const ids = listed(query['service_request_id']);
  if (ids.length > 0) return (await ctx.read((db) => byIds(db, ctx, ids, offered).execute())).map(shown);
  const { from, to } = spanOf(query, ctx.now);
  const [kinds, states] = [listed(query['service_code']), listed(query['status'])];
  const wanted = kinds.map((code): CategoryCode => { refuseUnoffered(code, offered); return code; });
  for (const state of states) if (state !== 'open' && state !== 'closed') throw new Problem('input.invalid', 'status 只能是 open 或 closed');
  const [page, size] = [whole(query['page'], 'page', 1, 100_000), whole(query['page_size'], 'page_size', MOST_ROWS, MOST_ROWS)];
  return (await ctx.read((db) => {
    let found = visible(db, ctx, offered).where('c.receivedAt', '>=', from).where('c.receivedAt', '<=', to);
    if (wanted.length > 0) found = found.where('c.categoryCode', 'in', wanted);
    if (states.length === 1) found = found.where('c.status', 'in', states[0] === 'open' ? OPEN : CLOSED);
    return found.orderBy('c.receivedAt', 'desc').orderBy('c.id', 'desc').limit(size).offset((page - 1) * size).execute();
  })).map(shown);
}

function byIds(db: Db, ctx: Ctx, ids: readonly string[], offered: readonly CategoryCode[]) {
  if (ids.length > MOST_IDS) throw new Problem('input.invalid', `一次最多查${MOST_IDS}个编号`);
  const parts = ids.map((id) => {
    const [, year, serial] = ID.exec(id) ?? [];
    if (year === undefined || serial === undefined) throw new Problem('not-found', `没有编号是“${id.slice(0, 40)}”的请求，或者不对外公开`);
    return { year: Number(year), serial: Number(serial) };
  });
  return visible(db, ctx, offered).where((eb) => eb.or(parts.map(({ year, serial }) => eb.and([eb('c.numberYear', '=', year), eb('c.numberSerial', '=', serial)])))).orderBy('c.id', 'desc').limit(MOST_IDS);
}

/** The span asked for; of one end only, as many days to the other as are allowed; of none, the last ones. */
function spanOf({ start_date: start, end_date: end }: DoorRequest['query'], now: Instant): { from: Instant; to: Instant } {
  const [first, last] = [stampOf(start, 'start_date'), stampOf(end, 'end_date')];
  const to = last ?? (first === null ? now : instantOf(Math.min(epochOf(now), epochOf(first) + MOST_DAYS * DAY_MS)));
  const span = { from: first ?? instantOf(epochOf(to) - MOST_DAYS * DAY_MS), to: first !== null && to < first && last === null ? first : to };
  const [broken] = spanAllowed.check(span);
  if (broken !== undefined) throw new Problem('input.invalid', broken.message);
  return span;
}

function stampOf(text: string | undefined, name: string): Instant | null {
  if (text === undefined || text === '') return null;
  // A plus sign in an address that was not escaped arrives as a blank.
  const stamp = text.replace(' ', '+');
  const ms = STAMP.test(stamp) ? Date.parse(stamp) : Number.NaN;
  if (Number.isNaN(ms) || ms < Date.UTC(2000, 0, 1) || ms > Date.UTC(2200, 0, 1)) throw new Problem('input.invalid', `${name} 应写成 2026-11-20T00:00:00+08:00 这样的时间`);
  return instant(new Date(ms).toISOString());
}

function whole(text: string | undefined, name: string, fallback: number, most: number): number {
  if (text === undefined || text === '') return fallback;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > most) throw new Problem('input.invalid', `${name} 应是1至${most}的整数`);
  return value;
}

const listed = (text: string | undefined): string[] => (text ?? '').split(',').map((each) => each.trim()).filter((each) => each !== '');
