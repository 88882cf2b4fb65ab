import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import { lampLabels } from '#contract/obligation.ts';
import type * as route from '#contract/obligation.ts';
import type { Duty } from '#domain/kernel/duty.ts';
import { addDays, dateText } from '#domain/kernel/local-date.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { column, day, EXPORT_MOST, exportList, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { ownBody, type OwnBody } from '../own-body.ts';
import type { ObligationRecord } from '../position.ts';
import { dutyTitle, lampOf, presentRows } from '../present.ts';
import { obligationsLike, pageObligations } from '../store.ts';
import { counted } from './list-obligations.ts';

type Query = Input<typeof route.exportEndings>['query'];
const isBefore = ({ due }: Duty<unknown>): boolean => typeof due !== 'function' && due.kind === 'before-date';

/** What is to be done before a day, begun or not, under these conditions. */
async function endingsLike(db: Db, ctx: Ctx, { q, about, within, townshipId }: Query, own: OwnBody) {
  const ids = ctx.kit.modules.flatMap((module) => module.duties).filter(isBefore).map(({ id }) => id);
  let query = (await obligationsLike(db, ctx, { q, townshipId, isEarly: true }, own)).where(sql<boolean>`o.duty_id = any(${ids}::text[])`);
  if (about !== undefined) query = query.where('o.subjectKind', '=', about);
  if (within === 'past') query = query.where('o.dueOn', '<', ctx.today);
  else if (within !== undefined) query = query.where('o.dueOn', '>=', ctx.today).where('o.dueOn', '<=', addDays(ctx.today, Number(within)));
  return query;
}

/** 快到期的合同和任期, the soonest first. */
export function listEndings(ctx: Ctx, { query }: Input<typeof route.listEndings>): Promise<Output<typeof route.listEndings>> {
  return ctx.read(async (db) => {
    const own = await ownBody(db, ctx);
    const like = await endingsLike(db, ctx, query, own);
    const found = await pageObligations(db, like, { after: query.after, limit: query.limit + 1, isEnded: false });
    const rows = found.slice(0, query.limit);
    return { rows: await presentRows(db, ctx, rows, own), next: found.length > query.limit ? rows.at(-1)?.id ?? null : null, ...await counted(db, like) };
  });
}

/** 导出快到期的合同和任期: exactly what is filtered. */
export function exportEndings(ctx: Ctx, { query }: Input<typeof route.exportEndings>): Promise<Output<typeof route.exportEndings>> {
  return exportList<ObligationRecord>(ctx, {
    title: '快到期的合同和任期', kind: 'ending', on: ctx.today, query,
    columns: [
      column('事项', 'text', (row) => text(row.title)), column('应办事项', 'text', (row) => text(dutyTitle(ctx, row.dutyId))), column('责任单位', 'text', (row) => text(row.holderName)), column('到期日', 'date', (row) => day(row.dueOn)), column('开始办理', 'date', (row) => day(row.openedOn)),
      column('灯色', 'text', (row) => text(lampLabels[lampOf(row, ctx.now)])), column('备注', 'text', (row) => text(row.openedOn > ctx.today ? `${dateText(row.openedOn)}起办理` : '')),
    ],
    rows: async (db) => refuseTooManyRows(await pageObligations(db, await endingsLike(db, ctx, query, await ownBody(db, ctx)), { limit: EXPORT_MOST + 1, isEnded: false })),
  });
}
