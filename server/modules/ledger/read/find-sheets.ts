import { findTable, HEAD_ROWS, tableAt, withoutSummaries } from '#domain/ledger/find-table.ts';
import { guessKinds } from '#domain/ledger/guess-kind.ts';
import { ledgerSpecs } from '#domain/ledger/ledger-specs.ts';
import type { KnownNames } from '#domain/ledger/sheet-says.ts';
import { textOf } from '#domain/ledger/cells/cell.ts';
import type { LedgerKind, RawRow, SheetFacts, SheetFound, SheetMapping } from '#domain/ledger/types.ts';
import type { ReadableType } from '#platform/workbook/open-text.ts';
import { charsOf } from '#platform/workbook/in-batches.ts';
import { readWorkbook } from '#platform/workbook/read.ts';
import { WorkbookRefusal } from '#platform/workbook/refusal.ts';

/** 表头记忆:columns that a user picked by hand, by the header's signature. */
export type MappingMemory = ReadonlyMap<string, Pick<SheetMapping, 'columns'>>;

/** 一张表的识别结果 with its first rows, for picking by eye; `otherKind` where it holds another ledger and is not read. */
export interface Found extends SheetFound { readonly otherKind?: LedgerKind; readonly preview: readonly { readonly row: number; readonly cells: readonly string[] }[] }

/** 表头部分:a sheet's facts and its first rows. */
export interface Head { readonly facts: SheetFacts; readonly rows: readonly RawRow[] }

const PREVIEW_ROWS = 12;
const SEARCHED_ROWS = 20;

/** Of all sheets together; the first rows of a ledger hold some thousand. */
const HEAD_CHARS = 5_000_000;

/** 读表头:the first rows of every sheet, held until the tables in them are found. @throws WorkbookRefusal */
export async function readHeads(path: string, type: ReadableType): Promise<Head[]> {
  const heads: { facts: SheetFacts; rows: RawRow[] }[] = [];
  let chars = 0;
  for await (const part of readWorkbook(path, type, { rowsPerSheet: HEAD_ROWS })) {
    if (part.kind === 'sheet') { heads.push({ facts: part.sheet, rows: [] }); continue; }
    chars += part.rows.reduce((sum, row) => sum + charsOf(row), 0);
    if (chars > HEAD_CHARS) throw new WorkbookRefusal('too-much-text');
    heads.at(-1)?.rows.push(...part.rows);
  }
  return heads;
}

/** 识别各表:finds each sheet's table; a header that a user once picked by hand is taken as he picked it. Beside tables of this kind, those of another are left for an import of their own. */
export function findSheets(kind: LedgerKind, heads: readonly Head[], known: KnownNames, memory: MappingMemory): Found[] {
  const found = withoutSummaries(heads.map(({ facts, rows }): Found => {
    const one = remembered(kind, { facts, rows }, findTable(kind, facts, rows, known), known, memory);
    return { ...one, preview: rows.slice(0, PREVIEW_ROWS).map(({ row, cells }) => ({ row, cells: cells.map(textOf) })) };
  }));
  return found.some(({ status }) => status === 'table') && found.some(({ status }) => status === 'unsure') ? withoutOthers(kind, found, heads, known) : found;
}

function withoutOthers(kind: LedgerKind, found: readonly Found[], heads: readonly Head[], known: KnownNames): Found[] {
  const kinds = new Map(guessKinds('', heads, known).map((one) => [one.sheet, one.kind]));
  return found.map((one) => {
    const other = kinds.get(one.sheet) ?? null;
    return one.status !== 'unsure' || other === null || other === kind ? one : { ...one, status: 'skipped', otherKind: other, reason: `是《${ledgerSpecs[other].title}》，请另行导入` };
  });
}

function remembered(kind: LedgerKind, { facts, rows }: Head, found: SheetFound, known: KnownNames, memory: MappingMemory): SheetFound {
  if (memory.size === 0 || found.status === 'skipped') return found;
  const own = memory.get(found.signature);
  if (own !== undefined && found.mapping !== null) return asPicked(found, own.columns);
  for (const { row } of rows.slice(0, SEARCHED_ROWS)) {
    for (const headerRows of [[row], [row, row + 1]]) {
      const other = tableAt(kind, facts, rows, headerRows, known);
      const picked = memory.get(other.signature);
      if (picked !== undefined && other.mapping !== null) return asPicked(other, picked.columns);
    }
  }
  return found;
}

function asPicked(found: SheetFound, columns: SheetMapping['columns']): SheetFound {
  const field = (index: number) => Object.entries(columns).find(([, column]) => column === index)?.[0] ?? null;
  return {
    ...found, status: 'table', reason: null, confidence: 100, missing: [],
    mapping: found.mapping === null ? null : { ...found.mapping, columns },
    columns: found.columns.map((choice) => ({ ...choice, field: field(choice.index) })),
  };
}
