import { addressOf, columnIndex } from './address.ts';
import { companySubject, estateSubject, type CompanyFact, type EstateFact, type Facts, type Subject, type TownshipFact } from './facts.ts';
import { listFields, type FieldValue } from './fields.ts';
import { passes } from './filter.ts';
import type { ListColumn, ListMark } from './mark.ts';
import { figureCell, type FillFacts, type PlannedCell } from './planned.ts';
import { lookAt, type SheetFace } from './sheet.ts';
import { findTownship } from './townships.ts';

/** 名单方案: its cells (rows as they stand after growth), how many rows must be put in, and what to look at. */
export interface ListPlan { readonly cells: readonly PlannedCell[]; readonly more: number; readonly warnings: readonly string[] }

/** A line of a list: whom it is about, where it stands, and how its fields read. */
interface Line { readonly id: string; readonly name: string; readonly row: number; readonly subjects: readonly Subject[]; readonly filter: { readonly townshipIds?: readonly string[] }; readonly field: (id: string) => { readonly title: string; readonly value: FieldValue } | undefined }

/** 排名单. */
export function planList(mark: ListMark, given: FillFacts): ListPlan {
  const sheet = given.sheets[mark.sheet];
  const facts = given.days.report;
  if (sheet === undefined || facts === undefined) return { cells: [], more: 0, warnings: ['名单所在的工作表不在这个文件里，没有填'] };
  const { lines, warnings } = mark.by === 'township' && mark.matches !== null ? printedTownships(mark, mark.matches, sheet, facts) : { lines: writtenLines(mark, facts), warnings: [] };
  const more = Math.max(0, lines.length - (mark.lastRow - mark.firstRow + 1));
  const blanks = new Map<string, number>();
  const isFormula = formulasIn(sheet, mark);
  const cells = lines.flatMap((line) => mark.columns.flatMap((column) => cellOf(line, column, mark, given, blanks, isFormula)));
  const left = [...blanks].map(([title, count]) => `${count} 行没有登记${title}，留空`);
  return { cells, more, warnings: [...warnings, ...left, ...(lines.length === 0 ? ['名单里没有符合条件的记录，没有填'] : [])] };
}

function cellOf(line: Line, column: ListColumn, mark: ListMark, given: FillFacts, blanks: Map<string, number>, isFormula: (row: number, column: number) => boolean): PlannedCell[] {
  const index = columnIndex(column.column);
  if (index === null || isFormula(line.row, index)) return [];
  const at = { sheet: mark.sheet, row: line.row, column: index, mark: `${column.column.toUpperCase()}${mark.firstRow}` };
  if (column.content === 'figure') return [figureCell(at, column, line.filter, given, line.id)].map((cell) => ({ ...cell, title: `${line.name} ${cell.title}` }));
  const field = line.field(column.field);
  if (field === undefined) return [];
  const { title, value } = field;
  if (value === null) {
    blanks.set(title, (blanks.get(title) ?? 0) + 1);
    return [];
  }
  const shown = 'number' in value ? value.number : value.masked ?? value.text;
  return [{ ...at, kind: 'field', title: `${line.name} ${title}`, value: 'number' in value ? value : { text: value.text, ...(value.day === undefined ? {} : { day: value.day }) }, shown, definition: null, reason: null, notes: [], rows: line.subjects, line: line.id }];
}

/** Rows that hold a formula in the pattern row keep it, and so do those put in like it. */
function formulasIn(sheet: SheetFace, { lastRow }: ListMark): (row: number, column: number) => boolean {
  const look = lookAt(sheet);
  return (row, column) => (look.at({ row: Math.min(row, lastRow), column })?.formula ?? null) !== null;
}

function writtenLines(mark: ListMark, facts: Facts): Line[] {
  const estates = inOrder(facts).filter((estate) => passes(estate, mark.filter));
  const served = new Set(estates.map(({ id }) => id));
  const at = <Row extends { readonly id: string; readonly name: string }>(rows: readonly Row[], of: readonly { id: string; title: string; value: (row: Row, serial: number) => FieldValue }[], subjects: (row: Row) => readonly Subject[], filter: (row: Row) => Line['filter']): Line[] => rows.map((row, index) => ({
    id: row.id, name: row.name, row: mark.firstRow + index, subjects: subjects(row), filter: filter(row),
    field: (id) => { const found = of.find((field) => field.id === id); return found === undefined ? undefined : { title: found.title, value: found.value(row, index + 1) }; },
  }));
  const none = () => ({});
  if (mark.by === 'estate') return at<EstateFact>(estates, listFields.estate, (row) => [estateSubject(row)], none);
  if (mark.by === 'company') return at<CompanyFact>(Object.values(mark.filter).every((value) => value === undefined) ? facts.companies : facts.companies.filter(({ estateIds }) => estateIds.some((id) => served.has(id))), listFields.company, (row) => [companySubject(row)], none);
  return at<TownshipFact>(facts.townships, listFields.township, (row) => estates.filter(({ townshipId }) => townshipId === row.id).map(estateSubject), (row) => ({ townshipIds: [row.id] }));
}

