import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { findHeaders, headerAt, type HeaderCandidate } from './find-header.ts';
import type { Field } from './field.ts';
import { gridOf, type Grid } from './grid.ts';
import { besideOf } from './beside.ts';
import { headerKey, letterOf, LEVELS } from './header.ts';
import { ledgerKinds, ledgerSpecs } from './ledger-specs.ts';
import { columnSays, whyLyingDown, whyNoTable } from './no-table.ts';
import { ADDRESS, constantsOf, type KnownNames } from './sheet-says.ts';
import type { Beside, ColumnChoice, LedgerKind, RawRow, SheetFacts, SheetFound, SheetMapping } from './types.ts';

/** 表头行数上限:rows of each sheet that finding its table needs. */
export const HEAD_ROWS = 80;

const EXPLANATORY = /说明|填表须知|填报须知|注意事项|示例|样例|样表|字典|参数|目录|封面|选项|下拉|汇总|统计表?$|数据源|代码表/;
/** 领先多少才算另一种台账 */
export const OTHER_KIND_LEAD = 4;
const SURE = 60;

/**
 * 找台账表:where is the table of this ledger in the sheet, and which column is what?
 *
 * Takes the sheet's first `HEAD_ROWS` rows. Hidden and explanatory sheets are skipped; where it is not sure it says why and
 * offers the columns, so that the user may choose.
 */
export function findTable(kind: LedgerKind, facts: SheetFacts, head: readonly RawRow[], known: KnownNames = {}): SheetFound {
  const grid = gridOf(head.slice(0, HEAD_ROWS), facts.merges);
  if (facts.hidden) return skipped(facts, '隐藏的工作表');
  if (grid.rows.length === 0) return skipped(facts, '空白工作表');
  const candidates = findHeaders(grid, fieldsOf(kind));
  const best = uppermost(candidates);
  const isExplanatory = EXPLANATORY.test(normaliseName(facts.name));
  if (best === undefined) return withoutHeader(kind, facts, grid, isExplanatory);
  if (isExplanatory && best.missing.length > 0) return skipped(facts, '说明或汇总类工作表');
  return describe(kind, facts, grid, best, otherRows(candidates, best), known);
}

/** Of several whole tables below each other the first is read, so that where the next begins can be told; the best one alone would lose those above it. */
function uppermost(candidates: readonly HeaderCandidate[]): HeaderCandidate | undefined {
  let best = candidates[0];
  for (;;) {
    const under = best;
    const above = candidates.find(({ rows, missing, score }) => under !== undefined && (rows.at(-1) ?? 0) + 1 < (under.rows[0] ?? 0) && score * 2 >= under.score && missing.every((title) => under.missing.includes(title)));
    if (above === undefined) return best;
    best = above;
  }
}

function withoutHeader(kind: LedgerKind, facts: SheetFacts, grid: Grid, isExplanatory: boolean): SheetFound {
  if (isExplanatory) return skipped(facts, '说明类工作表');
  const rival = rivalOf(kind, grid, 0);
  if (rival !== null) return unsure(facts, grid, `看起来像《${ledgerSpecs[rival].title}》`);
  return grid.rows.length < 3 || grid.lastColumn < 1 ? skipped(facts, '没有表格') : unsure(facts, grid, whyLyingDown(kind, grid) ?? '没有找到表头');
}

/** 是否汇总、说明类的名字:a sheet so called says elsewhere said things a second time. */
export const isSummary = (sheet: string): boolean => EXPLANATORY.test(normaliseName(sheet));

/** Of people and companies that are no more. */
const VOID = /离职|离岗|辞职|退出|注销|作废|废弃|停用|历史|备份|旧表/;

/** 略去汇总表:a summary beside the tables that it sums up says everything a second time; alone it is the table. */
export function withoutSummaries<F extends SheetFound>(found: readonly F[]): F[] {
  const left = found.some((one) => one.status === 'table' && !VOID.test(one.sheet)) ? found.map((one) => (one.status !== 'skipped' && VOID.test(one.sheet) ? { ...one, status: 'skipped' as const, reason: '看表名是已经离职、退出或作废的，没有读取；确实要导入的，请改表名后再传' } : one)) : [...found];
  if (!left.some((one) => one.status === 'table' && !isSummary(one.sheet))) return left;
  return left.map((one) => (one.status !== 'skipped' && isSummary(one.sheet) ? { ...one, status: 'skipped', reason: '汇总类工作表，明细在其他工作表里' } : one));
}

