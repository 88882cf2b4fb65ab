import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/hotline.ts';
import { orderOutcomeLabels } from '#contract/hotline.ts';
import type { Download } from '#contract/kernel.ts';
import { categoryLabels, type CategoryCode } from '#domain/complaint/category.ts';
import { typeKey } from '#domain/complaint/hotline/categories.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { callerFields, isOrderField, momentFields } from '#domain/ledger/orders/columns.ts';
import { orderText } from '#domain/ledger/orders/read-order.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { column, count, EXPORT_MOST, exportList, refuseTooManyRows, text } from '#platform/workbook/export-list.ts';
import { getBatch, lockBatch, presentBatch, recount, type OrderBatchRecord } from '../hotline/batch.ts';
import { knownOrders, openBooks, type Books } from '../hotline/books.ts';
import { judgeOrder } from '../hotline/judge.ts';
import { chosenOf, problemsOf, settledOf, textsOf, type Chosen, type Texts } from '../hotline/row-json.ts';
import { firstOf, getRow, judgedColumns, presentRow, type OrderRowRecord } from '../hotline/rows.ts';
import { officeOf } from '../office.ts';

const COUNTED_UP_TO = 1_000;
type Query = Partial<Pick<Input<typeof route.listOrderRows>['query'], 'outcome' | 'warned'>>;
function rowsLike(db: Db, batchId: Id<'OrderBatch'>, { outcome, warned }: Query) {
  let query = db.selectFrom('complaint.orderRow').where('batchId', '=', batchId);
  if (outcome !== undefined) query = query.where('outcome', '=', outcome);
  if (warned !== undefined) query = query.where('isWarned', '=', warned);
  return query;
}

/** 文件的行, in the order of the file. */
export function listRows(ctx: Ctx, { params, query }: Input<typeof route.listOrderRows>): Promise<Output<typeof route.listOrderRows>> {
  return ctx.read(async (db) => {
    const batch = await getBatch(db, ctx, params.orderBatchId);
    const filtered = rowsLike(db, batch.id, query);
    const { total } = await db.selectFrom(filtered.select('rowNo').limit(COUNTED_UP_TO + 1).as('some')).select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const found = await filtered.selectAll().where('rowNo', '>', Number(query.after ?? 0)).orderBy('rowNo').limit(query.limit + 1).execute();
    const page = found.slice(0, query.limit);
    return { rows: page.map(presentRow), next: found.length > page.length ? String(page.at(-1)?.rowNo ?? '') : null, total: Math.min(total, COUNTED_UP_TO), totalIsExact: total <= COUNTED_UP_TO };
  });
}

/** 导出各行的结果: number, what became of it and why; never who called. */
export const exportRows = (ctx: Ctx, { params, query }: Input<typeof route.exportOrderRows>): Promise<Download> => exportList<OrderRowRecord>(ctx, {
  title: '12345工单导入结果', kind: 'hotline-row', on: ctx.today, query,
  columns: [
    column('行号', 'count', (row) => count(row.sheetRow)), column('工单编号', 'text', (row) => text(row.orderNo)), column('诉求', 'text', (row) => text(row.title)), column('去向', 'text', (row) => text(orderOutcomeLabels[row.outcome])), column('小区', 'text', (row) => text(settledOf(row.offers).estate)),
    column('类别', 'text', (row) => { const { category } = settledOf(row.offers); return text(category === null ? null : categoryLabels[category]); }), column('问题', 'text', (row) => text(problemsOf(row.problems).map(({ message }) => message).join('；'))), column('导入结果', 'text', (row) => text(row.answer)),
  ],
  rows: async (db) => refuseTooManyRows(await rowsLike(db, (await getBatch(db, ctx, params.orderBatchId)).id, query).selectAll().orderBy('rowNo').limit(EXPORT_MOST + 1).execute()),
});

