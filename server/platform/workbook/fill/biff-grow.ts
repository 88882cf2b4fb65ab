import { WorkbookRefusal } from '../refusal.ts';
import { BIFF, blankCell, columnOf, formatOf, isCell, rowOf, type BiffRecord } from './biff.ts';
import { isRowRelative, ownTokens, refsIn, type TokenRef } from './biff-tokens.ts';
import type { Growth } from './types.ts';

/** What still cannot be moved: array formulas, data tables and the conditional formats of later versions; charts, which hold a stream of their own. */
const cannotMove: ReadonlySet<number> = new Set([BIFF.array, BIFF.dataTable, BIFF.conditional12]);
const MOST_ROWS = 65_536;
/** In a formula record the tokens begin here, behind their length. */
const TOKENS = 22;

interface Sheet { records: BiffRecord[] }
interface Moving { readonly after: number; readonly count: number; /** Does this EXTERNSHEET entry mean the grown sheet? */ readonly isGrown: (entry: number) => boolean }

/**
 * 增行 in an old workbook: rows like row `after` are put in below it; formulas of all sheets, names, merges, conditional formats, checks, links and page breaks follow.
 * @throws WorkbookRefusal broken-workbook where something would be left behind
 */
export function growXls(globals: readonly BiffRecord[], sheets: readonly Sheet[], { sheet: index, after, count }: Growth): void {
  const grown = sheets[index];
  if (grown === undefined) return;
  if (grown.records.some(({ type }) => cannotMove.has(type)) || grown.records.filter(({ type }) => type === BIFF.bof).length > 1) throw new WorkbookRefusal('broken-workbook', '这张旧格式（.xls）的表里有图表、数组公式或新版的条件格式，增行后会错位。请在 Excel 或 WPS 中另存为 xlsx，再重新上传标记。');
  if (grown.records.some((record) => (isCell(record) || record.type === BIFF.row) && rowOf(record) + count >= MOST_ROWS)) throw new WorkbookRefusal('too-large', '旧格式（.xls）的表最多 65536 行，放不下这份名单。请在 Excel 或 WPS 中另存为 xlsx，再重新上传标记。');
  const moving: Moving = { after, count, isGrown: sheetsNamed(globals, index) };
  for (const sheet of sheets) unshare(sheet);
  for (const sheet of sheets) for (const record of sheet.records) if (record.type === BIFF.formula) moveTokens(tokensOf(record), moving, { isOwn: sheet === grown, isPattern: sheet === grown && rowOf(record) === after - 1 });
  for (const record of globals) if (record.type === BIFF.lbl) moveTokens(nameTokens(record.data), moving, { isOwn: false, isPattern: false });
  const pattern = grown.records.filter((record) => (isCell(record) || record.type === BIFF.row) && rowOf(record) === after - 1);
  for (const record of grown.records) moveRecord(record, moving);
  mergeRows(grown, moving);
  insertRows(grown, pattern, moving);
}

/** Which EXTERNSHEET entries stand for the sheet at `index` of this workbook. A span of sheets that covers it cannot be followed. */
function sheetsNamed(globals: readonly BiffRecord[], index: number): (entry: number) => boolean {
  const books = globals.filter(({ type }) => type === BIFF.supBook).map(({ data }) => data.length === 4 && data.readUInt16LE(2) === 0x0401);
  const entries = globals.filter(({ type }) => type === BIFF.externSheet).flatMap(({ data }) => Array.from({ length: data.readUInt16LE(0) }, (_, at) => ({ isOwn: books[data.readUInt16LE(2 + at * 6)] === true, first: data.readInt16LE(4 + at * 6), last: data.readInt16LE(6 + at * 6) })));
  return (entry) => {
    const found = entries[entry];
    if (found === undefined || !found.isOwn || index < found.first || index > found.last) return false;
    if (found.first !== found.last) throw new WorkbookRefusal('broken-workbook', '这张旧格式（.xls）的表被跨多张工作表的公式引用，增行后会算错。请在 Excel 或 WPS 中另存为 xlsx，再重新上传标记。');
    return true;
  };
}

const tokensOf = ({ data }: BiffRecord): Buffer => data.subarray(TOKENS, TOKENS + data.readUInt16LE(TOKENS - 2));

function nameTokens(data: Buffer): Buffer {
  const start = 15 + data.readUInt8(3) * ((data.readUInt8(14) & 1) === 1 ? 2 : 1);
  return data.subarray(start, start + data.readUInt16LE(4));
}

