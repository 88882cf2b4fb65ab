import { textOf } from '#domain/ledger/cells/cell.ts';
import { callerFields, isAboutPerson } from '#domain/ledger/orders/columns.ts';
import type { SheetRow } from '#platform/workbook/sheet.ts';
import type { OrderSheet } from './read-file.ts';

const SHOWN_ROWS = 12;
const LONGEST = 60;
const HIDDEN = '（不显示）';
/** Numbers of telephones and of persons, wherever they stand in a text. */
const NUMBERS = /(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)/g;

/** 前几行, by which columns are pointed out: below the header what is known to speak of a person is not shown, and no number of a telephone or a person anywhere. */
export function previewOf(rows: readonly SheetRow[], { lastHeaderRow, headings }: Pick<OrderSheet, 'lastHeaderRow' | 'headings'>): { row: number; cells: string[] }[] {
  const hidden = new Set(headings.flatMap(({ column, title, field }) => ((field !== null && callerFields.includes(field)) || (field === null && isAboutPerson(title)) ? [column] : [])));
  return rows.slice(0, SHOWN_ROWS).map(({ row, cells }) => ({
    row,
    cells: cells.map((cell, column) => {
      const text = cell === null ? '' : textOf(cell).trim();
      if (text === '') return '';
      return hidden.has(column) && row > lastHeaderRow ? HIDDEN : text.replaceAll(NUMBERS, (digits) => `${digits.slice(0, 3)}****${digits.slice(-2)}`).slice(0, LONGEST);
    }),
  }));
}
