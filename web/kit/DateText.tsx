import { isLocalDate } from '#domain/kernel/brand.ts';
import { BLANK, dateWords, instantWords, todayOfClock } from './schema/words.ts';

/** 日期文字: a day or an instant in Chinese; pointing at it says how far off it is. */
export function DateText({ value, hint }: { value: string | null | undefined; hint?: string | undefined }) {
  if (value === null || value === undefined || value === '') return <span className="sz-muted">{BLANK}</span>;
  const isDay = isLocalDate(value);
  const distance = distanceWords(isDay ? value : value.slice(0, 10));
  return <time dateTime={value} title={[hint, distance].filter(Boolean).join('；')}>{isDay ? dateWords(value) : instantWords(value)}</time>;
}

function distanceWords(on: string): string {
  const days = Math.round((Date.parse(on) - Date.parse(todayOfClock())) / 86_400_000);
  if (Number.isNaN(days)) return '';
  if (days === 0) return '今天';
  return days > 0 ? `还有 ${days} 天` : `已过 ${-days} 天`;
}
