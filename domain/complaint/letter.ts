import type { LocalDate } from '../kernel/brand.ts';
import { addMonths } from '../kernel/local-date.ts';

/** What a file holds of a letter. */
const MOST = 5_000;
const REST = '\n……（来信较长，其余见来件原件）';

/** 来信的内容 as a complaint's text: the subject first, then what was written; what does not fit stays in the letter. */
export function letterBody({ subject, text }: { readonly subject: string; readonly text: string }): { readonly text: string; readonly isCut: boolean } {
  const whole = [subject === '' ? '' : `主题：${subject}`, text].filter((part) => part.trim() !== '').join('\n').trim();
  if (whole.length <= MOST) return { text: whole, isCut: false };
  return { text: `${whole.slice(0, MOST - REST.length).toWellFormed().replace(/\ufffd$/u, '')}${REST}`, isCut: true };
}

/** 收到日期: the first day told that can be one, not after today and not more than ten years back; else today, which the clerk is told to check. */
export function letterDay(told: readonly LocalDate[], today: LocalDate): { readonly receivedOn: LocalDate; readonly isDayRead: boolean } {
  const oldest = addMonths(today, -120);
  const day = told.find((one) => one <= today && one >= oldest);
  return { receivedOn: day ?? today, isDayRead: day !== undefined };
}
