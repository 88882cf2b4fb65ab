import type * as route from '#contract/administration/calendar.ts';
import type { Input, Output } from '#contract/define-route.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { dateText, weekdayOf, yearOf } from '#domain/kernel/local-date.ts';
import { explainWorkingDays, workingDaysAfter } from '#domain/kernel/working-calendar.ts';
import { importNotice } from '#platform/calendar/import-notice.ts';
import { readCalendar } from '#platform/calendar/read.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';

/** 星期几. */
export const weekday = (on: LocalDate): string => `星期${'一二三四五六日'.charAt(weekdayOf(on) - 1)}`;

/** Notices with who entered them. */
export const notices = (db: Db) => db.selectFrom('platform.holidayNotice as n').leftJoin('platform.appUser as u', 'u.id', 'n.importedBy')
  .select(['n.year', 'n.noticeNo', 'n.title', 'n.publishedOn', 'n.daysOff', 'n.makeupDays', 'u.name as importedBy', 'n.updatedAt']);

/** 节假日通知, newest year first, and the year an officer should load next. */
export function listHolidayNotices(ctx: Ctx): Promise<Output<typeof route.listHolidayNotices>> {
  return ctx.read(async (db) => {
    const rows = await notices(db).orderBy('n.year', 'desc').limit(100).execute();
    const { years } = await readCalendar(db);
    // The notice of the next year is published in November: until then its absence is nothing to mend.
    const due = ctx.today.slice(5) >= '11-15' ? [yearOf(ctx.today), yearOf(ctx.today) + 1] : [yearOf(ctx.today)];
    return { rows, missingYear: due.find((year) => !years.has(year)) ?? null };
  });
}

/** 登记节假日通知. */
export function putHolidayNotice(ctx: Ctx, { params, body }: Input<typeof route.putHolidayNotice>): Promise<Output<typeof route.putHolidayNotice>> {
  return ctx.transact(async (tx) => {
    const notice = await importNotice(tx, { year: params.year, ...body }, ctx.actor.userId, ctx.now);
    tx.emit({ name: 'platform.holiday-notice-recorded', key: `${notice.year}:${notice.updatedAt}`, payload: { year: notice.year } });
    return notices(tx.db).where('n.year', '=', params.year).executeTakeFirstOrThrow();
  });
}

/** 推算工作日, line by line. */
export function getWorkingDays(ctx: Ctx, { query }: Input<typeof route.getWorkingDays>): Promise<Output<typeof route.getWorkingDays>> {
  return ctx.read(async (db) => {
    const calendar = await readCalendar(db);
    const { on, provisional } = workingDaysAfter(calendar, query.from, query.days);
    let counted = 0;
    const lines = explainWorkingDays(calendar, query.from, query.days).map((day) => {
      counted += day.counted ? 1 : 0;
      return { ...day, weekday: weekday(day.on), nth: day.counted ? counted : null };
    });
    const message = `自${dateText(query.from)}起（当日不计）第 ${query.days} 个工作日是${dateText(on)}。${provisional ? '其中有的年份节假日通知尚未登记，结果是暂定的。' : ''}`;
    return { on, provisional, message, lines };
  });
}
