import type { LocalDate } from '#domain/kernel/brand.ts';
import { addDays, dateText } from '#domain/kernel/local-date.ts';
import { civilCode, defineRule, houseConvention } from '#domain/kernel/rule.ts';
import { isProvisional, isWorkingDay, workingDaysAfter, type WorkingCalendar } from '#domain/kernel/working-calendar.ts';

/** 公示期 in words. */
export const periodKindLabels = { none: '长期公开', natural: '公示若干日（自然日）', working: '公示若干个工作日', until: '公示到指定日期' } as const;
export type PeriodKind = keyof typeof periodKindLabels;

/** 公示期的填法: `days` goes with natural and working days, `until` with a day that was set. */
export interface Period { readonly kind: PeriodKind; readonly days: number | null; readonly until: LocalDate | null }

/** 公示期填写完整: as many days as it needs, or a day that is still ahead; `on` is the day of issue, or today while it is drafted. */
export const periodComplete = defineRule<Period & { readonly on: LocalDate }>({
  id: 'publication.period-complete',
  source: houseConvention('公开发布'),
  broken: ({ kind, days, until, on }) => [
    (kind === 'natural' || kind === 'working') && (days === null || days < 1 || days > 365) && '请填写公示天数，1 到 365 之间',
    kind === 'until' && until === null && '请填写公示到哪一天',
    kind === 'until' && until !== null && until <= on && `公示截止日期${dateText(until)}不晚于${dateText(on)}，请改为以后的日期`,
  ],
});

/** 期间的算法, as the page cites it. */
export const periodSource = [civilCode('第二百零一条'), civilCode('第二百零三条')];

/**
 * 公示期至: the last day on which it stands, and how that was counted. The day of issue is not counted; a period of natural days that ends on
 * a day off ends on the next working day (民法典 201, 203). Null for what stands without end. Provisional where a year's days off are not known yet.
 */
export function untilOf({ kind, days, until }: Period, on: LocalDate, calendar: WorkingCalendar): { on: LocalDate | null; isProvisional: boolean; words: string } {
  if (kind === 'none') return { on: null, isProvisional: false, words: '长期公开，没有到期日' };
  if (kind === 'until') return { on: until, isProvisional: false, words: `按指定的日期，公示到${until === null ? '' : dateText(until)}（含当日）` };
  const count = days ?? 1;
  const begun = `自${dateText(on)}发布，发布当日不计入，`;
  if (kind === 'working') {
    const last = workingDaysAfter(calendar, on, count);
    return { on: last.on, isProvisional: last.provisional, words: `${begun}自次日起算${count}个工作日，到${dateText(last.on)}（含当日）${noted(last.provisional)}` };
  }
  const end = addDays(on, count);
  let last = end;
  while (!isWorkingDay(calendar, last)) last = addDays(last, 1);
  const provisional = isProvisional(calendar, last) || isProvisional(calendar, end);
  const moved = last === end ? '' : `；第${count}日${dateText(end)}是休息日，顺延到其后第一个工作日`;
  return { on: last, isProvisional: provisional, words: `${begun}自次日起算${count}日${moved}，到${dateText(last)}（含当日）${noted(provisional)}` };
}

const noted = (provisional: boolean): string => (provisional ? '；其中有还没有公布放假安排的年份，按周末推算' : '');

/** 是否到期: the last day still counts. */
export const isOver = (until: LocalDate | null, today: LocalDate): boolean => until !== null && until < today;
