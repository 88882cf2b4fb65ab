import { yearOf } from '#domain/kernel/local-date.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { defineRule, documentFormat, houseConvention } from '#domain/kernel/rule.ts';

/** 发文字号: code of the body and kind (empty for a plain paper), year, and serial from 1. */
export interface PaperNumber { readonly code: string; readonly year: number; readonly serial: number }

/** 发文字号 in words: 安建函〔2026〕3号; a plain paper has 编号：2026-3, which does not imitate a government number. */
export const numberText = ({ code, year, serial }: PaperNumber): string => (code === '' ? `编号：${year}-${serial}` : `${code}〔${year}〕${serial}号`);

/** 未编号 as a draft shows it: the number is taken when it is issued. */
export const blankNumber = (code: string, year: number): string => (code === '' ? `编号：${year}-　` : `${code}〔${year}〕　号`);

/** 机关代字可用: Chinese characters only, one to twelve; year, brackets and 号 are added by the system. */
export const codeAcceptable = defineRule<{ readonly code: string }>({
  id: 'paper.code-acceptable',
  source: documentFormat('7.2.5'),
  broken: ({ code }) => [
    !/^\p{Script=Han}{1,12}$/u.test(code) && '机关代字只写汉字，一至十二个字，例如“安建函”；年份、六角括号和序号由系统加上',
    /[第号]/u.test(code) && '机关代字里不要写“第”或“号”，发文字号的写法是“安建函〔2026〕3号”',
  ],
});

/** 机关代字不改旧号: a code begins today or later, so that no number already given reads differently. */
export const codeNotBackdated = defineRule<{ readonly from: LocalDate; readonly today: LocalDate }>({
  id: 'paper.code-not-backdated',
  source: houseConvention('文书'),
  broken: ({ from, today }) => [from < today && '机关代字只能从今天或以后的日期起用，已经编出的字号不会改变'],
});

/** 编号日期不倒退: a number is not dated before the one given last. */
export const numberDatedForward = defineRule<{ readonly on: LocalDate; readonly lastOn: LocalDate | null }>({
  id: 'paper.number-dated-forward',
  source: houseConvention('文书'),
  broken: ({ on, lastOn }) => [lastOn !== null && on < lastOn && `上一个字号编于${lastOn}，今天的日期比它早，请核对服务器时间后再签发`],
});

/** 下一号: one more than the last of the same code and year; the first is 1. There is no way to skip, reserve or add one later. */
export const nextSerial = (last: number | null): number => (last ?? 0) + 1;

/** 编号年份: of the day of issue. */
export const numberYear = (on: LocalDate): number => yearOf(on);

/** 缺号: serials missing between 1 and `last`; empty when the register is whole. */
export function missingSerials(serials: readonly number[], last: number): number[] {
  const given = new Set(serials);
  return Array.from({ length: last }, (_, at) => at + 1).filter((serial) => !given.has(serial));
}

/** 红头文书须有机关代字: the code of the body and kind is on record before the first number is taken. */
export const codeOnRecord = defineRule<{ readonly isRed: boolean; readonly code: string | null; readonly title: string }>({
  id: 'paper.code-on-record',
  source: documentFormat('7.2.5'),
  broken: ({ isRed, code, title }) => [isRed && code === null && `还没有登记${title}的机关代字，请先在“文书”的“机关代字与字号”中登记，再签发`],
});
