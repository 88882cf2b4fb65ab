import type { RawCell } from '../types.ts';
import { errorIn, isErrorText, saysNothing, textOf, type CellFault } from './cell.ts';
import { name, phones } from './text.ts';

/** 联系人草稿:a person's name and his telephone numbers among the values of a row. */
export type Contact<N extends string, P extends string> = { [K in N]?: string | null } & { [K in P]?: readonly string[] | null };

const PHONE = /(?:\+?86-?)?1[3-9]\d[\d -]{8,10}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)/g;
const SOME_DIGITS = /\d[\d -]{6}/;
const NAME = /^[\u4e00-\u9fff·]{2,8}$/;
const IN_HEADER = /电话|手机|联系方式/;
/** 张三 李四, each with a number of his own. */
const SEVERAL_NAMES = /^[\u4e00-\u9fff·]{2,4}(?: [\u4e00-\u9fff·]{2,4})+$/;
/** 张三 1390000: a number that is none beside a name. */
const BROKEN_NUMBER = /^([\u4e00-\u9fff·]{2,8})[:( ]*(\d[\d -]{4,})\)?$/;

/** 拆开姓名和电话:'张三 139…', '张三（139…）' → the words, and the numbers when there are any. */
export function splitContact(written: string): { readonly words: string; readonly numbers: readonly string[] } {
  if (!SOME_DIGITS.test(written)) return { words: written, numbers: [] };
  const found = written.match(PHONE) ?? [];
  const read = found.length === 0 ? null : phones(found.join('、'), '');
  if (read?.is !== 'value') return { words: written, numbers: [] };
  return { words: written.replaceAll(PHONE, ' ').replaceAll(/[\s:;,、()/]+/g, ' ').replace(/(联系)?(电话|手机)$/, '').trim(), numbers: read.value };
}

/** 姓名列:a name, and the number beside it where the number's own column says nothing. */
export function personOf<N extends string, P extends string>(nameKey: N, phonesKey: P): (draft: Contact<N, P>, cell: RawCell, header?: string) => CellFault | null {
  return (draft, cell, header = '') => {
    const names: { [K in N]?: string | null } = draft;
    const numbers: { [K in P]?: readonly string[] | null } = draft;
    if (isErrorText(textOf(cell))) return errorIn(textOf(cell));
    const { words, numbers: found } = splitContact(textOf(cell));
    // 孙三（退休返聘）: the note is no part of the name.
    const several = found.length > 1 && SEVERAL_NAMES.test(words) ? words.replaceAll(' ', '、') : words;
    const [, who, broken] = found.length === 0 ? BROKEN_NUMBER.exec(words) ?? [] : [];
    const read = name((who ?? several).replace(/^([\u4e00-\u9fff·]{2,8})\([^()]*\)$/, '$1'), '');
    names[nameKey] = read.is === 'value' ? read.value : null;
    if (found.length > 0) numbers[phonesKey] ??= found;
    else if (broken === undefined && IN_HEADER.test(header)) numbers[phonesKey] ??= null;
    return broken === undefined ? null : { code: 'phone-invalid', severity: 'warn', says: '后面的电话号码位数不对，没有登记，请核对' };
  };
}

/** 项目经理及电话: the column is meant for both. */
export const FOR_BOTH = /及|和|与|、|姓名|联系人/;

/** 电话列:numbers, and the name beside them where no column gives the name; in a column for both a name alone is one. */
export function phonesOf<N extends string, P extends string>(phonesKey: P, nameKey: N): (draft: Contact<N, P>, cell: RawCell, header: string) => CellFault | null {
  return (draft, cell, header) => {
    const names: { [K in N]?: string | null } = draft;
    const { words, numbers } = splitContact(textOf(cell));
    const isNameAlone = FOR_BOTH.test(header) && numbers.length === 0 && NAME.test(words);
    const fault = numbersOf(phonesKey)(draft, isNameAlone ? null : cell);
    if (fault === null && NAME.test(words) && !saysNothing(words)) names[nameKey] ??= words;
    return fault;
  };
}

/** 另一电话列:numbers beside those of the first column. */
export function moreOf<P extends string>(phonesKey: P): (draft: { [K in P]?: readonly string[] | null }, cell: RawCell) => CellFault | null {
  return (draft, cell) => {
    const read = phones(isErrorText(textOf(cell)) ? null : cell, '');
    if (read.is === 'fault') return read.fault;
    if (read.is === 'value') draft[phonesKey] = [...new Set([...draft[phonesKey] ?? [], ...read.value])];
    return null;
  };
}

/** 电话列(不带姓名):a blank cell leaves the numbers that stood beside a name. */
export function numbersOf<P extends string>(phonesKey: P): (draft: { [K in P]?: readonly string[] | null }, cell: RawCell) => CellFault | null {
  return (draft, cell) => {
    if (isErrorText(textOf(cell))) return errorIn(textOf(cell));
    const read = phones(cell, '');
    if (read.is === 'fault') return read.fault;
    if (read.is === 'value') draft[phonesKey] = read.value;
    else draft[phonesKey] ??= null;
    return null;
  };
}
