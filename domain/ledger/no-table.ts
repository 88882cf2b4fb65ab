import { OF_A_THING } from './beside.ts';
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
  const isTwice = OF_A_THING.some((field) => {
    const first = columns[field];
    return first !== undefined && Object.entries(headers).some(([column, header]) => Number(column) !== first && header === headers[first]);
  });
  return isTwice ? '左右并排放了几张列不相同的表，请改成上下排列或分成几张工作表' : null;
}

const FEWEST_LABELS = 3;

/** 横放的表:the words of the header stand below each other in one of the first columns, and what they say lies beside them; null when they do not. */
export function whyLyingDown(kind: LedgerKind, grid: Grid): string | null {
  const names = namesOf<never>(ledgerSpecs[kind].fields);
  const isLabels = [0, 1].some((column) => {
    const said = grid.rows.map((row) => grid.own(row, column)).filter((text) => text !== '');
    const labels = said.filter((text) => names.has(headerKey(text))).length;
    return labels >= FEWEST_LABELS && labels * 2 > said.length;
  });
  if (!isLabels) return null;
  return grid.lastColumn > 2 ? '内容是横着放的（左边是项目，每个对象占一列），请改成一行一个（可在 Excel 里复制后用“选择性粘贴—转置”）' : '看起来是一个单位填一张的登记表（左边是项目、右边是内容），请改成一行一个的表格';
}
