import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/hotline.ts';
import { headerAt } from '#domain/ledger/find-header.ts';
import { gridOf, type Grid } from '#domain/ledger/grid.ts';
import { LEVELS } from '#domain/ledger/header.ts';
import { orderColumns, orderFields, requiredFields } from '#domain/ledger/orders/columns.ts';
import { headingsToRemember, type KnownHeadings, type OrderColumns } from '#domain/ledger/orders/headings.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import { getBatch, isMappable, lockBatch, presentBatch, updateBatch, type OrderBatchRecord } from '../hotline/batch.ts';
import { headingsKnown } from '../hotline/books.ts';
import { previewOf } from '../hotline/preview.ts';
import { headerOf, NO_HEADER, orderSheetOf, readHeads, type Head, type OrderSheet } from '../hotline/read-file.ts';
import { json, sheetsOf } from '../hotline/row-json.ts';
import { rememberHeadings } from './hotline-settings.ts';
import { startJob } from './order-batches.ts';

type Shown = Output<typeof route.getOrderMapping>;
type ShownSheet = Shown['sheets'][number];
type Picked = Input<typeof route.putOrderMapping>['body']['sheets'][number];

/** 查看表头: the first rows of each sheet, and what each column is taken for. The look is recorded, since rows may name who called. */
export async function getMapping(ctx: Ctx, { params }: Input<typeof route.getOrderMapping>): Promise<Shown> {
  const { batch, file, known } = await ctx.transact(async (tx) => {
    const found = await getBatch(tx.db, ctx, params.orderBatchId);
    tx.audit({ action: 'hotline.look', subject: ['OrderBatch', found.id], before: null, after: { file: found.fileName }, countyId: found.countyId });
    return { batch: found, file: await fileOf(tx.db, found), known: await headingsKnown(tx.db, found.countyId) };
  });
  const settled = sheetsOf(batch.headings);
  const heads = await readHeads(ctx.kit.files.pathOf(file.hash), file.name);
  return {
    fields: orderFields.map((field) => ({ field, title: orderColumns[field].title, isRequired: requiredFields.includes(field) })),
    sheets: heads.flatMap((head) => (head.rows.length === 0 ? [] : [sheetShown(head, settled.find(({ sheet }) => sheet === head.sheet.name), known)])),
  };
}

async function fileOf(db: Db, { fileId }: Pick<OrderBatchRecord, 'fileId'>): Promise<{ hash: string; name: string }> {
  const file = await db.selectFrom('platform.file').select(['hash', 'name']).where('id', '=', fileId).executeTakeFirst();
  if (file === undefined) throw new Problem('import.not-found', '原始文件已经过了保存期，请重新上传');
  return file;
}

function sheetShown(head: Head, settled: OrderSheet | undefined, known: KnownHeadings): ShownSheet {
  const likely = headerOf(head, known);
  const at = settled === undefined ? { rows: likely?.rows ?? [likelyHeader(head)], columns: likely?.columns ?? {} }
    : { rows: rowsOf(settled.lastHeaderRow - settled.headerCount + 1, settled.headerCount), columns: Object.fromEntries(settled.headings.flatMap(({ column, field }) => (field === null ? [] : [[field, column]]))) };
  const headings = headingsAt(gridOf(head.rows, head.sheet.merges), at.rows);
  const columns: OrderColumns = at.columns;
  return {
    sheet: head.sheet.name, headerRow: at.rows[0] ?? 1, headerCount: at.rows.length, columns, headings, reason: settled === undefined ? likely === undefined ? NO_HEADER : likely.reason : null,
    // A sheet that tells none of the required columns is not meant, unless somebody says so.
    isUsed: settled !== undefined || requiredFields.some((field) => columns[field] !== undefined),
    preview: previewOf(head.rows, { lastHeaderRow: at.rows.at(-1) ?? 1, headings: headings.map(({ column, title }) => ({ title, column, field: orderFields.find((field) => columns[field] === column) ?? null })) }),
  };
}

const rowsOf = (first: number, count: number): number[] => Array.from({ length: count }, (_, at) => first + at);
/** A title stands alone in its row; the header is the first row with several texts. */
const likelyHeader = ({ rows }: Head): number => (rows.find(({ cells }) => cells.filter((cell) => cell !== null).length >= 2) ?? rows[0])?.row ?? 1;
const headingsAt = (grid: Grid, rows: readonly number[]) => Object.entries(headerAt(grid, [], rows).headers).map(([column, title]) => ({ column: Number(column), title: title.replaceAll(LEVELS, '/') }));

