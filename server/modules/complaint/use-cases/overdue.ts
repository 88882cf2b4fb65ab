import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/complaint-overdue.ts';
import { makeId } from '#domain/kernel/brand.ts';
import { groupings, groupingTitles } from '#domain/complaint/overdue.ts';
import { leastPublicCount } from '#domain/complaint/policy.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { Problem } from '#platform/problem.ts';
import { column, count, exportList, text } from '#platform/workbook/export-list.ts';
import { officeOf } from '../office.ts';
import { countOverdue, type OverdueCount } from '../overdue.ts';

/** 投诉逾期件数. */
export function getOverdue(ctx: Ctx, { query: { by } }: Input<typeof route.getOverdue>): Promise<Output<typeof route.getOverdue>> {
  return ctx.read(async (db) => {
    const lines = await countOverdue(db, ctx, by);
    return { by, asOfOn: ctx.today, lines, total: lines.reduce((sum, line) => sum + line.count, 0), least: await parameterValue(db, ctx.scope.countyId, leastPublicCount, ctx.today) };
  });
}

/** 导出投诉逾期件数. */
export const exportOverdue = (ctx: Ctx, { query }: Input<typeof route.exportOverdue>): Promise<Output<typeof route.exportOverdue>> => exportList<OverdueCount>(ctx, {
  title: `投诉逾期件数（${groupings[query.by]}）`, kind: 'complaint', on: ctx.today, query,
  columns: [column(groupingTitles[query.by], 'text', (row) => text(row.label)), column('逾期（件）', 'count', (row) => count(row.count))],
  rows: (db) => countOverdue(db, ctx, query.by),
});

/** 固定逾期件数: of the whole county, by a body that sees all of it. What is published is drawn from it and nothing else. */
export function keepOverdue(ctx: Ctx, { body: { by } }: Input<typeof route.postOverdueReading>): Promise<Output<typeof route.postOverdueReading>> {
  return ctx.transact(async (tx) => {
    const countyId = ctx.scope.level === 'county' ? ctx.scope.id : null;
    if (countyId === null || (await officeOf(tx.db, ctx)).seesOnlyParts) throw new Problem('access.denied', '全县的逾期件数由县住建局拟稿公开');
    const lines = await countOverdue(tx.db, ctx, by);
    if (lines.length === 0) throw new Problem('rule.violated', '现在没有逾期的投诉件，没有可以公开的件数');
    const id = newId<'OverdueReading'>();
    const least = await parameterValue(tx.db, ctx.scope.countyId, leastPublicCount, ctx.today);
    await tx.db.insertInto('complaint.overdueReading').values({ id, countyId: makeId<'OrgUnit'>(countyId), grouping: by, asOfOn: ctx.today, lines: JSON.stringify(lines.map(({ label, count: n }) => ({ label, count: n }))), least, createdBy: ctx.actor.userId, createdAt: ctx.now }).execute();
    tx.audit({ action: 'complaint.keep-overdue', subject: ['OverdueReading', id], before: null, after: { by, asOfOn: ctx.today, total: lines.reduce((sum, line) => sum + line.count, 0) }, countyId });
    return { id };
  });
}
