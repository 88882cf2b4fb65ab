import { isLocalDate } from '#domain/kernel/brand.ts';
import { BLANK, dateWords, distanceWords, instantWords } from './schema/words.ts';

/** 日期文字: a day or an instant in Chinese; pointing at it says how far off it is. */
export function DateText({ value, hint }: { value: string | null | undefined; hint?: string | undefined }) {
  if (value === null || value === undefined || value === '') return <span className="sz-muted">{BLANK}</span>;
  const isDay = isLocalDate(value);
  return <time dateTime={value} title={[hint, distanceWords(value)].filter(Boolean).join('；')}>{isDay ? dateWords(value) : instantWords(value)}</time>;
}
