import { areaCm2, fen, isLocalDate } from '#domain/kernel/brand.ts';
import { formatSquareMetres, parseSquareMetres } from '#domain/kernel/area.ts';
import { formatDecimal, parseDecimal } from '#domain/kernel/decimal.ts';
import { FIRST_DAY, LAST_DAY, MOST_AREA_CM2, MOST_MONEY_FEN, MOST_THINGS } from '#domain/kernel/limits.ts';
import { parseYuan } from '#domain/kernel/money.ts';
import type { CellContent, Column } from './column.ts';

/** 读一格结果: what was typed, or why it is none; the sentence goes behind the column's title. */
export type ReadCell = { readonly ok: true; readonly value: CellContent } | { readonly ok: false; readonly message: string };
type Asked = Pick<Column, 'kind' | 'choices'>;

/** 一格最多的字. */
export const LONGEST_TEXT = 200;
const YES = new Set(['是', '有', '已', '√', '✓', 'true']);
const NO = new Set(['否', '无', '没有', '未', '×', 'false']);
const bad = (message: string): ReadCell => ({ ok: false, message });
const good = (value: CellContent): ReadCell => ({ ok: true, value });

/** 清空一格的写法, in a workbook: a blank there says nothing, so that a column left out empties nobody's books. */
export const CLEARED = '（清空）';
/** 是否写着清空, with whatever brackets, or none. */
export const saysCleared = (typed: string): boolean => /^[（(【[]?清空[）)】\]]?$/.test(typed.trim());

/** 读一格: texts as people type them; blank is null. */
export function readCellText({ kind, choices }: Asked, typed: string): ReadCell {
  const text = typed.trim();
  if (text === '') return good(null);
  switch (kind) {
    case 'text': return text.length > LONGEST_TEXT ? bad(`不超过 ${LONGEST_TEXT} 个字`) : good(text);
    case 'whole': return ofNumber(parseDecimal(text, 0), MOST_THINGS, '请填整数，如 120');
    case 'area': return ofNumber(parseSquareMetres(text), MOST_AREA_CM2, '请填面积，如 88.50');
    case 'money': return ofNumber(parseYuan(text), MOST_MONEY_FEN, '请填金额，如 1.20');
    case 'date': return ofDate(text);
    case 'flag': return YES.has(text) ? good(true) : NO.has(text) ? good(false) : bad('请填“是”或“否”');
    case 'choice': return choices.includes(text) ? good(text) : bad(`请从“${choices.join('、')}”中选`);
    default: return kind satisfies never;
  }
}

function ofNumber(read: { readonly ok: true; readonly value: number } | { readonly ok: false; readonly fault: string }, most: number, otherwise: string): ReadCell {
  if (!read.ok) return bad(read.fault === 'too-precise' ? '小数位过多，请核对' : read.fault === 'too-large' ? '数字过大，请核对' : read.fault === 'negative' ? '不能是负数' : otherwise);
  if (read.value < 0) return bad('不能是负数');
  return read.value > most ? bad('数字过大，请核对') : good(read.value);
}

function ofDate(text: string): ReadCell {
  const [, year = '', month = '', day = ''] = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/.exec(text) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(date) && date >= FIRST_DAY && date <= LAST_DAY ? good(date) : bad('请填日期，如 2026-01-05');
}

/** 写一格: the text that `readCellText` reads back as the same content; nothing for null. */
export function writeCellText({ kind }: Asked, value: CellContent): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'string') return value;
  if (kind === 'area') return formatSquareMetres(areaCm2(value));
  return kind === 'money' ? formatDecimal(fen(value), 2) : String(value);
}

/** 核对一格 of the wire: is this content what the column asks for? Null when it is, else the sentence. */
export function checkCell(column: Asked, value: CellContent): string | null {
  if (value === null) return null;
  const isRight = column.kind === 'flag' ? typeof value === 'boolean' : column.kind === 'whole' || column.kind === 'area' || column.kind === 'money' ? typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 : typeof value === 'string';
  if (!isRight) return '内容与栏目的种类不符';
  const read = readCellText(column, writeCellText(column, value));
  return read.ok ? (read.value === value ? null : '内容与栏目的种类不符') : read.message;
}