/** 指定表头行:the same, for header rows that the user chose. */
export function tableAt(kind: LedgerKind, facts: SheetFacts, head: readonly RawRow[], headerRows: readonly number[], known: KnownNames = {}): SheetFound {
  const grid = gridOf(head.slice(0, HEAD_ROWS), facts.merges);
  return describe(kind, facts, grid, headerAt(grid, fieldsOf(kind), headerRows), [], known);
}

/** 像不像:how well the best header of the sheet fits this kind, whatever it lacks. */
export function fitOf(kind: LedgerKind, grid: Grid): number {
  return findHeaders(grid, fieldsOf(kind))[0]?.score ?? 0;
}

/** The same, 0 when a required column is missing. */
function scoreOf(kind: LedgerKind, grid: Grid): number {
  const best = findHeaders(grid, fieldsOf(kind))[0];
  return best === undefined || best.missing.length > 0 ? 0 : best.score;
}

/** The fields by what all ledgers' fields have in common; `put` is not used here. */
function fieldsOf(kind: LedgerKind): readonly Field<unknown>[] {
  return ledgerSpecs[kind].fields.map(({ key, title, names, like, isRequired, onFault, fillDown }) => ({ key, title, names, like, isRequired, onFault, fillDown, put: () => null }));
}

function describe(kind: LedgerKind, facts: SheetFacts, grid: Grid, best: HeaderCandidate, otherHeaderRows: readonly number[], known: KnownNames): SheetFound {
  const unitRow = unitsBelow(grid, best);
  const headers = withUnits(grid, best, unitRow);
  const { constants, townshipFrom } = constantsOf(kind, facts, grid, best, known);
  const last = best.rows.at(-1) ?? 0;
  const side = besideOf(kind, grid, best);
  const columns = side?.columns ?? best.columns;
  const mapping: SheetMapping = {
    sheet: facts.name, headerRows: best.rows, firstRow: Math.max(headerEnd(grid, best), unitRow ?? 0) + 1, columns, headers, constants: { ...constants, ...side?.above }, townshipFrom, ...(side === null ? {} : { beside: side.beside }),
  };
  const missing = missingOf(kind, best, constants, columnSays(grid, best, last), eachAnother(grid, best.columns['building'], last));
  const rival = missing.length > 0 || best.matched <= 3 ? rivalOf(kind, grid, best.score) : rivalOf(kind, grid, best.score + OTHER_KIND_LEAD);
  const confidence = missing.length > 0 ? 30 : Math.min(100, SURE - 10 + best.exact * 8 + best.matched * 2);
  const reason = missing.length > 0 ? `没有找到“${missing.join('”“')}”这一列${rival === null ? '' : `，看起来像《${ledgerSpecs[rival].title}》`}`
    : rival !== null ? `看起来像《${ledgerSpecs[rival].title}》` : confidence < SURE ? '认出的列太少，请核对' : side === null ? whyNoTable(kind, grid, best, last) : null;
  return {
    sheet: facts.name, status: reason === null ? 'table' : 'unsure', reason, confidence, mapping, missing,
    columns: choicesOf(grid, headers, columns, last, side?.beside), otherHeaderRows, signature: signatureOf(headers),
  };
}

function missingOf(kind: LedgerKind, best: HeaderCandidate, constants: Readonly<Record<string, string>>, says: (field: string, what: RegExp) => boolean, areVillas: boolean): string[] {
  const { fields } = ledgerSpecs[kind];
  const isGiven = (field: string) => best.columns[field] !== undefined || constants[field] !== undefined || (kind === 'units' && field === 'estate' && says('unitNumber', ADDRESS));
  const missing = fields.filter((field) => field.isRequired && !isGiven(field.key)).map((field) => field.title);
  const hasRoom = kind !== 'units' || best.columns['room'] !== undefined || best.columns['unitNumber'] !== undefined || areVillas;
  return hasRoom ? missing : [...missing, '房号'];
}

/** A register of villas: every row is another building, which is the home. */
function eachAnother(grid: Grid, column: number | undefined, lastHeaderRow: number): boolean {
  if (column === undefined) return false;
  const said = grid.rows.filter((row) => row > lastHeaderRow).map((row) => grid.own(row, column)).filter((text) => /\d/.test(text) && text.length <= LONGEST_BUILDING);
  return said.length >= 2 && new Set(said).size === said.length;
}

const LONGEST_BUILDING = 8;

