import { normaliseText } from '#domain/kernel/chinese-text.ts';
import type { ProblemCode, RawCell, Severity } from '../types.ts';

/** 读单元格结果:a value, a blank cell, or a fault that says in Chinese what is wrong and what to do. */
export type CellResult<T> =
  | { readonly is: 'value'; readonly value: T; readonly note?: CellFault }
  | { readonly is: 'blank' }
  | { readonly is: 'fault'; readonly fault: CellFault };

/** 单元格问题:`says` follows 「第45行“总户数”写的是“三百”，」. */
export interface CellFault { readonly code: ProblemCode; readonly says: string; readonly severity?: Severity }

/** 单元格读法:reads one cell under one header; the header may carry the unit. */
export type CellReader<T> = (cell: RawCell, header: string) => CellResult<T>;

/** 空白 */
export const blank = { is: 'blank' } as const;

/** 取值 */
export function value<T>(found: T, note?: CellFault): CellResult<T> {
  return note === undefined ? { is: 'value', value: found } : { is: 'value', value: found, note };
}

/** 出错 */
export function fault(code: ProblemCode, says: string, severity?: Severity): { readonly is: 'fault'; readonly fault: CellFault } {
  return { is: 'fault', fault: severity === undefined ? { code, says } : { code, says, severity } };
}

const EXCEL_DIGITS = 15;
/** Most cells are plain already: letters, digits and Chinese characters without blanks. */
const IS_NORMAL = /^[!-~\u4e00-\u9fff]*$/;

/** 单元格文字:what the cell says as normalised text; numbers with the fifteen digits that Excel keeps and never as 1.2E+17. */
export function textOf(cell: RawCell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return IS_NORMAL.test(cell) ? cell : normaliseText(cell);
  if (typeof cell === 'number') return plainNumber(cell);
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  return cell.date;
}

function plainNumber(number: number): string {
  const text = Number(number.toPrecision(EXCEL_DIGITS)).toString();
  if (!/e/i.test(text)) return text;
  return Math.abs(number) >= 1 ? BigInt(Math.round(number)).toString() : number.toFixed(EXCEL_DIGITS).replace(/0+$/, '');
}

const NOTHING = /^[-—–―_/\\.·*~]*$/;
const NOTHING_IN_WORDS = /^(无|暂无|没有|不详|未知|不清楚|空|未填|NA|N\/A|NULL|\(空白?\))$/i;

/** 是否空白:nothing, or a dash or stroke put where nothing is. 「无」 is a blank only where it is no answer. */
export function isBlankText(text: string): boolean {
  return NOTHING.test(text);
}

/** 是否空白(含“无”):a blank, or 无, 暂无, 不详 and their kin. */
export function saysNothing(text: string): boolean {
  return NOTHING.test(text) || NOTHING_IN_WORDS.test(text);
}

/** 错误值:does the cell hold what a broken formula leaves (#REF!, #N/A)? */
export function isErrorText(text: string): boolean {
  return /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|未计算)$/.test(text);
}

/** 错误值说明:what is wrong with such a cell and what to do; a formula whose result the file does not hold is not wrong in itself. */
export function errorIn(text: string): CellFault {
  return { code: 'cell-error', says: text === '#未计算' ? '是公式，文件里没有保存计算结果，请用 Excel 或 WPS 打开并保存一次，再上传' : '是公式出错的结果，请改成实际内容' };
}

const MOST_REMEMBERED = 5000;

/** 记忆:the same function, remembering its answers for the texts that a column repeats ten thousand times. */
export function remembering<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const fresh = answer(text);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(text, fresh);
    return fresh;
  };
}
