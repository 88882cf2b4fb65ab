import { Readable } from 'node:stream';
import type { AreaCm2, BasisPoints, Fen, Instant, LocalDate } from '#domain/kernel/brand.ts';
import { CIVIL_ZONE, dateText, todayIn } from '#domain/kernel/local-date.ts';

/** 导出单元格:each value with its own type, so that a number stays a number and a code stays text. */
export type ExportCell =
  | { readonly as: 'text'; readonly value: string }
  | { readonly as: 'count'; readonly value: number }
  | { readonly as: 'area'; readonly value: AreaCm2 }
  | { readonly as: 'money'; readonly value: Fen }
  | { readonly as: 'percent'; readonly value: BasisPoints }
  | { readonly as: 'date'; readonly value: LocalDate }
  | { readonly as: 'moment'; readonly value: Instant }
  | null;

/** 导出列:`as` sets the column's number format; cells of another type keep their own value. */
export interface ExportColumn<Row> {
  readonly title: string;
  readonly as: NonNullable<ExportCell>['as'];
  /** In characters; by default by the type. */
  readonly width?: number;
  readonly value: (row: Row) => ExportCell;
}

/** 导出说明:what the last line of every exported sheet says. */
export interface ExportNote { readonly asOf: LocalDate; readonly knownOn?: LocalDate | null; readonly exportedBy: string; readonly exportedAt: Instant }

/** 导出任务 */
export interface ExportTask<Row> {
  readonly sheetName: string;
  /** A line above the header; none by default, as a bare table is the easiest to import again. */
  readonly title?: string;
  readonly columns: readonly ExportColumn<Row>[];
  readonly rows: AsyncIterable<Row> | Iterable<Row>;
  readonly note: ExportNote;
}

const formats = { text: '@', count: '0', area: '0.00', money: '0.00', percent: '0.00%', date: 'yyyy-mm-dd', moment: 'yyyy-mm-dd hh:mm' } as const;
const widths = { text: 18, count: 10, area: 14, money: 12, percent: 10, date: 12, moment: 18 } as const;

/**
 * 导出工作簿:streams rows as an .xlsx; memory does not grow with them.
 *
 * Header frozen, true cell types, and a last line with the 截至 date, who exported and when. Text is always a text cell:
 * what begins with = + - or @ is never taken for a formula, and a phone never becomes 1.2E+17.
 */
export function writeWorkbook<Row>(task: ExportTask<Row>): Readable {
  const columns = task.columns.map(({ as, width }) => ({ numFmt: formats[as], width: width ?? widths[as] }));
  const frozen = task.title === undefined ? 1 : 2;
  return Readable.from(bytesOf(async () => {
    const { writeXlsxStream } = await import('hucre/xlsx');   // large, and needed by none but exports: loaded with the first
    return writeXlsxStream(lines(task), { name: sheetNameOf(task.sheetName), columns, freezePane: { rows: frozen }, repeatHeaders: false });
  }), { objectMode: false });
}

/** Breaking off the reading (a closed connection) cancels the writing. */
async function* bytesOf(open: () => Promise<ReadableStream<Uint8Array>>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = (await open()).getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
  } finally {
    await reader.cancel();
  }
}

type Line = (string | number | Date | null)[];

async function* lines<Row>({ title, columns, rows, note }: ExportTask<Row>): AsyncGenerator<Line, void, undefined> {
  if (title !== undefined) yield [cleanText(title)];
  yield columns.map((column) => cleanText(column.title));
  for await (const row of rows) yield columns.map((column) => plainCell(column.value(row)));
  yield [noteText(note)];
}

/** 导出说明行:begins with 说明 so that our own import passes it over. */
export function noteText({ asOf, knownOn = null, exportedBy, exportedAt }: ExportNote): string {
  const known = knownOn === null ? '' : `（按${dateText(knownOn)}当时掌握的情况）`;
  return cleanText(`说明：数据截至${dateText(asOf)}${known}，由${exportedBy}于${dateText(todayIn(exportedAt))}${clock.format(new Date(exportedAt))}导出。`);
}

const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: CIVIL_ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** 写入值: dividing happens here only, on the way out of the exact world: fifteen digits carry every registered area and amount. */
export function plainCell(cell: ExportCell): string | number | Date | null {
  if (cell === null) return null;
  if (cell.as === 'text') return cell.value === '' ? null : cleanText(cell.value);
  if (cell.as === 'date') return new Date(`${cell.value}T00:00:00.000Z`);
  if (cell.as === 'moment') return new Date(Date.parse(cell.value) + CIVIL_AHEAD);
  return cell.value / parts[cell.as];
}

/** A sheet knows no zones: a moment is written as the clock in China showed it. */
const CIVIL_AHEAD = 8 * 3_600_000;
const parts = { count: 1, area: 10_000, money: 100, percent: 10_000 } as const;

/** 可写的文字: characters that XML cannot hold would make a workbook that Excel calls damaged. */
export function cleanText(text: string): string {
  return Array.from(text.toWellFormed()).filter((character) => (character >= ' ' && character !== '\ufffe' && character !== '\uffff') || character === '\n' || character === '\t').join('');
}

const LONGEST_SHEET_NAME = 31;

/** 工作表名 as Excel takes it. */
export function sheetNameOf(name: string): string {
  const legal = name.replaceAll(/[[\]:*?/\\]/g, ' ').replaceAll(/^'+|'+$/g, '').trim();
  return legal === '' ? '数据' : legal.slice(0, LONGEST_SHEET_NAME);
}
