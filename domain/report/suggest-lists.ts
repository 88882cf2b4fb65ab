import { columnName } from './address.ts';
import type { TownshipFact } from './facts.ts';
import { companyFields, estateFields, type Field } from './fields.ts';
import type { ListColumn, ListMark, MarkDay } from './mark.ts';
import { lookAt, type SheetFace, type SheetLook } from './sheet.ts';
import { findTownship } from './townships.ts';
import { totalWord } from './plan-list.ts';
import { byWords, figureByLabel, plainLabel, unitIn, unitOfSheet, usualDecimals } from './words.ts';
import { figureOf, type Figure } from './figures.ts';
import type { ReportFilter } from './filter.ts';

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
  let best: { column: number; from: number; to: number; named: number } | null = null;
  for (let column = 0; column < sheet.columns; column += 1) {
    for (let row = 1; row <= sheet.rows; row += 1) {
      // A 小计 between them does not end the run, a 合计 does.
      let [to, named] = [row, 0];
      const textIn = (line: number) => look.at({ row: line, column })?.text ?? '';
      for (let line = row; line <= sheet.rows; line += 1) {
        if (looksLikeTownship(textIn(line), townships)) { to = line + 1; named += 1; }
        else if (named === 0 || totalWord(textIn(line)) !== 'part') break;
      }
      if (named >= 3 && (best === null || named > best.named)) best = { column, from: row, to: to - 1, named };
      row = Math.max(row, to - 1);
    }
  }
  if (best === null) return null;
  const { column, from, to } = best;
  const day = dayOfSheet(sheet);
  const columns: ListColumn[] = [];
  const texts = sheet.cells.filter((cell) => cell.row < from).map((cell) => cell.text);
  for (let at = 0; at < sheet.columns; at += 1) {
    const asked = at === column || !isEmpty(look, from, at) ? null : askOf(headersOf(look, from, at));
    if (asked === null || asked.figure.reads.over === 'practitioner') continue;
    const { figure, filter, header } = asked;
    const unit = unitIn(header, figure) ?? unitOfSheet(texts, figure) ?? figure.units[0];
    columns.push({ column: columnName(at), content: 'figure', figure: figure.id, filter, day, unit, decimals: usualDecimals(figure, unit) });
  }
  return columns.length === 0 ? null : { kind: 'list', sheet: index, by: 'township', firstRow: from, lastRow: to, matches: columnName(column), filter: {}, columns };
}

/** Headers of two levels: the nearer names the figure, or a part of what the upper one names. */
function askOf([near, far]: readonly [string, string]): { figure: Figure; filter: ReportFilter; header: string } | null {
  const area: ReportFilter = /^(?:其中)?[:：]?(?:城区|街道|城镇)$/.test(plainLabel(near)) ? { area: 'urban' } : /^(?:其中)?[:：]?(?:乡镇|农村)$/.test(plainLabel(near)) ? { area: 'rural' } : {};
  const upper = figureByLabel(far);
  if (area.area !== undefined) return upper === undefined ? null : { figure: upper, filter: area, header: far };
  const own = figureByLabel(near);
  if (own !== undefined) return { figure: own, filter: {}, header: near };
  if (/序号|备注|说明|单位|负责人|联系|时间|日期/.test(near)) return null;
  // 已成立 under 业主委员会: together they name what neither does alone.
  const both = figureByLabel(`${near}${far}`);
  if (both !== undefined && both.id !== upper?.id) return { figure: both, filter: {}, header: near };
  if (upper === undefined) return null;
  return unitIn(near, upper) !== undefined ? { figure: upper, filter: {}, header: near } : /^(?:合计|小计|总数|数量|总计|个数)$/.test(plainLabel(near)) ? { figure: upper, filter: {}, header: far } : null;
}

/** The printed words above a column: the nearest header row's, and those of the level above where it is another. */
function headersOf(look: SheetLook, firstRow: number, column: number): readonly [string, string] {
  const seen: string[] = [];
  for (let row = firstRow - 1; row >= Math.max(1, firstRow - 4) && seen.length < 2; row -= 1) {
    const text = look.textAt({ row, column });
    // A title across the sheet is no header, nor is the row of the whole above the townships.
    const isTitle = /[：:]|表$/.test(text) || text.length > 16;
    if (text !== '' && text !== seen.at(-1) && !isTitle && totalWord(look.textAt({ row, column: 0 })) === null) seen.push(text);
  }
  return [seen[0] ?? '', seen[1] ?? ''];
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
  // Of two rows of headings the one that reaches down over both counts at the lower.
  const home = look.home({ row, column });
  const cell = home.column === column ? look.at(home) : undefined;
  const label = cell === undefined || cell.formula !== null ? '' : cell.text;
  const found = label.length > 20 ? undefined : byWords(label, fields, true) ?? byWords(label.replaceAll(/[（(][^）)]*[）)]/g, ''), fields, true) ?? byWords(label, fields);
  return found?.id === 'areaM2' && isInWan(label, look.textsAbove(row)) ? fields.find(({ id }) => id === 'areaWanM2') ?? found : found;
}

/** 万平方米 by its own heading, else by the line above the table. */
function isInWan(label: string, above: readonly string[]): boolean {
  const area = figureOf('area.total');
  return area !== undefined && (unitIn(label, area) ?? unitOfSheet(above, area)) === '万平方米';
}
