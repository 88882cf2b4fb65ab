import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { parsePhone, splitPhones } from '#domain/kernel/phone.ts';
import { normaliseIdentifier } from '#domain/kernel/identifier.ts';
import type { RawCell } from '../types.ts';
import { blank, errorIn, fault, isErrorText, remembering, saysNothing, textOf, value, type CellReader, type CellResult } from './cell.ts';

/** 文字:normalised text; 无, / and — are blanks. */
export const text: CellReader<string> = (cell) => {
  const found = textOf(cell);
  return saysNothing(found) ? blank : value(found);
};

/** 名称:text without any blanks inside, as names of people, places and companies have none. */
export const name: CellReader<string> = (cell) => {
  const found = textOf(cell);
  if (saysNothing(found)) return blank;
  return value(!found.includes(' ') || /[A-Za-z] [A-Za-z]/.test(found) ? found : found.replaceAll(' ', ''));
};

const MOBILE = /^1[3-9]\d{9}$/;

/** 电话:one or several numbers, kept as text or as a number. One that cannot be read is a fault. */
export const phones: CellReader<readonly string[]> = (cell) => {
  const found = textOf(cell);
  if (saysNothing(found)) return blank;
  if (MOBILE.test(found)) return value([found]);
  const read = splitPhones(found).filter((piece, _at, all) => all.length === 1 || !/^[\u4e00-\u9fff·:]{2,8}$/.test(piece)).map((piece) => (parsePhone(piece) ?? parsePhone(withoutWords(piece)))?.number ?? null);
  if (read.length === 0) return blank;
  const good = read.filter((number) => number !== null);
  return good.length === read.length ? value([...new Set(good)]) : fault('phone-invalid', '不是有效的电话号码，请核对位数');
};

/** “张三:139…”, “139…(微信同号)”: whose number it is, or a note without figures, beside the number. */
function withoutWords(piece: string): string {
  return piece.replaceAll(/\([^()\d]*\)/g, '').replace(/^[\u4e00-\u9fff·]{2,8}[:(]?(?=[\d+])/, '').replace(/(?<=\d)[\s)]*[\u4e00-\u9fff·]{0,8}\)?$/, '').trim();
}

const EXACT_DIGITS = 15;
/** 护照E12345678: what kind of paper the number stands on. */
const KIND_OF_PAPER = /^(居民)?(身份证|护照|军官证|士官证|台胞证|回乡证|(港澳)?通行证|营业执照)(号码?)?[:]?(?=[\dA-Z])/;

/** 证件号:normalised; a number of more than fifteen digits was cut by Excel and cannot be trusted. */
export const identifier: CellReader<string> = (cell) => {
  if (isPrecisionLost(cell)) return fault('id-precision-lost', '被 Excel 当成数字，末几位已丢失，请把该列设为“文本”后重新填写');
  const found = textOf(cell);
  return saysNothing(found) ? blank : value(/^[0-9A-Z]+$/.test(found) ? found : normaliseIdentifier(found).replace(KIND_OF_PAPER, ''));
};

function isPrecisionLost(cell: RawCell): boolean {
  if (typeof cell === 'number') return Math.abs(cell) >= 10 ** EXACT_DIGITS;
  return typeof cell === 'string' && /^\s*\d(\.\d+)?E\+?1[5-9]\s*$/i.test(cell);
}

const WORD_FIRST = /^[是有]([√☑■✓✔])?[□☐○]?(?:否|无|没有)([√☑■✓✔])?[□☐○]?$/;
const MARK_FIRST = /^([√☑■✓✔])?[□☐○]?[是有]([√☑■✓✔])?[□☐○]?(?:否|无|没有)$/;

/** 是□ 否√: both words stand there, and the mark says which. What is no such pair stays. */
function ticked(key: string): string {
  if (!/[否无]/.test(key)) return key;
  const bare = key.replaceAll(/[()/,、]/g, '');
  const [, yes, no] = (/^[是有]/.test(bare) ? WORD_FIRST : MARK_FIRST).exec(bare) ?? [];
  if ((yes === undefined) === (no === undefined)) return key;
  return yes === undefined ? '否' : '是';
}

/** 选项:finds the choice whose words the cell is; an unknown word is a fault that names what may be written. */
export function choice<T>(choices: readonly (readonly [T, RegExp])[], allowed: string): CellReader<T> {
  const read = remembering((written: string): CellResult<T> => {
    const key = ticked(normaliseName(written));
    // 是（已届满）: what stands in brackets explains, and is left out where nothing fits with it.
    const found = choices.find(([, words]) => words.test(key)) ?? choices.find(([, words]) => words.test(key.replace(/(?<=.)\([^()]*\)$/, '')));
    if (found !== undefined) return value(found[0]);
    return saysNothing(written) ? blank : fault('choice-unknown', `不在可填的范围内，请填${allowed}`, 'warn');
  });
  return (cell) => {
    const written = textOf(cell);
    return written === '' ? blank : read(written);
  };
}

/** 错误值:a formula's error is a fault before any reader sees it. */
export function guarded<T>(read: CellReader<T>): CellReader<T> {
  return (cell, header) => (typeof cell === 'string' && cell.includes('#') && isErrorText(cell.trim()) ? { is: 'fault', fault: errorIn(cell.trim()) } : read(cell, header));
}
