import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import { lampLabels, type DueGroup } from '#contract/obligation.ts';
import type * as route from '#contract/obligation.ts';
import { dutyStateLabels } from '#domain/obligation/log.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { column, day, EXPORT_MOST, exportList, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { ownBody, type OwnBody } from '../own-body.ts';
import type { ObligationRecord } from '../position.ts';
import { dutyTitle, lampOf, presentRows } from '../present.ts';
import { obligationsLike, pageObligations } from '../store.ts';

const EXACT_TO = 1_000;

/** 待办与时限, the soonest due first. */
export function listObligations(ctx: Ctx, { query }: Input<typeof route.listObligations>): Promise<Output<typeof route.listObligations>> {
  return ctx.read(async (db) => {
    const own = await ownBody(db, ctx);
    const like = await obligationsLike(db, ctx, query, own);
    const found = await pageObligations(db, like, { after: query.after, limit: query.limit + 1, isEnded: query.group === 'ended' });
    const rows = found.slice(0, query.limit);
    return { rows: await presentRows(db, ctx, rows, own), next: found.length > query.limit ? rows.at(-1)?.id ?? null : null, ...await counted(db, like) };
  });
}

/** 总数, exact up to a thousand. */
export async function counted(db: Db, query: Awaited<ReturnType<typeof obligationsLike>>): Promise<{ total: number; totalIsExact: boolean }> {
  const { n } = await db.selectFrom(query.select('o.id').limit(EXACT_TO + 1).as('few')).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  return { total: Math.min(n, EXACT_TO), totalIsExact: n <= EXACT_TO };
}

/** 导出待办与时限: exactly what is filtered. */
export function exportObligations(ctx: Ctx, { query }: Input<typeof route.exportObligations>): Promise<Output<typeof route.exportObligations>> {
  return exportList<ObligationRecord>(ctx, {
    title: '待办与时限', kind: 'obligation', on: ctx.today, query,
    columns: [
      column('事项', 'text', (row) => text(row.title)), column('应办事项', 'text', (row) => text(dutyTitle(ctx, row.dutyId))), column('责任单位', 'text', (row) => text(row.holderName)),
      column('开始日期', 'date', (row) => day(row.openedOn)), column('期限', 'date', (row) => day(row.dueOn)), column('灯色', 'text', (row) => text(lampLabels[lampOf(row, ctx.now)])),
      column('状态', 'text', (row) => text(dutyStateLabels[row.state])), column('了结日期', 'date', (row) => day(row.endedOn)), column('备注', 'text', (row) => text([row.isProvisional ? '期限暂定' : '', row.isExtended ? '已延期' : '', row.isLate ? '逾期了结' : ''].filter(Boolean).join('、'))),
    ],
    rows: async (db) => refuseTooManyRows(await pageObligations(db, await obligationsLike(db, ctx, query), { limit: EXPORT_MOST + 1, isEnded: query.group === 'ended' })),
  });
}

/** So many of each are on the home page. */
const SHOWN = { mine: 12, others: 5 };

/** 我的待办: what the person's body holds, and what it waits for. */
export function getMyObligations(ctx: Ctx): Promise<Output<typeof route.getMyObligations>> {
  return ctx.read(async (db) => {
    const own = await ownBody(db, ctx);
    const [mine, others] = [await obligationsLike(db, ctx, { held: 'mine' }, own), await obligationsLike(db, ctx, { held: 'others' }, own)];
    const [rows, waiting] = [await pageObligations(db, mine, { limit: SHOWN.mine, isEnded: false }), await pageObligations(db, others, { limit: SHOWN.others, isEnded: false })];
    const awaited = await counted(db, others);
    return { counts: { ...await groupsOf(db, ctx, own), others: awaited.total }, rows: await presentRows(db, ctx, rows, own), others: await presentRows(db, ctx, waiting, own) };
  });
}

async function groupsOf(db: Db, ctx: Ctx, own: OwnBody): Promise<Record<DueGroup, number>> {
  const groups = ['overdue', 'today', 'week', 'later', 'suspended'] as const;
  const counts = await Promise.all(groups.map(async (group) => [group, (await counted(db, await obligationsLike(db, ctx, { held: 'mine', group }, own))).total] as const));
  const zero: Record<DueGroup, number> = { overdue: 0, today: 0, week: 0, later: 0, suspended: 0 };
  return counts.reduce((sums, [group, n]) => ({ ...sums, [group]: n }), zero);
}

/** 时限概况 by area and by holding body, of what is open within the scope. */
export function getObligationOutlook(ctx: Ctx): Promise<Output<typeof route.getObligationOutlook>> {
  return ctx.read(async (db) => {
    const query = await obligationsLike(db, ctx, {});
    const tally = sql<number>`count(*)::int`.as('open');
    const yellow = sql<number>`(count(*) filter (where o.warn_at <= ${ctx.now}::timestamptz and o.ends_at > ${ctx.now}::timestamptz))::int`.as('yellow');
    const red = sql<number>`(count(*) filter (where o.ends_at <= ${ctx.now}::timestamptz))::int`.as('red');
    const areas = await query.leftJoin('platform.orgUnit as t', 't.id', 'o.townshipId').select(['o.townshipId', 't.name', 't.sortNo', tally, yellow, red]).groupBy(['o.townshipId', 't.name', 't.sortNo']).orderBy('t.sortNo').orderBy('t.name').limit(500).execute();
    const holders = await query.select(['o.holderOrgId', 'o.holderKind', sql<string | null>`max(o.holder_name)`.as('name'), tally, yellow, red]).groupBy(['o.holderOrgId', 'o.holderKind']).orderBy('o.holderKind').orderBy('name').limit(500).execute();
    return {
      areas: areas.map(({ townshipId, name, open, yellow: soon, red: late }) => ({ townshipId, name: name ?? '县直', open, yellow: soon, red: late })),
      holders: holders.map(({ holderOrgId, holderKind, name, open, yellow: soon, red: late }) => ({ holderOrgId, holderKind, name: name ?? '未知单位', open, yellow: soon, red: late })),
    };
  });
}
