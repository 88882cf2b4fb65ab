import { findTable } from './find-table.ts';
import type { KnownNames } from './sheet-says.ts';
import { openReader } from './read-rows.ts';
import type { LedgerKind, LedgerRow, Merge, RawCell, RawRow, SheetFacts, SheetFound, SkippedRow } from './types.ts';

/** A sheet as a test writes it down. */
export interface Table { readonly name?: string; readonly merges?: readonly Merge[]; readonly hidden?: boolean; readonly rows: readonly (readonly RawCell[])[]; readonly struck?: Readonly<Record<number, readonly number[]>> }

export const facts = ({ name = 'Sheet1', merges = [], hidden = false }: Table): SheetFacts => ({ name, index: 0, hidden, merges, hiddenRows: 0 });
export const raw = ({ name = 'Sheet1', rows, struck = {} }: Table): RawRow[] => rows.map((cells, at) => { const columns = struck[at + 1]; return { sheet: name, row: at + 1, cells, ...(columns === undefined ? {} : { struck: columns }) }; }).filter(({ cells }) => cells.some((cell) => cell !== null && cell !== ''));
export const find = (kind: LedgerKind, table: Table, known?: KnownNames): SheetFound => findTable(kind, facts(table), raw(table), known);

/** The whole way from a sheet to typed rows. @throws Error when no table is found in it */
export function read<K extends LedgerKind>(kind: K, table: Table, known?: KnownNames, found: SheetFound = find(kind, table, known)): { found: SheetFound; rows: LedgerRow<K>[]; skipped: SkippedRow[] } {
  const reader = openReader(kind);
  if (found.status !== 'table' || found.mapping === null) throw new Error(found.reason ?? found.status);
  reader.openSheet(found.mapping, facts(table));
  const { rows, skipped } = reader.take(raw(table));
  return { found, rows: [...rows, ...reader.finish()], skipped };
}

/** The values and the problems' codes of each row. */
export const readOut = <K extends LedgerKind>(kind: K, table: Table, known?: KnownNames) => read(kind, table, known).rows.map(({ values, problems }) => ({ ...values, problems: problems.map(({ code, severity }) => `${severity} ${code}`) }));
export const down = (top: number, bottom: number, left: number): Merge => ({ top, bottom, left, right: left });
export const across = (row: number, left: number, right: number): Merge => ({ top: row, bottom: row, left, right });
