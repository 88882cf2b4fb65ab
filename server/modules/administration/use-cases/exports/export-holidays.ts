import type * as calendarRoute from '#contract/administration/calendar.ts';
import type { Input } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { column, count, day, exportList, text } from '#platform/workbook/export-list.ts';
import type { ExportColumn } from '#platform/workbook/write.ts';
import { notices, weekday } from '../calendar.ts';

/** 导出节假日: a row per day off and per make-up day, in order. */
export function exportHolidays(ctx: Ctx, { query }: Input<typeof calendarRoute.exportHolidays>): Promise<Download> {
  type Row = { readonly on: LocalDate; readonly isOff: boolean; readonly year: number; readonly noticeNo: string; readonly title: string };
  const columns: readonly ExportColumn<Row>[] = [
    column('年份', 'count', (row) => count(row.year)), column('日期', 'date', (row) => day(row.on)), column('星期', 'text', (row) => text(weekday(row.on))), column('安排', 'text', (row) => text(row.isOff ? '放假' : '调休上班')),
    column('文号', 'text', (row) => text(row.noticeNo)), column('通知', 'text', (row) => text(row.title)),
  ];
  return exportList(ctx, {
    title: '节假日安排', kind: 'holiday', on: ctx.today, columns, query,
    rows: async (db) => (await notices(db).orderBy('n.year', 'desc').limit(100).execute()).flatMap(({ year, noticeNo, title, daysOff, makeupDays }) =>
      [...daysOff.map((on) => ({ on, isOff: true })), ...makeupDays.map((on) => ({ on, isOff: false }))].toSorted((a, b) => (a.on < b.on ? -1 : 1)).map((one) => ({ ...one, year, noticeNo, title }))),
  });
}
