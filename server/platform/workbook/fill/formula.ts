import { columnOf } from '../cell-ref.ts';

/** What a formula may yield; `undefined` when this small reckoner does not know the formula. */
export type Reckoned = number | string | boolean | { readonly error: string };
type Look = (sheet: string | null, column: number, row: number) => Reckoned | null | undefined;

const TOKEN = /\s*("(?:[^"]|"")*"|\d+(?:\.\d+)?(?:E[+-]?\d+)?|(?:(?:'(?:[^']|'')+'|[\w.\u4e00-\u9fff]+)!)?\$?[A-Z]{1,3}\$?\d+(?![\w(])|[A-Z]+(?=\()|TRUE|FALSE|<>|<=|>=|[-+*/^&=<>(),:%])/giy;

/** Thrown inside and answered as "unknown": the cached value is then left out and the office program reckons on opening. */
class Unknown extends Error {}
class Fault extends Error {}

/**
 * 试算: the value of a simple formula: arithmetic, comparison, joining, SUM, ROUND, IF, AVERAGE, COUNT, MAX, MIN, ABS, IFERROR.
 *
 * Reckons in binary floating point as office programs do. For shown values only: the file itself is reckoned anew on opening.
 */
export function reckon(formula: string, look: Look): Reckoned | undefined {
  try {
    const parser = new Parser(tokensOf(formula), look);
    const value = parser.comparison();
    if (!parser.isAtEnd) return undefined;
    return Array.isArray(value) ? undefined : value ?? 0;
  } catch (error) {
    if (error instanceof Fault) return { error: error.message };
    if (error instanceof Unknown) return undefined;
    throw error;
  }
}

function tokensOf(formula: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const text = formula.trim();
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw new Unknown();
    tokens.push(token);
  }
  return tokens;
}

type Value = Reckoned | null;
type Operand = Value | Value[];

class Parser {
  private readonly tokens: readonly string[];
  private readonly look: Look;
  private at = 0;

  constructor(tokens: readonly string[], look: Look) {
    this.tokens = tokens;
    this.look = look;
  }

  get isAtEnd(): boolean { return this.at >= this.tokens.length; }

  comparison(): Operand {
    let left = this.joined();
    for (let sign = this.take('=', '<>', '<=', '>=', '<', '>'); sign !== undefined; sign = this.take('=', '<>', '<=', '>=', '<', '>')) left = compared(scalar(left), sign, scalar(this.joined()));
    return left;
  }

  private joined(): Operand {
    let left = this.sum();
    while (this.take('&') !== undefined) left = textOf(scalar(left)) + textOf(scalar(this.sum()));
    return left;
  }

  private sum(): Operand {
    let left = this.product();
    for (let sign = this.take('+', '-'); sign !== undefined; sign = this.take('+', '-')) {
      const right = numberOf(scalar(this.product()));
      left = sign === '+' ? numberOf(scalar(left)) + right : numberOf(scalar(left)) - right;
    }
    return left;
  }

  private product(): Operand {
    let left = this.signed();
    for (let sign = this.take('*', '/'); sign !== undefined; sign = this.take('*', '/')) {
      const right = numberOf(scalar(this.signed()));
      if (sign === '/' && right === 0) throw new Fault('#DIV/0!');
      left = sign === '*' ? numberOf(scalar(left)) * right : numberOf(scalar(left)) / right;
    }
    return left;
  }

  private signed(): Operand {
    if (this.take('-') !== undefined) return -numberOf(scalar(this.signed()));
    if (this.take('+') !== undefined) return this.signed();
    const value = this.primary();
    return this.take('%') === undefined ? value : numberOf(scalar(value)) / 100;
  }

  private primary(): Operand {
    const token = this.tokens[this.at];
    if (token === undefined) throw new Unknown();
    this.at += 1;
    if (token === '(') {
      const value = this.comparison();
      this.expect(')');
      return value;
    }
    if (token.startsWith('"')) return token.slice(1, -1).replaceAll('""', '"');
    if (/^\d/.test(token)) return Number(token);
    if (/^(TRUE|FALSE)$/i.test(token)) return token.toUpperCase() === 'TRUE';
    if (/^[A-Z]+$/i.test(token)) return this.call(token.toUpperCase());
    return /\d$/.test(token) ? this.reference(token) : unknown();
  }

  private reference(token: string): Operand {
    const from = placeOf(token);
    if (this.take(':') === undefined) return this.seen(from.sheet, from.column, from.row);
    const to = placeOf(this.tokens[this.at] ?? unknown());
    this.at += 1;
    if ((to.row - from.row + 1) * (to.column - from.column + 1) > 20_000) throw new Unknown();
    const values: Value[] = [];
    for (let row = from.row; row <= to.row; row += 1) for (let column = from.column; column <= to.column; column += 1) values.push(this.seen(from.sheet, column, row));
    return values;
  }

  private seen(sheet: string | null, column: number, row: number): Value {
    const value = this.look(sheet, column, row);
    if (value === undefined) throw new Unknown();
    if (value !== null && typeof value === 'object') throw new Fault(value.error);
    return value;
  }

