import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { count, download, instant, localDate, requiredText } from '../kernel.ts';

const days = z.array(localDate).max(60, '日期过多');

/** 节假日通知. */
export const HolidayNotice = z.object({
  year: count, noticeNo: z.string(), title: z.string(), publishedOn: localDate, daysOff: z.array(localDate), makeupDays: z.array(localDate),
  importedBy: z.string().nullable(), updatedAt: instant,
}).meta({ id: 'HolidayNotice', title: '节假日通知' });

/** 节假日通知, newest year first. */
export const listHolidayNotices = defineRoute({
  method: 'GET', path: '/holiday-notices', summary: '节假日通知', permission: 'signed-in',
  response: z.object({ rows: z.array(HolidayNotice), missingYear: count.nullable() }),
});

/** 导出节假日: a row per day off and per make-up day. */
export const exportHolidays = defineRoute({ method: 'GET', path: '/holiday-notices/export', summary: '导出节假日', permission: 'signed-in', response: download, kind: 'download', access: 'export' });

/** 登记节假日通知; the same year again replaces it. */
export const putHolidayNotice = defineRoute({
  method: 'PUT', path: '/holiday-notices/:year', summary: '登记节假日通知', permission: 'administration.calendar.edit',
  params: z.object({ year: z.coerce.number().int().min(2020).max(2100) }),
  body: z.object({
    noticeNo: requiredText(60, '请填写文号').meta({ title: '文号' }), title: requiredText(100, '请填写通知标题').meta({ title: '标题' }),
    publishedOn: localDate.meta({ title: '发布日期' }), daysOff: days.min(1, '请填写放假日').meta({ title: '放假日' }), makeupDays: days.meta({ title: '调休上班日' }),
  }),
  response: HolidayNotice, problems: ['input.invalid'],
});

/** 工作日期限: the last of `days` working days after `from`, explained line by line. */
export const getWorkingDays = defineRoute({
  method: 'GET', path: '/working-days', summary: '推算工作日', permission: 'signed-in',
  query: z.object({ from: localDate.refine((day) => day < '2190-01-01', '起算日应早于 2190 年').meta({ title: '起算日（当日不计）' }), days: z.coerce.number().int().min(1, '至少 1 个工作日').max(1000, '最多 1000 个工作日').meta({ title: '工作日数' }) }),
  response: z.object({
    on: localDate, provisional: z.boolean(), message: z.string(),
    lines: z.array(z.object({ on: localDate, weekday: z.string(), counted: z.boolean(), nth: count.nullable(), reason: z.string(), provisional: z.boolean() })),
  }),
});
