import { addressOf, placeOf } from './address.ts';
import type { TownshipFact } from './facts.ts';
import { figureOf, type Figure } from './figures.ts';
import type { ReportFilter } from './filter.ts';
import type { FigureMark, ListMark, MarkDay } from './mark.ts';
import { lookAt, type SheetFace, type SheetLook } from './sheet.ts';
import { dayOfSheet, isEmpty } from './suggest-lists.ts';
import { findTownship } from './townships.ts';
import { totalWord } from './plan-list.ts';
import { figureByLabel, unitIn, unitOfSheet, usualDecimals } from './words.ts';

interface Row { readonly row: number; readonly figure: Figure; readonly labelAt: number; readonly label: string }

/** 数字建议: rows named by a figure crossed with columns named by a place or a time; and the totals under a list. */
export function suggestNumbers(sheet: SheetFace, index: number, townships: readonly TownshipFact[], lists: readonly ListMark[]): FigureMark[] {
  const look = lookAt(sheet);
  return [...lists.flatMap((list) => totals(list, look, index)), ...(lists.length > 0 ? [] : matrix(sheet, index, townships, look))];
}

/** The 合计 row of a list, below it or above it: the same figures for the whole, where no formula adds them up. */
function totals(list: ListMark, look: SheetLook, index: number): FigureMark[] {
  const row = [list.lastRow + 1, list.firstRow - 1].find((at) => at > 0 && [0, 1, 2].some((column) => totalWord(look.textAt({ row: at, column })) === 'all'));
  if (row === undefined) return [];
  return list.columns.flatMap((column): FigureMark[] => {
    const place = placeOf(`${column.column}${row}`);
    if (column.content !== 'figure' || place === null || !isEmpty(look, place.row, place.column)) return [];
    const { figure, filter, day, unit, decimals } = column;
    return [{ kind: 'figure', sheet: index, cell: addressOf(place), figure, filter, day, unit, decimals }];
  });
}

function matrix(sheet: SheetFace, index: number, townships: readonly TownshipFact[], look: SheetLook): FigureMark[] {
  const rows = labelledRows(sheet, look);
  const first = rows[0]?.row ?? 0;
  return rows.flatMap((line) => Array.from({ length: sheet.columns }, (_, column) => column).flatMap((column): FigureMark[] => {
    if (column <= line.labelAt || !isEmpty(look, line.row, column)) return [];
    const asked = columnAsk(headers(look, first, column), townships, dayOfSheet(sheet));
    if (asked === null) return [];
    const isPlaced = asked.filter.area !== undefined || asked.filter.townshipIds !== undefined;
    if (isPlaced && line.figure.reads.over === 'practitioner') return [];
    const figure = settledRate(line, rows, sheet) ?? line.figure;
    const unit = rowUnit(sheet, line, figure);
    return [{ kind: 'figure', sheet: index, cell: addressOf({ row: line.row, column }), figure: figure.id, ...asked, unit, decimals: usualDecimals(figure, unit) }];
  }));
}

/** Rows whose printed label names a figure. */
function labelledRows(sheet: SheetFace, look: SheetLook): Row[] {
  const rows: Row[] = [];
  for (let row = 1; row <= sheet.rows; row += 1) {
    const labels = sheet.cells.filter((cell) => cell.row === row && cell.formula === null && cell.column < 4 && look.home(cell).column === cell.column);
    const named = labels.map((cell) => ({ cell, figure: cell.text.length > 30 ? undefined : figureByLabel(cell.text) })).find(({ figure }) => figure !== undefined);
    if (named?.figure !== undefined) rows.push({ row, figure: named.figure, labelAt: named.cell.column, label: named.cell.text });
  }
  // A header row names a figure too (住宅小区数 over a column); rows of a table stand one under another.
  return rows.filter(({ row }) => rows.some((other) => Math.abs(other.row - row) === 1) || rows.length === 1);
}

/** All that is printed above a column, nearest first, down from the third row above the table. */
function headers(look: SheetLook, firstRow: number, column: number): string {
  const seen = new Set<string>();
  for (let row = firstRow - 1; row >= Math.max(1, firstRow - 3); row -= 1) {
    const home = look.home({ row, column });
    const text = look.textAt(home);
    // A title across the sheet is no header of a column, nor is a line that waits for an answer.
    if (text !== '' && text.length <= 12 && !/[：:]/.test(text)) seen.add(text);
  }
  return [...seen].join('／');
}

function columnAsk(header: string, townships: readonly TownshipFact[], usual: MarkDay): { filter: ReportFilter; day: MarkDay } | null {
  if (header === '' || /增减|增长|同比|环比|序号|备注|单位|指标名称|说明/.test(header)) return null;
  const day: MarkDay = /去年|上年|同期/.test(header) ? 'year-ago' : /上月/.test(header) ? 'month-end' : usual;
  const township = header.split('／').map((piece) => findTownship(piece, townships)).find((found) => found !== undefined);
  if (township !== undefined) return { filter: { townshipIds: [township.id] }, day };
  if (/城区|城镇|街道/.test(header) && !/乡镇/.test(header)) return { filter: { area: 'urban' }, day };
  if (/乡镇|农村/.test(header) && !/街道/.test(header)) return { filter: { area: 'rural' }, day };
  return /合计|本期|本月|总数|总计|数量|数值|数据|完成|现有|全县|同期|上月|个数/.test(header) ? { filter: {}, day } : null;
}

/** Their own formula in the row says what a rate is divided by: where it divides by all estates, so must the cells beside it. */
function settledRate({ row, figure }: Row, rows: readonly Row[], sheet: SheetFace): Figure | undefined {
  if (figure.id !== 'committees.rate') return undefined;
  const total = rows.find((other) => other.figure.id === 'estates.total')?.row;
  const formulas = sheet.cells.filter((cell) => cell.row === row && cell.formula !== null).map((cell) => cell.formula ?? '');
  const divides = total !== undefined && formulas.some((formula) => new RegExp(`/\\s*\\$?[A-Z]{1,2}\\$?${total}(?!\\d)`).test(formula));
  return divides ? figureOf('committees.share') : undefined;
}

function rowUnit(sheet: SheetFace, { row, label }: Row, figure: Figure) {
  const told = sheet.cells.filter((cell) => cell.row === row && cell.formula === null).map((cell) => unitIn(cell.text, figure)).find((unit) => unit !== undefined);
  return told ?? unitIn(label, figure) ?? unitOfSheet(sheet.cells.map((cell) => cell.text), figure) ?? figure.units[0];
}
