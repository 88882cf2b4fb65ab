import { z } from 'zod';
import { isLocalDate } from '#domain/kernel/brand.ts';
import type { FieldFact } from './field-facts.ts';

const ZONE = 'Asia/Shanghai';
const stamp = new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false });
const day = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });
const named = z.object({ name: z.string() });

/** 无内容: what stands where nothing is known. */
export const BLANK = '—';

/** 日期: `2025-06-30` as 2025年6月30日; other text as it is. */
export function dateWords(text: string): string {
  if (!isLocalDate(text)) return text;
  const [year, month, date] = text.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** 时间: an instant as the clock on the office's wall. */
export function instantWords(text: string): string {
  return stamp.format(new Date(text));
}

/** 今天: the day on the office's wall, for defaults of forms; the server has its own. */
export function todayOfClock(): string {
  return day.format(new Date());
}

/** 距今: how many days a day or an instant lies from `today`, by the calendar on the office's wall; empty when it is neither. */
export function distanceWords(value: string, today: string = todayOfClock()): string {
  const at = Date.parse(value);
  if (Number.isNaN(at)) return '';
  const days = Math.round((Date.parse(isLocalDate(value) ? value : day.format(at)) - Date.parse(today)) / 86_400_000);
  if (days === 0) return '今天';
  return days > 0 ? `还有 ${days} 天` : `已过 ${-days} 天`;
}

/** 个数: with thousands separators. */
export function numberWords(value: number): string {
  return value.toLocaleString('zh-CN');
}

/** 金额(元): fen as yuan with two decimals. */
export function yuanWords(value: number): string {
  return (value / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** 面积(㎡): cm² as square metres with two decimals. */
export function areaWords(value: number): string {
  return (value / 10_000).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 4 });
}

/** 百分比: basis points as per cent, at most two decimals. */
export function percentWords(value: number): string {
  return `${(value / 100).toLocaleString('zh-CN', { maximumFractionDigits: 2 })}%`;
}

/** 写成文字: a value of the wire as an office writes it. */
export function wordsOf(fact: Pick<FieldFact, 'kind' | 'choices'>, value: unknown): string {
  if (value === null || value === undefined || value === '') return BLANK;
  if (Array.isArray(value)) return value.length === 0 ? BLANK : value.map((one) => wordsOf(fact.kind === 'list' ? { ...fact, kind: 'text' } : fact, one)).join('、');
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return numberOf(fact.kind, value);
  if (typeof value === 'string') return textOf(fact, value);
  const reference = named.safeParse(value);
  return reference.success ? reference.data.name : BLANK;
}

function numberOf(kind: FieldFact['kind'], value: number): string {
  if (kind === 'money') return `${yuanWords(value)} 元`;
  if (kind === 'area') return `${areaWords(value)} ㎡`;
  return kind === 'percent' ? percentWords(value) : numberWords(value);
}

function textOf({ kind, choices }: Pick<FieldFact, 'kind' | 'choices'>, value: string): string {
  if (kind === 'date') return dateWords(value);
  if (kind === 'instant') return instantWords(value);
  return choices[value] ?? value;
}