/** 指认列: refused whole with a sentence for each sheet; else the county remembers the headings, and the file is read again. */
export async function pickColumns(ctx: Ctx, { params, body }: Input<typeof route.putOrderMapping>): Promise<Output<typeof route.putOrderMapping>> {
  const { file, known } = await ctx.read(async (db) => {
    const batch = await getBatch(db, ctx, params.orderBatchId);
    mustBeMappable(batch);
    return { file: await fileOf(db, batch), known: await headingsKnown(db, batch.countyId) };
  });
  const heads = new Map((await readHeads(ctx.kit.files.pathOf(file.hash), file.name)).map((head) => [head.sheet.name, head]));
  mustBeWhole(body.sheets, heads);
  const pointed = body.sheets.flatMap((picked) => { const head = heads.get(picked.sheet); return head === undefined ? [] : [pickedSheet(head, picked, known)]; });
  return ctx.transact(async (tx) => {
    const batch = await lockBatch(tx.db, ctx, params.orderBatchId);
    mustBeMappable(batch);
    await rememberHeadings(tx, ctx, batch.countyId, new Map(pointed.flatMap(({ remembered }) => [...remembered])), `导入“${batch.fileName}”时指认`);
    tx.audit({ action: 'hotline.map', subject: ['OrderBatch', batch.id], before: null, after: { 工作表: pointed.map(({ sheet }) => sheet.sheet).join('、') }, countyId: batch.countyId });
    await updateBatch(tx.db, batch.id, { status: 'uploaded', headings: json(pointed.map(({ sheet }) => sheet)), notice: null, failure: null });
    return presentBatch(tx.db, await startJob(ctx, tx, batch.id, 'complaint.orders-read'));
  });
}

function mustBeMappable(batch: OrderBatchRecord): void {
  if (!isMappable(batch)) throw new Problem('state.conflict', batch.status === 'committed' ? '已经导入，不能再指认列' : '现在不能指认列，请刷新查看');
  if (batch.appliedCount > 0) throw new Problem('state.conflict', '有的行已经导入，不能再指认列');
}

function pickedSheet(head: Head, picked: Picked, known: KnownHeadings): { sheet: OrderSheet; remembered: KnownHeadings } {
  const { rows, headers } = headerAt(gridOf(head.rows, head.sheet.merges), [], rowsOf(picked.headerRow, picked.headerCount));
  return { sheet: orderSheetOf(head, { rows, headers }, picked.columns), remembered: headingsToRemember(headers, picked.columns, known) };
}

function mustBeWhole(sheets: readonly Picked[], heads: ReadonlyMap<string, Head>): void {
  const errors = sheets.flatMap(({ sheet, headerRow, headerCount, columns }, at) => {
    const head = heads.get(sheet);
    const complain = (message: string) => ({ pointer: `/sheets/${at}/columns`, message: `“${sheet}”表：${message}` });
    if (head === undefined) return [complain('文件里没有这张工作表，请刷新后再选')];
    const last = headerRow + headerCount - 1;
    const width = Math.max(0, ...head.rows.map(({ cells }) => cells.length));
    const missing = requiredFields.filter((field) => columns[field] === undefined).map((field) => orderColumns[field].title);
    const used = Object.values(columns);
    return [
      ...(head.rows.some(({ row }) => row === headerRow) ? [] : [complain(`前几行里没有第 ${headerRow} 行，请重新选择表头`)]),
      ...(head.rows.some(({ row }) => row > last) ? [] : [complain('表头下面没有内容，请重新选择表头')]),
      ...(missing.length > 0 ? [complain(`请指认“${missing.join('”“')}”是哪一列`)] : []),
      ...(new Set(used).size < used.length ? [complain('一列只能对应一个栏目')] : []),
      ...(used.some((column) => column >= width) ? [complain('所选的列不在表里，请重新选择')] : []),
    ];
  });
  const twice = sheets.length > new Set(sheets.map(({ sheet }) => sheet)).size ? [{ pointer: '/sheets', message: '同一张工作表选了两次' }] : [];
  const all = [...errors, ...twice];
  if (all.length > 0) throw new Problem('input.invalid', all.map(({ message }) => message).join('；'), { errors: all });
}
