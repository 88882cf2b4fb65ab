import { inBatches } from './in-batches.ts';
import { holdsAnything, MAX_COLUMNS, type CellValue, type ReadOptions, type SheetRow, type WorkbookPart } from './sheet.ts';

const DELIMITERS = [',', '\t', ';', '|'];
const NAME = 'Sheet1';

/** 读分隔文本:comma-, tab- or otherwise separated text, quoted fields included, row by row. Everything is text, so that long numbers keep their digits. */
export function* readCsv(text: string, options: ReadOptions): Generator<WorkbookPart, void, undefined> {
  if (options.sheets !== undefined && !options.sheets.includes(NAME)) return;
  const source = text.replace(/^\ufeff/, '');
  yield { kind: 'sheet', sheet: { name: NAME, index: 0, hidden: false, merges: [], hiddenRows: 0, rowCount: linesOf(source) } };
  yield* inBatches(rowsOf(source), options);
}

/** Lines within a quoted field are counted too: it is for a progress bar. */
function linesOf(text: string): number {
  let lines = text === '' ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < text.length - 1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

function* rowsOf(source: string): Generator<SheetRow, void, undefined> {
  let row = 0;
  for (const record of recordsOf(source, delimiterOf(source))) {
    row += 1;
    const cells = record.slice(0, MAX_COLUMNS).map((field): CellValue => plain(field) || null);
    while (cells.at(-1) === null) cells.pop();
    if (holdsAnything(cells)) yield { sheet: NAME, row, cells };
  }
}

/** The one that the first lines hold most of. */
function delimiterOf(text: string): string {
  const head = text.split(/\r?\n/, 10).join('\n');
  return DELIMITERS.map((mark) => ({ mark, count: head.split(mark).length })).toSorted((a, b) => b.count - a.count)[0]?.mark ?? ',';
}

/** `="0571"` is how exports keep Excel from taking a text for a number. */
const plain = (field: string): string => (/^="(.*)"$/s.exec(field)?.[1] ?? field).trim();

function* recordsOf(text: string, delimiter: string): Generator<string[]> {
  let record: string[] = [];
  for (let at = 0; at <= text.length;) {
    const { field, end } = fieldAt(text, at, delimiter);
    record.push(field);
    const mark = text[end];
    if (mark === delimiter) { at = end + 1; continue; }
    if (mark !== undefined || record.length > 1 || field !== '') yield record;
    record = [];
    if (mark === undefined) return;
    at = text.startsWith('\r\n', end) ? end + 2 : end + 1;
  }
}

/** One field, and where what ends it stands. */
function fieldAt(text: string, from: number, delimiter: string): { field: string; end: number } {
  if (text[from] !== '"') return upToMark(text, from, delimiter);
  let field = '';
  for (let at = from + 1; at < text.length;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { field: field + text.slice(at), end: text.length };
    field += text.slice(at, quote);
    if (text[quote + 1] !== '"') return upToMark(text, quote + 1, delimiter, field);
    field += '"';
    at = quote + 2;
  }
  return { field, end: text.length };
}

/** Whatever stands up to the next mark belongs to the field, behind a closing quote too. */
function upToMark(text: string, from: number, delimiter: string, field = ''): { field: string; end: number } {
  let end = from;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { field: field + text.slice(from, end), end };
}
