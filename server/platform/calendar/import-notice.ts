import type { Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import { localDate } from '#domain/kernel/brand.ts';
import { addDays, dateText, weekdayOf } from '#domain/kernel/local-date.ts';
import type { Tx } from '../context.ts';
import { Problem, type FieldError } from '../problem.ts';

/** 节假日通知草稿, as an officer copies it from the published notice. */
export interface NoticeDraft {
  readonly year: number; readonly noticeNo: string; readonly title: string; readonly publishedOn: LocalDate;
  readonly daysOff: readonly LocalDate[]; readonly makeupDays: readonly LocalDate[];
}

/**
 * 登记节假日通知: the same year again replaces it, with an entry of what it was.
 * @throws Problem input.invalid naming every wrong day at once
 */
export async function importNotice(tx: Tx, draft: NoticeDraft, importedBy: Id<'AppUser'> | null, now: Instant) {
  const errors = faultsOf(draft);
  if (errors.length > 0) throw new Problem('input.invalid', errors.map(({ message }) => message).join('；'), { errors });
  const { year, noticeNo, title, publishedOn } = draft;
  const fields = { noticeNo, title, publishedOn, daysOff: tidy(draft.daysOff), makeupDays: tidy(draft.makeupDays), importedBy };
  const before = await tx.db.selectFrom('platform.holidayNotice').selectAll().where('year', '=', year).forUpdate().executeTakeFirst();
  const after = await tx.db.insertInto('platform.holidayNotice').values({ year, ...fields, createdAt: now, updatedAt: now })
    .onConflict((conflict) => conflict.column('year').doUpdateSet({ ...fields, updatedAt: now })).returningAll().executeTakeFirstOrThrow();
  tx.audit({ action: before ? 'calendar.replace' : 'calendar.import', subject: ['HolidayNotice', String(year)], before: before ?? null, after });
  return after;
}

const tidy = (days: readonly LocalDate[]) => [...new Set(days)].toSorted();

/** Everything wrong with a draft: days far from the year, make-up days that are no weekend, days that are both. */
export function faultsOf({ year, daysOff, makeupDays, publishedOn }: NoticeDraft): FieldError[] {
  const first = addDays(localDate(`${year}-01-01`), -7);
  const last = addDays(localDate(`${year}-12-31`), 7);
  const far = (day: LocalDate) => day < first || day > last;
  const off = new Set(daysOff);
  const told = (pointer: string, days: readonly LocalDate[], is: (day: LocalDate) => boolean, what: string) =>
    days.flatMap((day, at) => (is(day) ? [{ pointer: `${pointer}/${at}`, message: `${dateText(day)}${what}` }] : []));
  return [
    ...told('/daysOff', daysOff, far, `不在${year}年，请核对年份`),
    ...told('/makeupDays', makeupDays, far, `不在${year}年，请核对年份`),
    ...told('/makeupDays', makeupDays, (day) => weekdayOf(day) < 6, '是周一至周五，不能作为调休上班日'),
    ...told('/makeupDays', makeupDays, (day) => off.has(day), '同时填成了放假日和调休上班日'),
    ...(publishedOn > last ? [{ pointer: '/publishedOn', message: '发布日期晚于这一年，请核对' }] : []),
  ];
}