/** Another kind of ledger whose required columns are all there and which fits better than `score`. */
function rivalOf(kind: LedgerKind, grid: Grid, score: number): LedgerKind | null {
  const scores = ledgerKinds.filter((other) => other !== kind).map((other) => ({ other, score: scoreOf(other, grid) })).sort((a, b) => b.score - a.score);
  return scores[0] !== undefined && scores[0].score > Math.max(score, 0) ? scores[0].other : null;
}

/** “单位：户、万㎡” above the table speaks for every area column that has no unit of its own. */
function withUnits(grid: Grid, { rows, headers }: HeaderCandidate, unitRow: number | null): Record<number, string> {
  const first = rows[0] ?? 0;
  const notes = grid.rows.filter((row) => row < first).flatMap((row) => Array.from({ length: grid.lastColumn + 1 }, (_, column) => grid.own(row, column))).join(' ');
  const isTenThousand = /单位[::][^。;]*万\s*(㎡|m2|m²|平|方)/i.test(notes);
  const unitOf = (column: string) => (unitRow === null ? '' : grid.own(unitRow, Number(column)).replace(/^\(?(.*?)\)?$/, '($1)').replace('()', ''));
  return Object.fromEntries(Object.entries(headers).map(([column, path]) => [column, isTenThousand && /面积/.test(path) && !/㎡|平方|平米|m2|万方/i.test(path + unitOf(column)) ? `${path}(万㎡)` : path + unitOf(column)]));
}

const UNIT = /^\(?(?:单位:?)?(?:万?(?:㎡|平方米|平米|平方|方|M2|M²)|[户套栋幢个台部人辆年%]|万?元(?:\/[^()]{1,12})?|是\/否|有\/无|年\/?月(?:\/?日)?)\)?$/i;
const FEWEST_UNITS = 2;

/** A row of units right below the header: (万㎡) | (户) | (元/㎡·月). */
function unitsBelow(grid: Grid, { rows }: HeaderCandidate): number | null {
  const row = (rows.at(-1) ?? 0) + 1;
  const said = Array.from({ length: grid.lastColumn + 1 }, (_, column) => grid.own(row, column)).filter((text) => text !== '');
  return said.length >= FEWEST_UNITS && said.every((text) => UNIT.test(text)) ? row : null;
}

/** The last row that the header, or a cell merged down out of it, reaches. */
function headerEnd(grid: Grid, { rows, columns, headers }: HeaderCandidate): number {
  const last = rows.at(-1) ?? 0;
  const bottoms = [...Object.values(columns), ...Object.keys(headers).map(Number)].map((column) => grid.mergeAt(last, column)?.bottom ?? last);
  return Math.max(last, ...bottoms.filter((bottom) => bottom <= last + DEEPEST_MERGE));
}

const DEEPEST_MERGE = 3;

function choicesOf(grid: Grid, headers: Readonly<Record<number, string>>, columns: Readonly<Record<string, number>>, lastHeaderRow: number, beside: readonly Pick<Beside, 'shift'>[] = []): ColumnChoice[] {
  const shifts = [0, ...beside.map(({ shift }) => shift)];
  const below = grid.rows.filter((row) => row > lastHeaderRow);
  return Array.from({ length: grid.lastColumn + 1 }, (_, index) => ({
    index, letter: letterOf(index), header: (headers[index] ?? '').replaceAll(LEVELS, ' / '),
    field: Object.entries(columns).find(([, column]) => shifts.some((shift) => column + shift === index))?.[0] ?? null,
    samples: below.map((row) => grid.shown(row, index)).filter((text) => text !== '').slice(0, 3),
  })).filter(({ header, samples }) => header !== '' || samples.length > 0);
}

/** 表头特征:the header's words in their order. */
export function signatureOf(headers: Readonly<Record<number, string>>): string {
  return Object.entries(headers).map(([column, path]) => `${column}:${path.split(LEVELS).map(headerKey).join('/')}`).join('|');
}

function otherRows(candidates: readonly HeaderCandidate[], best: HeaderCandidate): number[] {
  return [...new Set(candidates.map(({ rows }) => rows[0] ?? 0))].filter((row) => row > 0 && !best.rows.includes(row)).slice(0, 5);
}

function skipped(facts: SheetFacts, reason: string): SheetFound {
  return { sheet: facts.name, status: 'skipped', reason, confidence: 0, mapping: null, missing: [], columns: [], otherHeaderRows: [], signature: '' };
}

function unsure(facts: SheetFacts, grid: Grid, reason: string): SheetFound {
  return { ...skipped(facts, reason), status: 'unsure', columns: choicesOf(grid, {}, {}, 0), otherHeaderRows: grid.rows.slice(0, 10) };
}