/** By township in the county's order, then by name. */
function inOrder({ estates, townships }: Facts): EstateFact[] {
  const place = new Map(townships.map(({ id }, index) => [id, index]));
  return estates.toSorted((a, b) => (place.get(a.townshipId) ?? 0) - (place.get(b.townshipId) ?? 0) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The line of the whole, among the lines of the townships. */
const TOTAL = 'total';
/** 合计的说法: of all, of a part, or none. */
export const totalWord = (printed: string): 'all' | 'part' | null => {
  const plain = printed.replaceAll(/[\s\u3000:：]/g, '');
  return /^(?:合计|总计|全县|全县合计|全县总计|总数)$/.test(plain) ? 'all' : /小计$/.test(plain) ? 'part' : null;
};
const hasFormula = ({ cells }: SheetFace, row: number): boolean => cells.some((cell) => cell.row === row && cell.formula !== null);

/** 印着的乡镇名 of a list, from top to bottom, without blanks and sums. */
export function printedNames({ matches, firstRow, lastRow }: Pick<ListMark, 'matches' | 'firstRow' | 'lastRow'>, sheet: SheetFace): string[] {
  const index = matches === null ? null : columnIndex(matches);
  if (index === null) return [];
  const look = lookAt(sheet);
  const names = Array.from({ length: Math.max(0, lastRow - firstRow + 1) }, (_, at) => look.textAt({ row: firstRow + at, column: index }));
  return [...new Set(names)].filter((name) => name !== '' && totalWord(name) === null);
}

function printedTownships(mark: ListMark, column: string, sheet: SheetFace, facts: Facts): { lines: Line[]; warnings: string[] } {
  const index = columnIndex(column) ?? 0;
  const look = lookAt(sheet);
  const lines: Line[] = [];
  const strangers: string[] = [];
  const unsummed: string[] = [];
  for (let row = mark.firstRow; row <= mark.lastRow; row += 1) {
    const printed = look.textAt({ row, column: index });
    if (printed === '') continue;
    const whole = totalWord(printed);
    // Sums that the sheet's own formulas make are left alone cell by cell; a whole without a formula is filled; a part of it we cannot tell.
    if (whole === 'part') { if (!hasFormula(sheet, row)) unsummed.push(addressOf({ row, column: index })); continue; }
    if (whole === 'all') {
      lines.push({ id: TOTAL, name: printed, row, subjects: facts.estates.filter((estate) => passes(estate, mark.filter)).map(estateSubject), filter: {}, field: () => undefined });
      continue;
    }
    const found = findTownship(printed, facts.townships, mark.names);
    if (found === undefined || lines.some(({ id }) => id === found.id)) { strangers.push(`${addressOf({ row, column: index })}“${printed}”`); continue; }
    const serial = lines.filter(({ id }) => id !== TOTAL).length + 1;
    lines.push({
      id: found.id, name: found.name, row, subjects: facts.estates.filter((estate) => estate.townshipId === found.id && passes(estate, mark.filter)).map(estateSubject), filter: { townshipIds: [found.id] },
      field: (id) => { const field = listFields.township.find((one) => one.id === id); return field === undefined ? undefined : { title: field.title, value: field.value(found, serial) }; },
    });
  }
  const absent = facts.townships.filter(({ id }) => !lines.some((line) => line.id === id));
  const lost = absent.map(({ id, name }) => { const held = facts.estates.filter(({ townshipId }) => townshipId === id).length; return `${name}（${held} 个小区）`; });
  return { lines, warnings: [
    ...(strangers.length === 0 ? [] : [`表中印着、本县台账里没有的乡镇街道：${strangers.join('、')}，该行没有填；是本县乡镇街道的另一个叫法的，请在标记页点这一列，写明是哪一个`]),
    ...(unsummed.length === 0 ? [] : [`小计 ${unsummed.join('、')} 没有公式，系统不知道它合计哪几行，没有填`]),
    ...(lost.length === 0 ? [] : [`本县有、表中没有印的乡镇街道：${lost.join('、')}，没有计入各行`]),
  ] };
}
