import type { LocalDate } from '#domain/kernel/brand.ts';
import { localDate } from '#domain/kernel/brand.ts';
import { publishedHolidays } from '#domain/kernel/holidays.ts';
import type { WorkingCalendar } from '#domain/kernel/working-calendar.ts';
import { everything } from '../access/scope.ts';
import type { Db } from '../db/types.ts';
import type { Kit } from '../kit.ts';
import { documentNoOf } from '../parameters/legal.ts';

/** 工作日历 as known now: the notices that came with the product, each replaced by an officer's of the same year. Beyond them a date is provisional. */
export async function readCalendar(db: Db): Promise<WorkingCalendar> {
  const loaded = await db.selectFrom('platform.holidayNotice').select(['year', 'daysOff as off', 'makeupDays']).orderBy('year').execute();
  const years = new Set(loaded.map(({ year }) => year));
  const notices = [...publishedHolidays.filter(({ year }) => !years.has(year)), ...loaded];
  return {
    off: new Set(notices.flatMap(({ off }) => [...off])),
    makeupDays: new Set(notices.flatMap(({ makeupDays }) => [...makeupDays])),
    years: new Set(notices.map(({ year }) => year)),
  };
}

/** The days on which the notices that come with the product were published. */
const PUBLISHED: Readonly<Record<number, LocalDate>> = { 2025: localDate('2024-11-12'), 2026: localDate('2025-11-04') };

/** 登记内置的节假日通知, those not there yet; an officer's own entry is never replaced. @returns the years added */
export function ensureHolidays(kit: Pick<Kit, 'database'>): Promise<number[]> {
  const rows = publishedHolidays.flatMap(({ year, title, off, makeupDays, source }) => {
    const publishedOn = PUBLISHED[year];
    const noticeNo = documentNoOf(source) ?? '文号待补';
    return publishedOn === undefined ? [] : [{ year, title, noticeNo, publishedOn, daysOff: [...off], makeupDays: [...makeupDays] }];
  });
  return kit.database.write(everything, async (db) => {
    const added = await db.insertInto('platform.holidayNotice').values(rows).onConflict((conflict) => conflict.column('year').doNothing()).returning('year').execute();
    return added.map(({ year }) => year);
  });
}
