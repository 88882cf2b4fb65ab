import type { HeaderCandidate } from './find-header.ts';
import type { Grid } from './grid.ts';
import { headerKey, namesOf } from './header.ts';
import { ledgerSpecs } from './ledger-specs.ts';
import type { LedgerKind } from './types.ts';

const LOOKED_AT = 3;

/** 列中有无:does the column of this field say such a thing in one of the first rows? */
export function columnSays(grid: Grid, { columns }: HeaderCandidate, lastHeaderRow: number): (field: string, what: RegExp) => boolean {
  const below = grid.rows.filter((row) => row > lastHeaderRow).slice(0, LOOKED_AT);
  return (field, what) => columns[field] !== undefined && below.some((row) => what.test(grid.own(row, columns[field] ?? 0)));
}

/** 为何不是表:what has a header like a table and is none: a form (words on the left, answers beside them), or two tables side by side. */
export function whyNoTable(kind: LedgerKind, grid: Grid, { columns, headers }: HeaderCandidate, lastHeaderRow: number): string | null {
  const names = namesOf<never>(ledgerSpecs[kind].fields);
  const own = new Set(Object.values(headers).map((header) => headerKey(header)));
  const isForm = grid.rows.filter((row) => row > lastHeaderRow).slice(0, LOOKED_AT).some((row) => {
    const filled = Array.from({ length: grid.lastColumn + 1 }, (_, column) => grid.own(row, column)).filter((text) => text !== '');
    const isLabel = filled.map((text) => !/\d/.test(text) && names.has(headerKey(text)) && !own.has(headerKey(text)));
    return isLabel[0] === true && isLabel.filter(Boolean).length >= 2;
  });
  if (isForm) return '看起来是一个单位填一张的登记表（左边是项目、右边是内容），请改成一行一个的表格';
  const required = ledgerSpecs[kind].fields.find((field) => field.isRequired && columns[field.key] !== undefined);
  const first = required === undefined ? undefined : columns[required.key];
  const isTwice = first !== undefined && Object.entries(headers).some(([column, header]) => Number(column) !== first && header === headers[first]);
  return isTwice ? '左右并排放了两张表，请改成上下排列或分成两张工作表' : null;
}