/** 共享公式展开: each cell gets its own tokens, because rows put between them would change what the shared ones mean. */
function unshare(sheet: Sheet): void {
  const shared = new Map<string, Buffer>();
  for (const [at, { type, data }] of sheet.records.entries()) {
    const before = sheet.records[at - 1];
    if (type === BIFF.shared && before?.type === BIFF.formula) shared.set(`${tokensOf(before).readUInt16LE(1)}:${tokensOf(before).readUInt16LE(3)}`, data.subarray(10, 10 + data.readUInt16LE(8)));
  }
  if (shared.size === 0) return;
  for (const record of sheet.records) {
    const tokens = record.type === BIFF.formula ? tokensOf(record) : null;
    const own = tokens?.[0] === 0x01 ? shared.get(`${tokens.readUInt16LE(1)}:${tokens.readUInt16LE(3)}`) : undefined;
    if (own === undefined) continue;
    const spelt = ownTokens(own, rowOf(record), columnOf(record));
    const head = Buffer.from(record.data.subarray(0, TOKENS));
    head.writeUInt16LE(head.readUInt16LE(14) & ~8, 14);
    head.writeUInt16LE(spelt.length, TOKENS - 2);
    record.data = Buffer.concat([head, spelt]);
  }
  sheet.records = sheet.records.filter(({ type }) => type !== BIFF.shared);
}

/** Every reference to the grown sheet follows. A range that touches the copied row takes the new rows in; within that row only one whose end is fixed does, because the copies have their own. */
function moveTokens(tokens: Buffer, moving: Moving, { isOwn, isPattern }: { readonly isOwn: boolean; readonly isPattern: boolean }): void {
  for (const ref of refsIn(tokens)) if (ref.sheet === null ? isOwn : moving.isGrown(ref.sheet)) moveRef(ref, moving, isPattern);
}

function moveRef(ref: TokenRef, { after, count }: Moving, isPattern: boolean): void {
  const { tokens, rows } = ref;
  const [top, bottom] = rows.map((at) => tokens.readUInt16LE(at));
  const isMoved = (end: number) => !(ref.isOffset && isRowRelative(ref, end));
  const takesIn = top !== undefined && bottom !== undefined && bottom < MOST_ROWS - 1 && top < after && bottom >= after - 1 && !(isPattern && isRowRelative(ref, 1));
  for (const [end, at] of rows.entries()) {
    const row = tokens.readUInt16LE(at);
    if (isMoved(end) && row < MOST_ROWS - count && (row >= after || (end === 1 && takesIn))) tokens.writeUInt16LE(row + count, at);
  }
}

/** Ranges kept outside formulas: `rwFirst, rwLast`, taking the new rows in where they touch the copied one. */
function moveRange(data: Buffer, at: number, { after, count }: Moving): void {
  const [first, last] = [data.readUInt16LE(at), data.readUInt16LE(at + 2)];
  if (first >= after) data.writeUInt16LE(first + count, at);
  if (last >= after || (first < after && last >= after - 1)) data.writeUInt16LE(Math.min(last + count, MOST_ROWS - 1), at + 2);
}

function moveRanges(data: Buffer, at: number, moving: Moving): void {
  for (let each = 0; each < data.readUInt16LE(at); each += 1) moveRange(data, at + 2 + each * 8, moving);
}

const inRange = { isOwn: true, isPattern: false };

function moveRecord(record: BiffRecord, moving: Moving): void {
  const { type, data } = record;
  const { after, count } = moving;
  if ((isCell(record) || type === BIFF.row || type === BIFF.note) && rowOf(record) >= after) data.writeUInt16LE(rowOf(record) + count, 0);
  if (type === BIFF.conditional) { moveRange(data, 4, moving); moveRanges(data, 12, moving); }
  if (type === BIFF.conditionalRule) moveTokens(data.subarray(data.length - data.readUInt16LE(2) - data.readUInt16LE(4)), moving, inRange);
  if (type === BIFF.link || type === BIFF.linkTip) for (const at of type === BIFF.link ? [0, 2] : [2, 4]) if (data.readUInt16LE(at) >= after) data.writeUInt16LE(data.readUInt16LE(at) + count, at);
  if (type === BIFF.drawing) moveAnchors(data, moving);
  if (type === BIFF.validation) moveCheck(data, moving);
  if (type === BIFF.horizontalBreaks) for (let at = 2; at + 6 <= data.length; at += 6) if (data.readUInt16LE(at) > after) data.writeUInt16LE(data.readUInt16LE(at) + count, at);
  if (type === BIFF.dimensions && data.length >= 12 && data.readUInt32LE(4) >= after) data.writeUInt32LE(data.readUInt32LE(4) + count, 4);
}

