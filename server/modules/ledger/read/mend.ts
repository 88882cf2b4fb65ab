import { openReader } from '#domain/ledger/read-rows.ts';
import type { LedgerKind, RawCell, SheetMapping, Values } from '#domain/ledger/types.ts';
import { Problem } from '#platform/problem.ts';
import type { Entry } from '../judge/judged.ts';

/** What a cell's own type said is lost once it is text: such faults stay until the cell itself is mended. */
const OF_THE_CELL: ReadonlySet<string> = new Set(['id-precision-lost', 'became-date', 'date-invalid', 'cell-error']);
const KEYS: Readonly<Record<LedgerKind, readonly string[]>> = {
  companies: ['name', 'creditCode'], estates: ['name', 'township'], practitioners: ['name', 'idNumber', 'phones', 'company', 'post', 'estate'],
  units: ['estate', 'building', 'entrance', 'room', 'unitNumber', 'township'],
};

/** 修正后的行: the row with these cells replaced, read anew as if the file had said so. @throws Problem input.invalid when what is left is no row of data */
export function mended<K extends LedgerKind>(kind: K, entry: Entry<K>, cells: Readonly<Record<string, string>>, isResolved: boolean): Entry<K> {
  const texts = { ...entry.row.texts, ...cells };
  const reader = openReader(kind);
  const { mapping, raw } = laidOut(entry, texts);
  reader.openSheet(mapping, { merges: [] });
  const [read] = [...reader.take([raw]).rows, ...reader.finish()];
  if (read === undefined) throw new Problem('input.invalid', '这样修改后不再是一行数据，请至少填写名称');
  const isKept = (field: string | null) => field === null || cells[field] === undefined;
  const kept = entry.row.problems.filter(({ code, field }) => {
    if (code === 'duplicate' || code === 'duplicate-unit') return !isResolved && !KEYS[kind].some((key) => cells[key] !== undefined);
    return OF_THE_CELL.has(code) && isKept(field);
  });
  const unreadable = new Set(kept.filter(({ code }) => OF_THE_CELL.has(code)).map(({ field }) => field));
  const values = { ...Object.fromEntries(Object.entries(read.values).filter(([field]) => !unreadable.has(field))), ...toldBelow(entry.row.values, cells) } as Values<K>;
  const fresh = read.problems.filter(({ field }) => !unreadable.has(field)).map((problem) => (problem.field !== null && entry.mapping.columns[problem.field] === undefined ? { ...problem, column: null } : problem));
  return { ...entry, row: { ...entry.row, texts, values, problems: [...fresh, ...kept] } };
}

/** What rows below told of the co-owners stays until the names themselves are mended. */
function toldBelow(before: object, cells: Readonly<Record<string, string>>): object {
  return 'coHolders' in before && cells['coOwners'] === undefined ? { coHolders: before.coHolders } : {};
}

const FIRST_FREE = 200;

/** One row of text cells, each field in its own column; fields that the sheet has no column for lie behind the others. */
function laidOut({ row, mapping }: Entry, texts: Readonly<Record<string, string>>): { mapping: SheetMapping; raw: { sheet: string; row: number; cells: RawCell[] } } {
  let free = FIRST_FREE;
  const columns = Object.fromEntries(Object.keys(texts).map((field) => [field, mapping.columns[field] ?? free++]));
  const cells: RawCell[] = Array.from({ length: free }, () => null);
  for (const [field, text] of Object.entries(texts)) cells[columns[field] ?? 0] = text === '' ? null : text;
  return { mapping: { ...mapping, columns, constants: {}, firstRow: 1, headerRows: [] }, raw: { sheet: row.sheet, row: row.row, cells } };
}
