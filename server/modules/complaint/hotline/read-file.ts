import { findHeaders } from '#domain/ledger/find-header.ts';
import { HEAD_ROWS } from '#domain/ledger/find-table.ts';
import { gridOf } from '#domain/ledger/grid.ts';
import { headerKey, LEVELS } from '#domain/ledger/header.ts';
import { callerFields, isAboutPerson, isOrderField, orderColumns, orderHeaderFields, type OrderField } from '#domain/ledger/orders/columns.ts';
import { orderText } from '#domain/ledger/orders/read-order.ts';
import { isBlankText, textOf } from '#domain/ledger/cells/cell.ts';
import { Problem } from '#platform/problem.ts';
import { inspectReadable, type ReadableType } from '#platform/workbook/open-text.ts';
import { readWorkbook } from '#platform/workbook/read.ts';
import { WorkbookRefusal } from '#platform/workbook/refusal.ts';
import type { Sheet, SheetRow } from '#platform/workbook/sheet.ts';

/** 表头的一列: as it stands, and which field it is. */
export interface Heading { readonly column: number; readonly title: string; readonly field: OrderField | null }
/** 工单表: where the orders of one sheet stand. */
export interface OrderSheet { readonly sheet: string; readonly lastHeaderRow: number; readonly headings: readonly Heading[] }
/** 读到的一行. `caller` is sealed at once; `cells` are those of columns that we do not know, by column. */
export interface ReadOrderRow { readonly sheet: string; readonly row: number; readonly texts: Partial<Record<OrderField, string>>; readonly cells: Record<string, string>; readonly caller: { readonly name: string | null; readonly phone: string | null } }

interface Head { readonly sheet: Sheet; readonly rows: SheetRow[] }

/** 找工单表 in every shown sheet. @throws Problem workbook.refused, saying which columns were looked for */
export async function findOrderSheets(path: string, name: string): Promise<{ type: ReadableType; sheets: OrderSheet[] }> {
  const refuse = (sentence: string) => new Problem('workbook.refused', `“${name}”不能导入：${sentence}`);
  const inspected = await inspectReadable(path, name);
  if (!inspected.ok) throw refuse(inspected.message);
  const heads: Head[] = [];
  try {
    for await (const part of readWorkbook(path, inspected.type, { rowsPerSheet: HEAD_ROWS })) {
      if (part.kind === 'sheet') heads.push({ sheet: part.sheet, rows: [] });
      else heads.at(-1)?.rows.push(...part.rows);
    }
  } catch (error) {
    if (error instanceof WorkbookRefusal) throw refuse(error.message);
    throw error;
  }
  const sheets = heads.filter(({ sheet }) => !sheet.hidden).flatMap(sheetIn);
  if (sheets.length > 0) return { type: inspected.type, sheets };
  const closest = heads.flatMap(({ sheet, rows }) => findHeaders(gridOf(rows, sheet.merges), orderHeaderFields).slice(0, 1))[0];
  throw refuse(closest === undefined ? '没有找到工单表的表头，表头应有“工单编号”“诉求内容”等列' : `没有找到“${closest.missing.join('”“')}”这一列；请把这一列的表头改成这个名称后再上传`);
}

function sheetIn({ sheet, rows }: Head): OrderSheet[] {
  const best = findHeaders(gridOf(rows, sheet.merges), orderHeaderFields).find(({ missing }) => missing.length === 0);
  if (best === undefined) return [];
  const fields = new Map(Object.entries(best.columns).map(([field, column]) => [column, field]));
  const headings = Object.entries(best.headers).map(([column, title]): Heading => { const field = fields.get(Number(column)) ?? ''; return { column: Number(column), title: title.replaceAll(LEVELS, '/'), field: isOrderField(field) ? field : null }; });
  return [{ sheet: sheet.name, lastHeaderRow: best.rows.at(-1) ?? 1, headings: headings.toSorted((a, b) => a.column - b.column) }];
}

/** 逐行读工单, as fast as they are taken. @throws WorkbookRefusal */
export async function* readOrders(path: string, type: ReadableType, sheets: readonly OrderSheet[]): AsyncGenerator<ReadOrderRow[], void, undefined> {
  const bySheet = new Map(sheets.map((one) => [one.sheet, one]));
  for await (const part of readWorkbook(path, type, { sheets: sheets.map(({ sheet }) => sheet) })) {
    if (part.kind === 'rows') yield part.rows.flatMap((row) => { const sheet = bySheet.get(row.sheet); return sheet === undefined || row.row <= sheet.lastHeaderRow ? [] : orderIn(row, sheet); });
  }
}

/** Rows that say neither a number nor what it is about are no orders: sums, notes, blanks, the header once more. */
function orderIn(row: SheetRow, { headings }: OrderSheet): ReadOrderRow[] {
  const texts: Partial<Record<OrderField, string>> = {};
  const cells: Record<string, string> = {};
  for (const { column, title, field } of headings) {
    const cell = row.cells[column] ?? null;
    if (cell === null) continue;
    const text = field === null ? textOf(cell).slice(0, LONGEST) : orderText(field, cell);
    if (isBlankText(text)) continue;
    if (field !== null) texts[field] = text;
    else if (!isAboutPerson(title)) cells[String(column)] = text;
  }
  const { orderNo = '', content = '' } = texts;
  if (Object.keys(texts).length <= 1 || (orderNo === '' && content === '') || isHeading(orderNo, 'orderNo') || /^(合计|总计|小计|说明|注)/.test(orderNo)) return [];
  const { callerName = null, callerPhone = null } = texts;
  for (const field of callerFields) delete texts[field];
  return [{ sheet: row.sheet, row: row.row, texts, cells, caller: { name: callerName, phone: callerPhone } }];
}
const LONGEST = 500;
const isHeading = (text: string, field: OrderField): boolean => text !== '' && [orderColumns[field].title, ...orderColumns[field].names.split(' ')].includes(headerKey(text));