/** 修正一行: judged again, and with it all that say the same of the place or the type, where asked for. */
export function mendRow(ctx: Ctx, { params, body }: Input<typeof route.patchOrderRow>): Promise<Output<typeof route.patchOrderRow>> {
  return ctx.transact(async (tx) => {
    const batch = await lockBatch(tx.db, ctx, params.orderBatchId);
    if (batch.status !== 'preview' && batch.status !== 'committed') throw new Problem('state.conflict', '现在不能修正，请刷新查看');
    const row = await getRow(tx.db, batch.id, params.rowNo);
    if (row.appliedAt !== null) throw new Problem('state.conflict', '这一行已经导入，请在投诉件上改正');
    const { body: office } = await officeOf(tx.db, ctx);
    const before = textsOf(row.texts);
    if (body.isRemembered === true && body.category !== undefined && (before.type ?? '') !== '') await remember(tx, ctx, batch, before.type ?? '', body.category);
    else tx.auditNothing('mending a staged row changes no complaint');
    const books = await openBooks(tx.db, batch.countyId, office?.id ?? batch.countyId, ctx.today);
    if (body.estateId !== undefined && body.estateId !== null && !books.estates.some(({ id }) => id === body.estateId)) throw new Problem('estate.not-found', '小区不存在或不在管辖范围内');
    const choice: Chosen = { ...(body.estateId === undefined ? {} : { estateId: body.estateId }), ...(body.category === undefined ? {} : { category: body.category }) };
    await rejudge(tx, batch, books, row, { ...before, ...mended(body.cells ?? {}) }, { ...chosenOf(row.chosen), ...choice });
    const alike = body.forAllAlike === true ? await alikeOf(tx.db, batch.id, row, before, choice) : [];
    for (const other of alike) await rejudge(tx, batch, books, other, textsOf(other.texts), { ...chosenOf(other.chosen), ...choice });
    const after = await recount(tx.db, batch.id);
    return { row: presentRow(await getRow(tx.db, batch.id, row.rowNo)), batch: await presentBatch(tx.db, after), alsoJudged: alike.length };
  });
}

/** Mended texts, read as the file's own would be. Who called is not mended here. */
function mended(cells: Readonly<Record<string, string | undefined>>): Texts {
  return Object.fromEntries(Object.entries(cells).flatMap(([field, value]) => (value === undefined || !isOrderField(field) || callerFields.includes(field) ? [] : [[field, momentFields.includes(field) ? orderText(field, value) : value.trim()]])));
}

async function rejudge(tx: Tx, batch: OrderBatchRecord, books: Books, row: OrderRowRecord, texts: Texts, chosen: Chosen): Promise<void> {
  const orderNo = texts.orderNo ?? '';
  const known = (await knownOrders(tx.db, batch.countyId, orderNo === '' ? [] : [orderNo])).get(orderNo);
  const judged = judgeOrder(books, texts, chosen, known, await firstOf(tx.db, batch.id, row.rowNo, orderNo));
  await tx.db.updateTable('complaint.orderRow').set(judgedColumns(texts, chosen, judged)).where('batchId', '=', batch.id).where('rowNo', '=', row.rowNo).execute();
}

/** Rows not in yet that say the same of the place, or of the type, as the one that was settled. */
async function alikeOf(db: Db, batchId: Id<'OrderBatch'>, { rowNo }: OrderRowRecord, texts: Texts, { estateId, category }: Chosen): Promise<OrderRowRecord[]> {
  const field = category !== undefined ? 'type' : estateId !== undefined ? ((texts.estate ?? '') === '' ? 'address' : 'estate') : null;
  const said = field === null ? '' : texts[field] ?? '';
  if (field === null || said === '') return [];
  return db.selectFrom('complaint.orderRow').selectAll().where('batchId', '=', batchId).where('rowNo', '<>', rowNo).where('appliedAt', 'is', null).where(sql<boolean>`texts->>${field} = ${said}`).orderBy('rowNo').execute();
}

/** 记住归类: from today on this type is that category. */
async function remember(tx: Tx, ctx: Ctx, batch: OrderBatchRecord, type: string, category: CategoryCode): Promise<void> {
  const id = newId<'HotlineSetting'>();
  await tx.db.insertInto('complaint.hotlineSetting').values({ id, countyId: batch.countyId, kind: 'type', words: typeKey(type).slice(0, 100), categoryCode: category, effectiveFrom: ctx.today, basis: '导入12345工单时选定', setBy: ctx.actor.userId, setByName: ctx.actor.name, createdAt: ctx.now })
    .onConflict((conflict) => conflict.columns(['countyId', 'words', 'effectiveFrom']).where('kind', '=', 'type').doNothing()).execute();
  tx.audit({ action: 'hotline.setting', subject: ['HotlineSetting', id], before: null, after: { kind: '诉求类型归类', name: type, category: categoryLabels[category] }, countyId: batch.countyId });
}
