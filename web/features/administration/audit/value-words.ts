import { isLocalDate } from '#domain/kernel/brand.ts';
import { dateWords, instantWords } from '#web/kit/schema/words.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** 记录里的值 as an office reads it: days and times in Chinese, an inner number as such, nothing as 空. */
export function valueWords(value: string | null): string {
  if (value === null || value === '') return '空';
  if (ID.test(value)) return `编号 ${value.slice(-8)}`;
  return value.split('、').map(oneWords).join('、');
}

function oneWords(text: string): string {
  if (isLocalDate(text)) return dateWords(text);
  return INSTANT.test(text) ? instantWords(text) : text;
}
