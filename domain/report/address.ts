/** 单元格位置: row from 1, column from 0. */
export interface Place { readonly row: number; readonly column: number }

/** 单元格地址: A1 for row 1, column 0. */
export const addressOf = ({ row, column }: Place): string => `${columnName(column)}${row}`;

/** 列名: 0 → A, 27 → AB. */
export function columnName(column: number): string {
  const above = Math.floor(column / 26);
  return (above === 0 ? '' : columnName(above - 1)) + String.fromCharCode(65 + (column % 26));
}

/** 读地址: `d6`, `$D$6` and full-width letters too; null when it is none within 2,000 rows and 100 columns. */
export function placeOf(address: string): Place | null {
  const found = /^([A-Z]{1,2})([1-9]\d{0,3})$/.exec(address.normalize('NFKC').trim().toUpperCase().replaceAll('$', ''));
  if (found === null) return null;
  const column = columnIndex(found[1] ?? '');
  const row = Number(found[2]);
  return row > 2_000 || column === null ? null : { row, column };
}

/** 列号: A → 0; null when it is no column up to CV. */
export function columnIndex(name: string): number | null {
  if (!/^[A-Z]{1,2}$/i.test(name)) return null;
  const column = [...name.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return column < 100 ? column : null;
}