  private call(name: string): Operand {
    this.expect('(');
    if (name === 'IF') return this.choose();
    if (name === 'IFERROR') return this.orElse();
    const given: Operand[] = [];
    while (this.tokens[this.at] !== ')') {
      given.push(this.comparison());
      if (this.take(',') === undefined) break;
    }
    this.expect(')');
    return applied(name, given);
  }

  /** Only the branch that is taken is reckoned: the other may divide by nothing. */
  private choose(): Operand {
    const isTrue = truth(scalar(this.comparison()));
    this.expect(',');
    const yes = this.branch(isTrue);
    const no = this.take(',') === undefined ? false : this.branch(!isTrue);
    this.expect(')');
    return isTrue ? yes : no;
  }

  private orElse(): Operand {
    const value = this.branch(true, true);
    this.expect(',');
    const other = this.branch(value === FAILED);
    this.expect(')');
    return value === FAILED ? other : value;
  }

  private branch(isTaken: boolean, mayFail = false): Operand {
    const from = this.at;
    try {
      if (isTaken) return this.comparison();
    } catch (error) {
      if (!(error instanceof Fault) || !mayFail) throw error;
      this.at = from;
      this.skip();
      return FAILED;
    }
    this.skip();
    return null;
  }

  private skip(): void {
    for (let depth = 0; this.at < this.tokens.length; this.at += 1) {
      const token = this.tokens[this.at];
      if (depth === 0 && (token === ',' || token === ')')) return;
      depth += token === '(' ? 1 : token === ')' ? -1 : 0;
    }
  }

  private take(...signs: string[]): string | undefined {
    const token = this.tokens[this.at];
    if (token === undefined || !signs.includes(token)) return undefined;
    this.at += 1;
    return token;
  }

  private expect(sign: string): void {
    if (this.take(sign) === undefined) throw new Unknown();
  }
}

const FAILED = '\u0000failed';
const unknown = (): never => { throw new Unknown(); };

function applied(name: string, given: readonly Operand[]): Value {
  const all = given.flat();
  const numbers = all.filter((value) => typeof value === 'number');
  const [first = null, second = 0] = all;
  switch (name) {
    case 'SUM': return numbers.reduce((sum, value) => sum + value, 0);
    case 'COUNT': return numbers.length;
    case 'AVERAGE': return numbers.length === 0 ? fault('#DIV/0!') : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    case 'MAX': return numbers.length === 0 ? 0 : Math.max(...numbers);
    case 'MIN': return numbers.length === 0 ? 0 : Math.min(...numbers);
    case 'ABS': return Math.abs(numberOf(first));
    case 'ROUND': return rounded(numberOf(first), numberOf(second));
    default: return unknown();
  }
}

const fault = (words: string): never => { throw new Fault(words); };

/** Away from zero at the half, on the decimal text that people see, as office programs do. */
function rounded(value: number, digits: number): number {
  const sign = value < 0 ? -1 : 1;
  const seen = String(Number(Math.abs(value).toPrecision(15)));
  const scaled = seen.includes('e') ? Number(seen) * 10 ** digits : Number(`${seen}e${digits}`);
  return sign * Math.round(scaled) / 10 ** digits;
}

function placeOf(token: string): { sheet: string | null; column: number; row: number } {
  const cut = token.lastIndexOf('!');
  const cell = token.slice(cut + 1).replaceAll('$', '');
  return { sheet: cut < 0 ? null : token.slice(0, cut).replaceAll(/^'|'$/g, '').replaceAll("''", "'"), column: columnOf(cell), row: Number(/\d+$/.exec(cell)?.[0] ?? 0) };
}

function scalar(value: Operand): Value {
  return Array.isArray(value) ? unknown() : value;
}

function numberOf(value: Value): number {
  if (typeof value === 'number') return value;
  if (value === null) return 0;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))) return Number(value);
  return fault('#VALUE!');
}

const textOf = (value: Value): string => (value === null ? '' : typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : typeof value === 'object' ? value.error : String(value));
const truth = (value: Value): boolean => (typeof value === 'string' ? fault('#VALUE!') : numberOf(value) !== 0);

function compared(left: Value, sign: string, right: Value): boolean {
  const [a, b] = typeof left === 'string' || typeof right === 'string' ? [textOf(left), textOf(right)] : [numberOf(left), numberOf(right)];
  const isSame = typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : a === b;
  // An empty cell is neither more nor less than the empty text.
  const isText = (left === null || typeof left === 'string') !== (right === null || typeof right === 'string');
  const order = isText && left !== null && right !== null ? (typeof left === 'string' ? 1 : -1) : a < b ? -1 : a > b ? 1 : 0;
  switch (sign) {
    case '=': return isSame;
    case '<>': return !isSame;
    case '<': return order < 0;
    case '>': return order > 0;
    case '<=': return order <= 0;
    default: return order >= 0;
  }
}
