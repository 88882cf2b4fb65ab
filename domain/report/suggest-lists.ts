import { columnName } from './address.ts';
import type { TownshipFact } from './facts.ts';
import { companyFields, estateFields, type Field } from './fields.ts';
import type { ListColumn, ListMark, MarkDay } from './mark.ts';
import { lookAt, type SheetFace, type SheetLook } from './sheet.ts';
import { findTownship } from './townships.ts';
import { byWords, figureByLabel, unitIn, usualDecimals } from './words.ts';

/** 名单建议: lists by printed township names, by estate and by company. */
export function suggestLists(sheet: SheetFace, index: number, townships: readonly TownshipFact[]): ListMark[] {
  const look = lookAt(sheet);
  const byTownship = townshipList(sheet, index, townships, look);
  return byTownship === null ? [rowsList(sheet, index, look, 'estate', estateFields), rowsList(sheet, index, look, 'company', companyFields)].filter((list) => list !== null).slice(0, 1) : [byTownship];
}

/** 注明的取数日: a note such as 数据截至上月末 holds for the whole sheet. */
export const dayOfSheet = ({ cells }: SheetFace): MarkDay => (cells.some(({ text }) => /截[至止]上月[末底]/.test(text)) ? 'month-end' : 'report');

const looksLikeTownship = (text: string, townships: readonly TownshipFact[]): boolean => findTownship(text, townships) !== undefined || /^\S{1,8}(?:街道|镇|乡|开发区|管委会)$/.test(text.replaceAll(/[\s\u3000]/g, ''));

/** The longest run of township names down one column, at least three. */
function townshipList(sheet: SheetFace, index: number, townships: readonly TownshipFact[], look: SheetLook): ListMark | null {
  let best: { column: number; from: number; to: number } | null = null;
  for (let column = 0; column < sheet.columns; column += 1) {
    for (let row = 1; row <= sheet.rows; row += 1) {
      let to = row;
      while (to <= sheet.rows && looksLikeTownship(look.at({ row: to, column })?.text ?? '', townships)) to += 1;
      if (to - row >= 3 && (best === null || to - row > best.to - best.from + 1)) best = { column, from: row, to: to - 1 };
      row = Math.max(row, to - 1);
    }
  }
  if (best === null) return null;
  const { column, from, to } = best;
  const day = dayOfSheet(sheet);
  const columns: ListColumn[] = [];
  for (let at = 0; at < sheet.columns; at += 1) {
    const header = headerOf(look, from, at);
    const figure = at === column || !isEmpty(look, from, at) ? undefined : figureByLabel(header);
    if (figure === undefined || figure.reads.over === 'practitioner') continue;
    const unit = unitIn(header, figure) ?? figure.units[0];
    columns.push({ column: columnName(at), content: 'figure', figure: figure.id, filter: {}, day, unit, decimals: usualDecimals(figure, unit) });
  }
  return columns.length === 0 ? null : { kind: 'list', sheet: index, by: 'township', firstRow: from, lastRow: to, matches: columnName(column), filter: {}, columns };
}

/** The printed words above a column, from the nearest header row and the one above it. */
export function headerOf(look: SheetLook, firstRow: number, column: number): string {
  const near = [1, 2].map((up) => (firstRow - up < 1 ? '' : look.textAt({ row: firstRow - up, column })));
  return near[0] === '' ? near[1] ?? '' : near[0] ?? '';
}

/** Is the cell its own (not inside a merge) and free of text and formula? */
export function isEmpty(look: SheetLook, row: number, column: number): boolean {
  const home = look.home({ row, column });
  const cell = look.at({ row, column });
  return home.row === row && home.column === column && (cell === undefined || (cell.text.trim() === '' && cell.formula === null));
}

/** A header row with the name and at least two more fields, and free rows under it down to the note or the total. */
function rowsList<Row>(sheet: SheetFace, index: number, look: SheetLook, by: 'estate' | 'company', fields: readonly Field<Row>[]): ListMark | null {
  for (let row = 1; row <= Math.min(sheet.rows, 30); row += 1) {
    const found = Array.from({ length: sheet.columns }, (_, column) => ({ column, field: fieldFor(look, row, column, fields) })).filter(({ field }) => field !== undefined);
    const ids = found.map(({ field }) => field?.id);
    if (!ids.includes('name') || ids.filter((id) => id !== 'serial').length < 3) continue;
    const isFree = (line: number) => found.every(({ column, field }) => isEmpty(look, line, column) || (field?.id === 'serial' && /^\d+$/.test(look.textAt({ row: line, column }))));
    let last = row + 1;
    while (last + 1 <= sheet.rows && isFree(last + 1) && hasRoom(sheet, last + 1)) last += 1;
    if (!isFree(row + 1)) continue;
    const columns = found.flatMap(({ column, field }): ListColumn[] => (field === undefined ? [] : [{ column: columnName(column), content: 'field', field: field.id }]));
    return { kind: 'list', sheet: index, by, firstRow: row + 1, lastRow: last, matches: null, filter: {}, columns: columns.filter((column, at) => columns.findIndex((one) => one.content === 'field' && column.content === 'field' && one.field === column.field) === at) };
  }
  return null;
}

/** A row in which nothing but numbers is printed. */
const hasRoom = (sheet: SheetFace, row: number): boolean => sheet.cells.filter((cell) => cell.row === row).every(({ text, formula }) => formula === null && /^\s*\d*\s*$/.test(text));

function fieldFor<Row>(look: SheetLook, row: number, column: number, fields: readonly Field<Row>[]): Field<Row> | undefined {
  const cell = look.at({ row, column });
  const label = cell === undefined || cell.formula !== null ? '' : cell.text;
  return label.length > 20 ? undefined : byWords(label, fields, true) ?? byWords(label.replaceAll(/[（(][^）)]*[）)]/g, ''), fields, true) ?? byWords(label, fields);
}
