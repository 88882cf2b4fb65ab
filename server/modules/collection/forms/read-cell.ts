import { checkCell, readCellText, saysCleared } from '#domain/collection/cell-text.ts';
import type { CellContent, Column } from '#domain/collection/column.ts';
import { isErrorText, textOf, type CellReader } from '#domain/ledger/cells/cell.ts';
import { date } from '#domain/ledger/cells/date.ts';
import { area, count, money } from '#domain/ledger/cells/number.ts';
import type { CellValue } from '#platform/workbook/sheet.ts';

/** 读表中一格: a content (null where it says 清空), nothing (blank: the column is not answered), or the sentence of what is wrong. */
export type ReadFormCell = { readonly is: 'value'; readonly value: CellContent; readonly note: string | null } | { readonly is: 'blank' } | { readonly is: 'fault'; readonly says: string };

const readers: Readonly<Partial<Record<Column['kind'], CellReader<string | number>>>> = { whole: count, area, money, date };

/** 读表中一格 with the ledger's own readers: numbers with their units, days in any usual form. */
export function readFormCell(column: Column, cell: CellValue, header: string): ReadFormCell {
  const text = textOf(cell).trim();
  if (text === '') return { is: 'blank' };
  if (saysCleared(text)) return column.isRequired ? { is: 'fault', says: '是必填的，不能清空' } : { is: 'value', value: null, note: null };
  if (isErrorText(text)) return { is: 'fault', says: '是公式的错误值，请改成内容本身' };
  const reader = readers[column.kind];
  if (reader === undefined) {
    const read = readCellText(column, text);
    return read.ok ? (read.value === null ? { is: 'blank' } : { is: 'value', value: read.value, note: null }) : { is: 'fault', says: read.message };
  }
  const read = reader(cell, header);
  if (read.is !== 'value') return read.is === 'blank' ? read : { is: 'fault', says: read.fault.says };
  const wrong = checkCell(column, read.value);
  return wrong === null ? { is: 'value', value: read.value, note: read.note?.says ?? null } : { is: 'fault', says: wrong };
}
