import { letterOf } from '#domain/ledger/header.ts';

/** 一张可以指认的工作表: its first rows, and what stands above each column where the header lies outside them. */
export interface PickableSheet {
  readonly sheet: string;
  readonly reason: string | null;
  readonly preview: readonly { readonly row: number; readonly cells: readonly string[] }[];
  readonly headings: readonly { readonly column: number; readonly title: string }[];
}

/** 一张表的指认: as the user has it just now. `columns`: field → column, from 0. */
export interface ColumnsDraft {
  readonly sheet: string;
  readonly isUsed: boolean;
  readonly headerRow: number;
  readonly headerCount: number;
  readonly columns: Readonly<Record<string, number>>;
}

/** 表头文字: of each column, the texts of its header rows joined. */
export function headersOf(sheet: PickableSheet, draft: ColumnsDraft): string[] {
  const rows = sheet.preview.filter(({ row }) => row >= draft.headerRow && row < draft.headerRow + draft.headerCount);
  const width = Math.max(0, ...sheet.preview.map(({ cells }) => cells.length), ...sheet.headings.map(({ column }) => column + 1));
  return Array.from({ length: width }, (_, index) => {
    const typed = [...new Set(rows.map(({ cells }) => (cells[index] ?? '').trim()).filter(Boolean))].join('');
    return typed !== '' ? typed : (sheet.headings.find(({ column }) => column === index)?.title ?? '');
  });
}

/** 选定一列: each field has one column at most, each column one field; '' takes it back. */
export function withColumn<D extends ColumnsDraft>(draft: D, index: number, field: string): D {
  const rest = Object.fromEntries(Object.entries(draft.columns).filter(([name, at]) => at !== index && name !== field));
  return { ...draft, columns: field === '' ? rest : { ...rest, [field]: index } };
}

/** 列的字母. */
export const columnLetter = letterOf;
