import { isLocalDate, type LocalDate } from '#domain/kernel/brand.ts';
import { between } from './read-days.ts';

/** 通知里读出的日子. */
export interface NoticeDays { readonly daysOff: LocalDate[]; readonly makeupDays: LocalDate[] }

const BRACKETS = /[(（][^)）]*[)）]/g;
const SPAN = /(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\s*(?:至|到|—+|-|~|～)\s*(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日)?/g;

/** 读通知正文: the days off and the make-up days out of a notice as it was published (`1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。`). */
export function readNotice(year: number, text: string): NoticeDays {
  const daysOff = new Set<LocalDate>();
  const makeupDays = new Set<LocalDate>();
  for (const sentence of text.replaceAll(BRACKETS, '').split(/[。；;\n]+/)) {
    const isWork = sentence.includes('上班');
    if (!isWork && !sentence.includes('放假')) continue;
    // `…放假，1月4日上班` in one sentence: what stands before 放假 is off, what follows is worked.
    const cut = isWork && sentence.includes('放假') ? sentence.indexOf('放假') : isWork ? 0 : sentence.length;
    for (const day of daysIn(year, sentence.slice(0, cut))) daysOff.add(day);
    for (const day of daysIn(year, isWork ? sentence.slice(cut) : '')) makeupDays.add(day);
  }
  return { daysOff: [...daysOff].toSorted(), makeupDays: [...makeupDays].toSorted() };
}

function daysIn(year: number, text: string): LocalDate[] {
  let month: string | undefined;
  return [...text.matchAll(SPAN)].flatMap(([, year1, month1, day1, year2, month2, day2]) => {
    month = month1 ?? month;
    const from = dayOf(Number(year1 ?? year), month, day1);
    month = month2 ?? month;
    const to = day2 === undefined ? from : dayOf(Number(year2 ?? year), month, day2);
    return from === null || to === null || to < from ? [] : between(from, to);
  });
}

function dayOf(year: number, month: string | undefined, day: string | undefined): LocalDate | null {
  const written = `${year}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
  return isLocalDate(written) ? written : null;
}
