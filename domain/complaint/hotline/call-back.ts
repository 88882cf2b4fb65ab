import { basisPoints, type BasisPoints } from '#domain/kernel/brand.ts';
import { isUnsaid } from './said.ts';

/** 回访结果: what the hotline heard when it called back; null where its file says nothing. */
export interface CallBack { readonly isContacted: boolean | null; readonly resolved: Resolved | null; readonly satisfied: Satisfied | null }
/** 是否解决 in words. */
export const resolvedLabels = { yes: '已解决', partly: '部分解决', no: '未解决' } as const;
export type Resolved = keyof typeof resolvedLabels;
/** 是否满意 in words. */
export const satisfiedLabels = { yes: '满意', fair: '基本满意', no: '不满意' } as const;
export type Satisfied = keyof typeof satisfiedLabels;
/** 三率的口径, as in force. */
export interface RateTerms { readonly fairIsSatisfied: boolean; readonly partlyIsResolved: boolean; readonly silentInBase: boolean }
/** 三率 of some orders: counts first; a rate in 万分之一, null where there is nothing to divide by. */
export interface Rates {
  readonly orders: number; readonly calledBack: number; readonly contacted: number; readonly resolvedBase: number; readonly resolved: number; readonly satisfiedBase: number; readonly satisfied: number;
  readonly responseRateBp: BasisPoints | null; readonly resolvedRateBp: BasisPoints | null; readonly satisfiedRateBp: BasisPoints | null;
}
/** 计数口径: which orders one number of the table counts; each opens exactly these. */
export const measureLabels = { orders: '计入工单', calledBack: '已回访', contacted: '已联系', resolvedBase: '对是否解决有评价', resolved: '已解决', satisfiedBase: '对是否满意有评价', satisfied: '满意' } as const;
export type Measure = keyof typeof measureLabels;

/** 是否有回访结果: any of the three says something. */
export const isCalledBack = ({ isContacted, resolved, satisfied }: CallBack): boolean => isContacted !== null || resolved !== null || satisfied !== null;
const isResolved = ({ resolved }: CallBack, { partlyIsResolved }: RateTerms): boolean => resolved === 'yes' || (partlyIsResolved && resolved === 'partly');
const isSatisfied = ({ satisfied }: CallBack, { fairIsSatisfied }: RateTerms): boolean => satisfied === 'yes' || (fairIsSatisfied && satisfied === 'fair');
/** Whoever says that it is solved or not was spoken to; a file without a column for the contact need not say so again. */
const wasContacted = (one: CallBack): boolean => one.isContacted ?? (one.resolved !== null || one.satisfied !== null);

/** 是否计入: does one order count for this number? */
export function counts(measure: Measure, one: CallBack, terms: RateTerms): boolean {
  const inBase = (said: string | null) => isCalledBack(one) && (terms.silentInBase || said !== null);
  switch (measure) {
    case 'orders': return true;
    case 'calledBack': return isCalledBack(one);
    case 'contacted': return wasContacted(one);
    case 'resolvedBase': return inBase(one.resolved);
    case 'resolved': return isResolved(one, terms);
    case 'satisfiedBase': return inBase(one.satisfied);
    case 'satisfied': return isSatisfied(one, terms);
  }
}

const WHOLE = 10_000;
const rate = (part: number, base: number): BasisPoints | null => (base === 0 ? null : basisPoints(Math.floor((part * WHOLE * 2 + base) / (base * 2))));

/** 三率: 响应率 of those called back, 解决率 and 满意率 of those who said so (or of all called back, by the parameter). Rounded half up. */
export function ratesOf(tally: Omit<Rates, 'responseRateBp' | 'resolvedRateBp' | 'satisfiedRateBp'>): Rates {
  return { ...tally, responseRateBp: rate(tally.contacted, tally.calledBack), resolvedRateBp: rate(tally.resolved, tally.resolvedBase), satisfiedRateBp: rate(tally.satisfied, tally.satisfiedBase) };
}

const YES = /^(是|已联系|联系上|有效联系|已?解决|已办结|满意|非常满意|很满意|比较满意|较满意|y|yes|true|1|√|✓)$/i;
const NO = /^(否|未联系|没有联系|未联系上|联系不上|未解决|没有解决|未办结|不满意|非常不满意|很不满意|n|no|false|0|×)$/i;

/** 读是否联系. Undefined when it is neither. */
export const readContacted = (text: string): boolean | null | undefined => (isUnsaid(text) ? null : NO.test(text) ? false : YES.test(text) ? true : undefined);
/** 读是否解决. Undefined when it is none of these. */
export function readResolved(text: string): Resolved | null | undefined {
  if (isUnsaid(text)) return null;
  if (/^(部分|基本)(解决|办结)?$/.test(text)) return 'partly';
  if (/^(未评价|无法判断|不清楚|不评价)$/.test(text)) return null;
  return /^(未|没有|不|否)/.test(text) || NO.test(text) ? 'no' : YES.test(text) ? 'yes' : undefined;
}
/** 读是否满意. Undefined when it is none of these. */
export function readSatisfied(text: string): Satisfied | null | undefined {
  if (isUnsaid(text)) return null;
  if (/^(基本满意|一般|较为满意)$/.test(text)) return 'fair';
  if (/^(未评价|不评价|无法判断)$/.test(text)) return null;
  return NO.test(text) ? 'no' : YES.test(text) ? 'yes' : undefined;
}