const ANCHOR = 0xf010;
/** 图形的位置: pictures, boxes of comments and arrows of lists go with the rows they hang on. Containers are stepped into, all else is stepped over. */
function moveAnchors(data: Buffer, { after, count }: Moving): void {
  for (let at = 0; at + 8 <= data.length;) {
    const [kind, type, length] = [data.readUInt16LE(at), data.readUInt16LE(at + 2), data.readUInt32LE(at + 4)];
    if (type === ANCHOR && length === 18 && at + 26 <= data.length) for (const row of [at + 14, at + 22]) if (data.readUInt16LE(row) >= after) data.writeUInt16LE(data.readUInt16LE(row) + count, row);
    at += (kind & 0xf) === 0xf ? 8 : 8 + length;
  }
}

/** 数据有效性: four texts, two formulas, and where it holds. */
function moveCheck(data: Buffer, moving: Moving): void {
  let at = 4;
  for (let text = 0; text < 4; text += 1) at += 3 + data.readUInt16LE(at) * ((data.readUInt8(at + 2) & 1) === 1 ? 2 : 1);
  for (let formula = 0; formula < 2; formula += 1) {
    const length = data.readUInt16LE(at);
    moveTokens(data.subarray(at + 4, at + 4 + length), moving, inRange);
    at += 4 + length;
  }
  moveRanges(data, at, moving);
}

/** 合并区 below move down; one that lies within the copied row is made for each new row. */
function mergeRows(sheet: Sheet, { after, count }: Moving): void {
  const all = sheet.records.filter(({ type }) => type === BIFF.mergeCells);
  if (all.length === 0) return;
  const merges = all.flatMap(({ data }) => Array.from({ length: data.readUInt16LE(0) }, (_, at) => [0, 2, 4, 6].map((offset) => data.readUInt16LE(2 + at * 8 + offset))));
  const made = merges.flatMap((merge) => {
    const [top = 0, bottom = 0, left = 0, right = 0] = merge;
    const moved = [top >= after ? top + count : top, bottom >= after ? bottom + count : bottom, left, right];
    return top === after - 1 && bottom === top ? [moved, ...Array.from({ length: count }, (_, at) => [after + at, after + at, left, right])] : [moved];
  });
  const records = Array.from({ length: Math.ceil(made.length / 1_000) }, (_, at): BiffRecord => {
    const part = made.slice(at * 1_000, (at + 1) * 1_000);
    const data = Buffer.alloc(2 + part.length * 8);
    data.writeUInt16LE(part.length, 0);
    for (const [no, merge] of part.entries()) for (const [field, value] of merge.entries()) data.writeUInt16LE(value, 2 + no * 8 + field * 2);
    return { type: BIFF.mergeCells, data };
  });
  const place = sheet.records.findIndex(({ type }) => type === BIFF.mergeCells);
  sheet.records = sheet.records.flatMap((record, at) => (at === place ? records : record.type === BIFF.mergeCells ? [] : [record]));
}

/** Rows of the same look: formats, heights and formulas (moved down with them), no values. */
function insertRows(sheet: Sheet, pattern: readonly BiffRecord[], { after, count }: Moving): void {
  const copies = Array.from({ length: count }, (_, at) => pattern.map((record) => copied(record, after + at)));
  const rows = copies.flatMap((copy) => copy.filter(({ type }) => type === BIFF.row));
  const cells = copies.flatMap((copy) => copy.filter(({ type }) => type !== BIFF.row));
  put(sheet, rows, ({ type }) => type === BIFF.row, after);
  put(sheet, cells, isCell, after);
}

/** Behind what stands in the rows before, as the order of rows demands. */
function put(sheet: Sheet, records: readonly BiffRecord[], isLike: (record: BiffRecord) => boolean, after: number): void {
  let place = sheet.records.findLastIndex((record) => isLike(record) && rowOf(record) < after);
  if (sheet.records[place + 1]?.type === BIFF.string) place += 1;
  sheet.records.splice(place + 1, 0, ...records);
}

function copied(record: BiffRecord, row: number): BiffRecord {
  const isFormula = record.type === BIFF.formula;
  const data = isFormula || record.type === BIFF.row ? Buffer.from(record.data) : blankCell(0, columnOf(record), formatOf(record)).data;
  data.writeUInt16LE(row, 0);
  const down = row - rowOf(record);
  if (isFormula) {
    for (const ref of refsIn(tokensOf({ type: record.type, data }))) for (const [end, at] of ref.rows.entries()) if (isRowRelative(ref, end)) ref.tokens.writeUInt16LE((ref.tokens.readUInt16LE(at) + down) & 0xffff, at);
  }
  return { type: isFormula || record.type === BIFF.row ? record.type : BIFF.blank, data };
}
