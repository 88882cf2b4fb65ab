/** 列名: the letters of a zero-based column (27 → AB). */
export function letters(column: number): string {
  let rest = column + 1;
  let out = '';
  while (rest > 0) {
    out = String.fromCharCode(65 + ((rest - 1) % 26)) + out;
    rest = Math.floor((rest - 1) / 26);
  }
  return out;
}

/** Where `count` rows were put below row `after`. */
export interface Shift { readonly after: number; readonly count: number }

/** 行的新位置: rows below the growth move down. */
export const shifted = (row: number, { after, count }: Shift): number => (row > after ? row + count : row);

/** The end of a range that touches the grown row takes the new rows in, as a sum over the list must. */
const shiftedEnd = (top: number, bottom: number, { after, count }: Shift): number => (top <= after && bottom >= after ? bottom + count : shifted(bottom, { after, count }));

const CELL = /^(\$?)([A-Z]{1,3})(\$?)(\d{1,7})$/i;
const TOKEN = /"(?:[^"]|"")*"|((?:'(?:[^']|'')+'|[^\s'"!(),;:+\-*/^&=<>{}]+)!)?(?<![\w.$])(\$?[A-Z]{1,3}\$?\d{1,7})(:\$?[A-Z]{1,3}\$?\d{1,7})?(?![\w(.])/gi;

/** `isPattern`: the formula stands in the row that is copied, whose ranges take new rows in only where their end is fixed: the copies have their own. */
interface Moving { readonly sheetName: string; readonly isOwn: boolean; readonly isPattern?: boolean; readonly shift: Shift }

/** 公式随增行移动: every reference to the grown sheet follows; texts in quotes and other sheets' references stay. */
export function shiftFormula(formula: string, { sheetName, isOwn, isPattern = false, shift }: Moving): string {
  return formula.replaceAll(TOKEN, (whole, prefix: string | undefined, from: string | undefined, to: string | undefined) => {
    if (from === undefined) return whole;
    const named = prefix === undefined ? null : prefix.slice(0, -1).replaceAll(/^'|'$/g, '').replaceAll("''", "'");
    if (named === null ? !isOwn : named !== sheetName) return whole;
    return (prefix ?? '') + shiftRange(from, to?.slice(1), shift, !isPattern || /\$\d+$/.test(to ?? ''));
  });
}

function shiftRange(from: string, to: string | undefined, shift: Shift, doesTakeIn = true): string {
  const top = rowOf(from);
  if (to === undefined) return withRow(from, shifted(top, shift));
  return `${withRow(from, shifted(top, shift))}:${withRow(to, doesTakeIn ? shiftedEnd(top, rowOf(to), shift) : shifted(rowOf(to), shift))}`;
}

/** 引用随增行移动: `A1`, `A1:B2` or several with blanks between (sqref). Merges do not take new rows in unless they cover them. */
export function shiftReference(reference: string, shift: Shift, doesTakeIn: boolean): string {
  return reference.split(' ').map((piece) => {
    const [from = '', to] = piece.split(':');
    // A check or a format of the copied cell alone is that of its copies too.
    if (to === undefined && doesTakeIn && rowOf(from) === shift.after) return `${from}:${withRow(from, shift.after + shift.count)}`;
    if (to === undefined || doesTakeIn) return shiftRange(from, to, shift);
    return `${withRow(from, shifted(rowOf(from), shift))}:${withRow(to, shifted(rowOf(to), shift))}`;
  }).join(' ');
}

/** 公式下移: relative references `rows` further down and `columns` to the right, as when a cell is copied. */
export function copyFormula(formula: string, rows: number, columns: number): string {
  return formula.replaceAll(TOKEN, (whole, prefix: string | undefined, from: string | undefined, to: string | undefined) => {
    if (from === undefined) return whole;
    return (prefix ?? '') + moved(from, rows, columns) + (to === undefined ? '' : `:${moved(to.slice(1), rows, columns)}`);
  });
}

function moved(cell: string, rows: number, columns: number): string {
  const [, dollarColumn = '', column = '', dollarRow = '', row = ''] = CELL.exec(cell) ?? [];
  const at = [...column.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return `${dollarColumn}${dollarColumn === '' ? letters(at + columns) : column}${dollarRow}${dollarRow === '' ? Number(row) + rows : row}`;
}

const rowOf = (cell: string): number => Number(CELL.exec(cell)?.[4] ?? 0);
const withRow = (cell: string, row: number): string => cell.replace(/\d+$/, String(row));
