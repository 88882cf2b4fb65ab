import type { LocalDate } from '#domain/kernel/brand.ts';
import { isErrorText, isBlankText, textOf } from '../cells/cell.ts';
import { parseDate } from '../cells/date.ts';
import { identifier } from '../cells/text.ts';
import type { RawCell } from '../types.ts';
import { momentFields, orderColumns, type OrderField } from './columns.ts';

/** 工单的原文 by field; a moment as 2026-11-23 09:15, or as it was written where it cannot be read. */
export type OrderTexts = Readonly<Partial<Record<OrderField, string>>>;
/** 时刻: the day, and the minute where one is told. */
export interface Moment { readonly on: LocalDate; readonly time: string | null }
/** 工单行的问题: an `error` keeps the row back until it is mended, a `warn` takes and flags it. */
export interface OrderProblem { readonly field: OrderField; readonly severity: 'error' | 'warn'; readonly message: string }

/** 精度丢失: stands where Excel cut a long number. */
const LOST = '#末几位已丢失';
const LONGEST = 5_000;

/** 单元格原文: as it will be shown, mended and read. */
export function orderText(field: OrderField, cell: RawCell): string {
  if (field === 'orderNo' && identifier(cell, '').is === 'fault') return LOST;
  if (cell !== null && typeof cell === 'object') return cell.time === undefined ? cell.date : `${cell.date} ${cell.time}`;
  if (momentFields.includes(field)) {
    const moment = readMoment(typeof cell === 'number' ? String(cell) : textOf(cell));
    return moment === null || moment === undefined ? textOf(cell) : momentText(moment);
  }
  // What was said keeps its lines.
  return typeof cell === 'string' && (field === 'content' || field === 'answer') ? cell.trim().slice(0, LONGEST) : textOf(cell).slice(0, field === 'content' || field === 'answer' ? LONGEST : 500);
}

/** 时刻的写法. */
export const momentText = ({ on, time }: Moment): string => (time === null ? on : `${on} ${time}`);

const CLOCK = /[T\s日号]*(上午|下午|晚上?|中午|早上?)?\s*(\d{1,2})\s*[:：时点]\s*(?:(\d{1,2})\s*(?:分|[:：]\s*\d{1,2}(?:\.\d+)?\s*秒?)?)?\s*(?:\d{1,2}秒)?Z?$/;

/** 读时刻: 2026-11-23 09:15, 2026年11月23日下午3时, 20261123 0915 left out, or Excel's number with a part of a day. Null when blank, undefined when it cannot be read. */
export function readMoment(text: string): Moment | null | undefined {
  const plain = text.trim();
  if (isBlankText(plain)) return null;
  if (/^\d{5}\.\d+$/.test(plain)) return bySerial(plain);
  const clock = CLOCK.exec(plain);
  const hour = clock === null ? null : Number(clock[2]) + (/下午|晚/.test(clock[1] ?? '') && Number(clock[2]) < 12 ? 12 : 0);
  const minute = Number(clock?.[3] ?? 0);
  if (hour !== null && (hour > 24 || minute > 59)) return undefined;
  const day = clock === null ? plain : plain.slice(0, clock.index) + (/[日号]/.exec(clock[0])?.[0] ?? '');
  const on = parseDate(day.trim(), 'first');
  if (on === null || (/^\d{4}(年|[-./]\d{1,2}月?)?$/.test(day.trim()))) return undefined;
  return { on, time: hour === null ? null : hour === 24 ? '23:59' : `${pad(hour)}:${pad(minute)}` };
}

const DAY_MINUTES = 1_440;
function bySerial(text: string): Moment | undefined {
  const on = parseDate(text, 'first');
  const minute = Math.round(Number(`0.${text.split('.')[1] ?? '0'}`) * DAY_MINUTES);
  return on === null ? undefined : { on, time: minute === 0 || minute >= DAY_MINUTES ? null : `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}` };
}
const pad = (number: number): string => String(number).padStart(2, '0');

/** 核对工单行, as far as the row alone allows: number, content and days. Each sentence says what is wrong and what to do. */
export function checkOrder(texts: OrderTexts): OrderProblem[] {
  const at = (field: OrderField) => texts[field] ?? '';
  const wrong = (field: OrderField, severity: OrderProblem['severity'], says: string): OrderProblem => ({ field, severity, message: `“${orderColumns[field].title}”${says}` });
  const missing = (field: OrderField) => (isBlankText(at(field)) ? [wrong(field, 'error', '没有填写，请补上')] : isErrorText(at(field)) ? [wrong(field, 'error', '是公式出错的结果，请改成实际内容')] : []);
  const due = readMoment(at('dueAt'));
  const called = readMoment(at('calledAt')) ?? readMoment(at('dispatchedAt')) ?? null;
  return [
    ...(at('orderNo') === LOST ? [wrong('orderNo', 'error', '被 Excel 当成数字，末几位已丢失，请把该列设为“文本”后重新导出，或者在这里改正')] : missing('orderNo')),
    ...(at('orderNo').length > MOST_NO ? [wrong('orderNo', 'error', `超过${MOST_NO}个字，请核对`)] : []),
    ...missing('content'),
    ...momentFields.filter((field) => readMoment(at(field)) === undefined).map((field) => wrong(field, field === 'dueAt' ? 'error' : 'warn', `写的是“${at(field).slice(0, 20)}”，看不出是哪一天，请写成“2026-01-03 09:15”的样子`)),
    ...(due === null && called !== null ? [wrong('dueAt', 'warn', '没有填写，暂按本县的答复期限计算')] : []),
    ...(due && called && due.on < called.on ? [wrong('dueAt', 'error', `早于来电的日期（${called.on}），请核对`)] : []),
  ];
}
const MOST_NO = 60;
