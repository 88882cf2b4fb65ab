import type { LocalDate } from '#domain/kernel/brand.ts';

const DAY_MS = 86_400_000;
const isNext = (day: string | undefined, next: string) => day !== undefined && Date.parse(next) - Date.parse(day) === DAY_MS;
const monthDay = (day: LocalDate) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

/** 连续日期: sorted days as spans, as a notice writes them (`1月1日至3日（3天）、4月4日`). */
export function spansWords(days: readonly LocalDate[]): string {
  const spans: LocalDate[][] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last !== undefined && isNext(last.at(-1), day)) last.push(day);
    else spans.push([day]);
  }
  return spans.map(words).join('、') || '无';
}

function words(span: readonly LocalDate[]): string {
  const [first] = span;
  const last = span.at(-1);
  if (first === undefined || last === undefined) return '';
  if (span.length === 1) return monthDay(first);
  return `${monthDay(first)}至${first.slice(5, 7) === last.slice(5, 7) ? `${Number(last.slice(8))}日` : monthDay(last)}（${span.length}天）`;
}
