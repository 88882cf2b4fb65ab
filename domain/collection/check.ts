import { checkCell } from './cell-text.ts';
import { cellOf, type CellContent, type Column, type Line, type Values } from './column.ts';

/** 一格的问题. */
export interface CellFault { readonly row: string; readonly column: string; readonly message: string }
type Asked = { readonly rows: readonly Line[]; readonly columns: readonly Column[] };

/** 核对所填: rows and columns that were asked, contents of their kind; names each fault with its row and column. */
export function faultsIn({ rows, columns }: Asked, values: Values): CellFault[] {
  const lines = new Map(rows.map((row) => [row.id, row]));
  const asked = new Map(columns.map((column) => [column.key, column]));
  return Object.entries(values).flatMap(([row, cells]) => Object.entries(cells).flatMap(([key, value]): CellFault[] => {
    const [line, column] = [lines.get(row), asked.get(key)];
    if (line === undefined || column === undefined) return [{ row, column: key, message: '填了没有要求的一格，请刷新后重新填写' }];
    const wrong = checkCell(column, value);
    return wrong === null ? [] : [{ row, column: key, message: `${line.title}的“${column.title}”：${wrong}` }];
  }));
}

/** 必填而空: what must be filled before it can be handed in. */
export function missingIn({ rows, columns }: Asked, values: Values): CellFault[] {
  return rows.flatMap((row) => columns.filter(({ key, isRequired }) => isRequired && isNothing(cellOf(values, row.id, key))).map(({ key, title }) => ({ row: row.id, column: key, message: `${row.title}的“${title}”还没有填` })));
}

const isNothing = (value: CellContent | undefined): boolean => value === undefined || value === null || value === '';

/** 合上: what is held below, what was said above it; every cell of the table has its content. */
export function overlaid({ rows, columns }: Asked, below: Values, above: Values): Record<string, Record<string, CellContent>> {
  return Object.fromEntries(rows.map(({ id }) => [id, Object.fromEntries(columns.map(({ key }) => {
    const said = cellOf(above, id, key);
    return [key, said === undefined ? cellOf(below, id, key) ?? null : said];
  }))]));
}
