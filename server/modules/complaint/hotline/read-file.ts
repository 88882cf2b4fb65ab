import { findHeaders, type HeaderCandidate } from '#domain/ledger/find-header.ts';
import { HEAD_ROWS } from '#domain/ledger/find-table.ts';
import { gridOf } from '#domain/ledger/grid.ts';
import { headerKey, LEVELS } from '#domain/ledger/header.ts';
import { callerFields, isAboutPerson, isOrderField, orderColumns, requiredFields, type OrderField } from '#domain/ledger/orders/columns.ts';
import { columnsKnowing, orderFieldsKnowing, type KnownHeadings, type OrderColumns } from '#domain/ledger/orders/headings.ts';
import { orderText } from '#domain/ledger/orders/read-order.ts';
import { isBlankText, textOf } from '#domain/ledger/cells/cell.ts';
import { checkIdentityNumber } from '#domain/kernel/identifier.ts';
import { parsePhone } from '#domain/kernel/phone.ts';
import { Problem } from '#platform/problem.ts';
import { inspectReadable, type ReadableType } from '#platform/workbook/open-text.ts';
import { readWorkbook } from '#platform/workbook/read.ts';
import { WorkbookRefusal } from '#platform/workbook/refusal.ts';
import type { Sheet, SheetRow } from '#platform/workbook/sheet.ts';

/** 表头的一列: as it stands, and which field it is. */
export interface Heading { readonly column: number; readonly title: string; readonly field: OrderField | null }
/** 工单表: where the orders of one sheet stand. */
export interface OrderSheet { readonly sheet: string; readonly headerCount: number; readonly lastHeaderRow: number; readonly headings: readonly Heading[] }
/** 读到的一行. `caller` is sealed at once; `cells` are those of columns that we do not know, by column. */
export interface ReadOrderRow { readonly sheet: string; readonly row: number; readonly texts: Partial<Record<OrderField, string>>; readonly cells: Record<string, string>; readonly caller: { readonly name: string | null; readonly phone: string | null } }

/** 没有读取的工作表 that looks like a table, and why. */
export interface LeftSheet { readonly sheet: string; readonly reason: string }
/** 一张工作表的开头. */
export interface Head { readonly sheet: Sheet; readonly rows: readonly SheetRow[] }

const refusalOf = (name: string, sentence: string) => new Problem('workbook.refused', `“${name}”不能导入：${sentence}`);

/** 读各工作表的开头. Hidden sheets are left out. @throws Problem workbook.refused */
export async function readHeads(path: string, name: string): Promise<Head[]> {
  const inspected = await inspectReadable(path, name);
  if (!inspected.ok) throw refusalOf(name, inspected.message);
  const heads: { readonly sheet: Sheet; readonly rows: SheetRow[] }[] = [];
  try {
    for await (const part of readWorkbook(path, inspected.type, { rowsPerSheet: HEAD_ROWS })) {
      if (part.kind === 'sheet') heads.push({ sheet: part.sheet, rows: [] });
      else heads.at(-1)?.rows.push(...part.rows);
    }
  } catch (error) {
    if (error instanceof WorkbookRefusal) throw refusalOf(name, error.message);
    throw error;
  }
  return heads.filter(({ sheet }) => !sheet.hidden);
}

/** 找工单表 in every sheet; those that look like tables and hold no orders that we can tell are left for somebody to point out. @throws Problem workbook.refused where there is no table at all */
export function findOrderSheets(heads: readonly Head[], name: string, known: KnownHeadings): { sheets: OrderSheet[]; left: LeftSheet[] } {
  const found = heads.map((head) => ({ head, header: headerOf(head, known) }));
  const sheets = found.flatMap(({ head, header }) => (header === undefined || header.reason !== null ? [] : [orderSheetOf(head, header, header.columns)]));
  const left = found.flatMap(({ head, header }): LeftSheet[] => (isTable(head) && header?.reason !== null ? [{ sheet: head.sheet.name, reason: header?.reason ?? NO_HEADER }] : []));
  if (sheets.length === 0 && left.length === 0) throw refusalOf(name, '里面没有表格，请检查是不是热线导出的工单文件');
  return { sheets, left };
}

/** 没有表头的说法. */
export const NO_HEADER = '没有认出表头';
/** 表头和各列: the likeliest header of a sheet, and why it is not enough; undefined where nothing looks like one. */
export function headerOf({ rows, sheet }: Head, known: KnownHeadings): { rows: readonly number[]; headers: HeaderCandidate['headers']; columns: OrderColumns; reason: string | null } | undefined {
  const best = findHeaders(gridOf(rows, sheet.merges), orderFieldsKnowing(known))[0];
  if (best === undefined) return undefined;
  const columns = columnsKnowing(best.headers, known);
  const missing = requiredFields.filter((field) => columns[field] === undefined).map((field) => orderColumns[field].title);
  return { rows: best.rows, headers: best.headers, columns, reason: missing.length === 0 ? null : `没有认出“${missing.join('”“')}”这一列` };
}

const isTable = ({ rows }: Head): boolean => rows.filter(({ cells }) => cells.filter((cell) => cell !== null && !isBlankText(textOf(cell))).length >= 2).length >= 2;

/** 认定的工单表: its headings, and the columns that were pointed out though nothing stands above them. */
export function orderSheetOf({ sheet }: Head, { rows, headers }: Pick<HeaderCandidate, 'rows' | 'headers'>, columns: OrderColumns): OrderSheet {
  const fields = new Map(Object.entries(columns).flatMap(([field, column]): [number, OrderField][] => (isOrderField(field) ? [[column, field]] : [])));
  const titled = Object.entries(headers).map(([column, title]): Heading => ({ column: Number(column), title: title.replaceAll(LEVELS, '/'), field: fields.get(Number(column)) ?? null }));
  const untitled = [...fields].flatMap(([column, field]): Heading[] => (headers[column] === undefined ? [{ column, title: orderColumns[field].title, field }] : []));
  return { sheet: sheet.name, headerCount: rows.length, lastHeaderRow: rows.at(-1) ?? 1, headings: [...titled, ...untitled].toSorted((a, b) => a.column - b.column) };
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
    else if (!isAboutPerson(title) && !isPersonalNumber(text)) cells[String(column)] = text;
  }
  const { orderNo = '', content = '' } = texts;
  if (Object.keys(texts).length <= 1 || (orderNo === '' && content === '') || isHeading(orderNo, 'orderNo') || /^(合计|总计|小计|说明|注)/.test(orderNo)) return [];
  const { callerName = null, callerPhone = null } = texts;
  for (const field of callerFields) delete texts[field];
  return [{ sheet: row.sheet, row: row.row, texts, cells, caller: { name: callerName, phone: callerPhone } }];
}
const LONGEST = 500;
/** A mobile number or a number of a person alone in its cell, whatever stands above it. */
const isPersonalNumber = (text: string): boolean => parsePhone(text)?.kind === 'mobile' || checkIdentityNumber(text) === 'ok';
const isHeading = (text: string, field: OrderField): boolean => text !== '' && [orderColumns[field].title, ...orderColumns[field].names.split(' ')].includes(headerKey(text));
