import { reckon, type Reckoned } from './formula.ts';
import type { BlankSheet } from './types.ts';

const MOST_STEPS = 200_000;

/** 全表试算: the value of each formula's cell by sheet, column and row; undefined where this small reckoner does not know it. */
export function reckonAll(sheets: readonly BlankSheet[]): (sheet: number, column: number, row: number) => Reckoned | undefined {
  const cells = sheets.map((sheet) => new Map(sheet.cells.map((cell) => [`${cell.column}:${cell.row}`, cell])));
  const indexOf = new Map(sheets.map(({ name }, index) => [name, index]));
  const known = new Map<string, Reckoned | undefined>();
  const running = new Set<string>();
  let steps = 0;

  const valueAt = (sheet: number, column: number, row: number): Reckoned | null | undefined => {
    const cell = cells[sheet]?.get(`${column}:${row}`);
    if (cell === undefined) return null;
    if (cell.formula === null) return cell.number ?? cell.text;
    const key = `${sheet}:${column}:${row}`;
    if (known.has(key)) return known.get(key);
    steps += 1;
    // A formula that needs itself has no value; neither has one in a workbook that is all formulas.
    if (running.has(key) || steps > MOST_STEPS || running.size > 400) return undefined;
    running.add(key);
    const value = reckon(cell.formula, (name, at, line) => {
      const other = name === null ? sheet : indexOf.get(name);
      return other === undefined ? undefined : valueAt(other, at, line);
    });
    running.delete(key);
    known.set(key, value);
    return value;
  };
  return (sheet, column, row) => valueAt(sheet, column, row) ?? undefined;
}
