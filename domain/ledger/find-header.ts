import type { Field } from './field.ts';
import type { Grid } from './grid.ts';
import { LEVELS, matchHeader, type HeaderMatch } from './header.ts';

/** 表头候选:rows that could be the header, and what they would mean. */
export interface HeaderCandidate extends HeaderMatch {
  readonly rows: readonly number[];
  readonly headers: Readonly<Record<number, string>>;
  readonly matched: number;
  readonly missing: readonly string[];
  readonly score: number;
}

const DEEPEST = 3;
const SEARCHED_ROWS = 40;
const REQUIRED_WEIGHT = 3;
/** Three levels that know one more column beat two that know the others better. */
const MATCHED_WEIGHT = 2;
const MOST_LOST = 2;
/** A row that tells the years of one figure apart belongs to the header. */
const TELLS_YEARS = 0.5;

/** 找表头:every row, alone or with the one or two below it, that names at least two fields; best first. */
export function findHeaders<V>(grid: Grid, fields: readonly Field<V>[]): HeaderCandidate[] {
  const found: HeaderCandidate[] = [];
  for (const row of grid.rows.slice(0, SEARCHED_ROWS)) {
    for (let depth = 1; depth <= DEEPEST; depth += 1) {
      const rows = Array.from({ length: depth }, (_, at) => row + at);
      const headers = depth === 1 ? oneLevel(grid, row) : manyLevels(grid, rows);
      if (headers === null) break;
      const candidate = weigh(fields, rows, headers);
      if (candidate.matched >= 2) found.push(candidate);
    }
    const broken = brokenWords(grid, row);
    const candidate = broken === null ? null : weigh(fields, [row, row + 1], broken);
    if (candidate !== null && candidate.matched >= FEWEST_BROKEN) found.push(candidate);
  }
  return found.sort((a, b) => b.score - a.score || a.rows.length - b.rows.length || (a.rows[0] ?? 0) - (b.rows[0] ?? 0));
}

const FEWEST_BROKEN = 3;
const LONGEST_PIECE = 12;

/** Words broken over two rows, as narrow columns make typists do: 总户 above 数. Every column has an upper piece, most a lower one. */
function brokenWords(grid: Grid, row: number): Record<number, string> | null {
  const pairs = Array.from({ length: grid.lastColumn + 1 }, (_, column): readonly [string, string] => [grid.own(row, column), grid.own(row + 1, column)]);
  const isPiece = (text: string) => text.length <= LONGEST_PIECE && !/\d/.test(text);
  const lower = pairs.filter(([upper, below]) => upper !== '' && below !== '').length;
  const isBroken = lower >= FEWEST_BROKEN && lower * 2 > pairs.length && pairs.every(([upper, below]) => (upper !== '' || below === '') && isPiece(upper) && isPiece(below));
  return isBroken ? Object.fromEntries(pairs.flatMap(([upper, below], column) => (upper === '' ? [] : [[column, upper + below]]))) : null;
}

/** 指定表头:what the rows that the user chose would mean. */
export function headerAt<V>(grid: Grid, fields: readonly Field<V>[], rows: readonly number[]): HeaderCandidate {
  const headers = rows.length > 1 ? manyLevels(grid, rows) : null;
  return weigh(fields, rows, headers ?? oneLevel(grid, rows[0] ?? 1) ?? {});
}

function weigh<V>(fields: readonly Field<V>[], rows: readonly number[], headers: Readonly<Record<number, string>>): HeaderCandidate {
  const match = matchHeader(fields, headers);
  const missing = fields.filter((field) => field.isRequired && match.columns[field.key] === undefined).map((field) => field.title);
  const required = fields.filter((field) => field.isRequired).length - missing.length;
  const matched = Object.keys(match.columns).length;
  const unknown = Object.keys(headers).length - matched - match.rivals;
  return { ...match, rows, headers, matched, missing, score: matched * MATCHED_WEIGHT + match.exact + required * REQUIRED_WEIGHT - Math.min(unknown * 0.1, MOST_LOST) + Math.min(match.rivals, 1) * TELLS_YEARS };
}

/** A row of at least two different texts, none of which is a number or a day. */
function oneLevel(grid: Grid, row: number): Record<number, string> | null {
  const headers: Record<number, string> = {};
  for (let column = 0; column <= grid.lastColumn; column += 1) {
    const text = grid.own(row, column) || numberBeside(grid, row, column);
    if (text !== '') headers[column] = text;
  }
  return new Set(Object.values(headers)).size >= 2 ? headers : null;
}

/** 法定代表人及电话 merged over two columns: the name stands in the first, the number in the second. */
function numberBeside(grid: Grid, row: number, column: number): string {
  const merge = grid.mergeAt(row, column);
  if (merge === null || merge.left !== column - 1 || merge.right !== column) return '';
  const [, who, number] = /^(.+?)(?:姓名)?[及和与、/]?((?:联系)?(?:电话|手机|联系方式))(?:号码)?$/.exec(grid.shown(row, column)) ?? [];
  return who === undefined || number === undefined ? '' : `${who}${number}`;
}

function manyLevels(grid: Grid, rows: readonly number[]): Record<number, string> | null {
  const headers: Record<number, string> = {};
  for (let column = 0; column <= grid.lastColumn; column += 1) {
    const levels = rows.map((row, level) => levelText(grid, row, column, level === rows.length - 1));
    const path = levels.filter((text, level) => text !== '' && text !== levels[level - 1]);
    if (path.length > 0) headers[column] = path.join(LEVELS);
  }
  return isStacked(grid, rows) ? headers : null;
}

/** An upper level without merges reaches right over the blanks that follow it, as far as there is something below them. */
function levelText(grid: Grid, row: number, column: number, isLast: boolean): string {
  const shown = grid.shown(row, column);
  if (shown !== '' || isLast || grid.shown(row + 1, column) === '') return shown;
  for (let left = column - 1; left >= 0; left -= 1) {
    const text = grid.shown(row, left);
    if (text !== '') return grid.mergeAt(row, left) === null && grid.own(row + 1, left) !== '' ? text : '';
  }
  return '';
}

/** Rows are levels of one header when no lower cell stands under an upper one that is neither wider than it nor merged down. */
function isStacked(grid: Grid, rows: readonly number[]): boolean {
  let children = 0;
  for (let column = 0; column <= grid.lastColumn; column += 1) {
    for (const row of rows.slice(1)) {
      const text = grid.own(row, column);
      if (text === '') continue;
      if (/^[\d.,%/-]+$/.test(text) || text.length > 30) return false;
      if (grid.own(row - 1, column) !== '' && !isWide(grid, row - 1, column)) return false;
      children += 1;
    }
  }
  return children >= 2;
}

function isWide(grid: Grid, row: number, column: number): boolean {
  const merge = grid.mergeAt(row, column);
  if (merge !== null) return merge.right > merge.left && merge.right - merge.left < grid.lastColumn;
  return grid.own(row, column + 1) === '' && grid.own(row + 1, column + 1) !== '';
}
