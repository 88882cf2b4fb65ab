import { parseChineseNumeral } from '#domain/kernel/chinese-text.ts';
import type { HeldShare } from '../types.ts';
import { blank, fault, saysNothing, textOf, value, type CellReader } from './cell.ts';

const WORDS = /^(单独所有|单独|独有|共同共有|按份共有|共同|按份|共有|夫妻共有|家庭共有|是|否|无)/;
const PERCENT = 10_000;

/** 份额:50%, 0.5, 1/2, 二分之一, 按份共有50%; a word that only says how it is held is a blank. A share that Excel took for a day is a fault. */
export const heldShare: CellReader<HeldShare> = (cell) => {
  if (cell !== null && typeof cell === 'object') return fault('became-date', '是被 Excel 当成日期的份额，请把该列设为“文本”后重新填写，或写成50%', 'warn');
  const written = textOf(cell).replaceAll(' ', '');
  const bare = written.replace(WORDS, '').replaceAll(/^[:(各占]+|[)]+$/g, '');
  if (saysNothing(written) || bare === '') return blank;
  const share = fractionOf(bare);
  return share === null ? fault('choice-unknown', '看不出份额是多少，请写成“50%”或“1/2”的样子', 'warn') : value(share);
};

function fractionOf(text: string): HeldShare | null {
  const fraction = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  if (fraction !== null) return lowest(Number(fraction[1]), Number(fraction[2]));
  const spoken = /^(.+)分之(.+)$/.exec(text);
  if (spoken !== null) return lowest(numeral(spoken[2] ?? ''), numeral(spoken[1] ?? ''));
  const decimal = /^(\d{1,3})(?:\.(\d{1,4}))?(%?)$/.exec(text);
  if (decimal === null) return null;
  const units = Number(`${decimal[1] ?? ''}${(decimal[2] ?? '').padEnd(4, '0')}`);
  const isPercent = decimal[3] === '%' || units > PERCENT;
  return lowest(units, isPercent ? PERCENT * 100 : PERCENT);
}

const numeral = (text: string): number => (/^\d+$/.test(text) ? Number(text) : parseChineseNumeral(text) ?? 0);

/** In lowest terms; null when there is nothing, or more than all. */
function lowest(part: number, whole: number): HeldShare | null {
  if (part <= 0 || whole <= 0 || part > whole) return null;
  const by = divisor(part, whole);
  return { part: part / by, whole: whole / by };
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
