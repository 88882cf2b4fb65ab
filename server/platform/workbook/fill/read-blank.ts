import { read, utils, type CellObject, type WorkSheet } from '@e965/xlsx';
import { WorkbookRefusal } from '../refusal.ts';
import type { BlankCell, BlankSheet } from './types.ts';

/** A form that people fill: what lies beyond is no blank table and is not drawn. */
export const BLANK_ROWS = 2_000;
export const BLANK_COLUMNS = 100;
/** So many empty rows and columns beyond what is printed are drawn where the sheet has them. */
const MORE_ROWS = 20;
const MORE_COLUMNS = 4;
const DEFAULT_WIDTH = 72;
const DEFAULT_HEIGHT = 20;

/** 读空表: every sheet with its texts, formulas, merges and sizes. The bytes were inspected before. @throws WorkbookRefusal password, broken-workbook, too-large */
export function readBlank(bytes: Uint8Array): BlankSheet[] {
  const book = parse(bytes);
  return book.SheetNames.map((name, index) => sheetOf(name, (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0, book.Sheets[name] ?? {}));
}

function parse(bytes: Uint8Array) {
  try {
    return read(bytes, { type: 'buffer', cellStyles: true, cellNF: true, cellFormula: true, cellHTML: false, sheetRows: BLANK_ROWS + 1, sheetStubs: false });
  } catch (error) {
    throw new WorkbookRefusal(error instanceof Error && /password|encrypt/i.test(error.message) ? 'password' : 'broken-workbook');
  }
}

function sheetOf(name: string, isHidden: boolean, sheet: WorkSheet): BlankSheet {
  const merges = (sheet['!merges'] ?? []).map(({ s, e }) => ({ top: s.r + 1, left: s.c, bottom: e.r + 1, right: e.c }));
  const cells: BlankCell[] = [];
  for (const key of Object.keys(sheet)) {
    if (key.startsWith('!')) continue;
    const { r, c } = utils.decode_cell(key);
    const cell: CellObject = sheet[key];
    const drawn = cellOf(r + 1, c, cell);
    if (drawn.text !== '' || drawn.formula !== null) cells.push(drawn);
  }
  const printed = { rows: Math.max(1, ...cells.map(({ row }) => row), ...merges.map(({ bottom }) => bottom)), columns: Math.max(1, ...cells.map(({ column }) => column + 1), ...merges.map(({ right }) => right + 1)) };
  if (printed.rows > BLANK_ROWS || printed.columns > BLANK_COLUMNS) throw new WorkbookRefusal('too-large', `“${name}”表有${printed.rows > BLANK_ROWS ? `超过 ${BLANK_ROWS} 行` : `${printed.columns} 列`}，不像一张空表。请只保留要填报的表格，另存后再上传。`);
  // Cells to be filled often stand at the right of the last label or below the last line: they are drawn too, as far as a form goes.
  const used = sheet['!ref'] === undefined ? { r: 0, c: 0 } : utils.decode_range(sheet['!ref']).e;
  const rows = Math.min(BLANK_ROWS, Math.max(printed.rows, Math.min(used.r + 1, printed.rows + MORE_ROWS)));
  const columns = Math.min(BLANK_COLUMNS, Math.max(printed.columns, Math.min(used.c + 1, printed.columns + MORE_COLUMNS)));
  const widths = Array.from({ length: columns }, (_, at) => Math.round(sheet['!cols']?.[at]?.wpx ?? DEFAULT_WIDTH));
  const heights = Array.from({ length: rows }, (_, at) => (sheet['!rows']?.[at]?.hidden === true ? 0 : heightOf(sheet['!rows']?.[at]?.hpt)));
  return { name, isHidden, rows, columns, cells: cells.toSorted((a, b) => a.row - b.row || a.column - b.column), merges, widths, heights, looks: [], spans: [] };
}

function cellOf(row: number, column: number, cell: CellObject): BlankCell {
  const formula = cell.f ?? null;
  const text = cell.w ?? (cell.v === undefined || cell.v === null ? '' : String(cell.v));
  return { row, column, formula, text: cell.t === 'z' ? '' : text.trim() === '' ? '' : text, number: typeof cell.v === 'number' ? cell.v : null };
}

/** Points to pixels. */
const heightOf = (points: number | undefined): number => (points === undefined ? DEFAULT_HEIGHT : Math.round((points * 4) / 3));
