import { instant, localDate, type LocalDate } from '#domain/kernel/brand.ts';
import { defineDuty, type Counting, type Duty, type DutyDraft } from '#domain/kernel/duty.ts';
import { publishedHolidays } from '#domain/kernel/holidays.ts';
import { defineParameter, parameterOn, wholeNumber, type ParameterOverride } from '#domain/kernel/parameter.ts';
import { civilCode, houseConvention } from '#domain/kernel/rule.ts';
import { workingCalendar } from '#domain/kernel/working-calendar.ts';
import type { Grounds } from '../clock.ts';
import type { DutyEvent, DutyEventKind } from '../log.ts';

/** A parameter of `days` days for tests. */
export const daysOf = (days: number, id = 'sample.days') => defineParameter({ id, title: '办理天数', unit: '天', kind: wholeNumber(1, 9_999), versions: [{ from: localDate('2020-01-01'), value: days, source: houseConvention('数据质量'), sureness: 'I' }] });

/** A duty for tests that hears everything a duty may hear. */
export const sampleDuty = (due: Counting<unknown>, more: Partial<DutyDraft<unknown>> = {}): Duty<unknown> => defineDuty<unknown>({
  id: 'sample.act', title: '办理', source: civilCode('第二百零一条'), subject: 'Sample', holder: 'neighbourhood', opensOn: 'opened', appliesTo: () => true, due,
  suspendedBy: [{ event: 'asked', ground: '要求补充材料' }, { event: 'sent', ground: '送检', atMost: daysOf(10, 'sample.limit') }], resumedBy: ['answered'], reassignedBy: ['handed'], dischargedBy: ['done'], reopenedBy: ['reopened'], voidedBy: ['withdrawn'],
  extension: { days: daysOf(5, 'sample.extension') }, extendedBy: ['extended'], restatedBy: ['restated'], ...more,
});

/** The published calendar and no county settings but those given. */
export const groundsWith = (overrides: readonly ParameterOverride[] = [], today = '2026-11-20'): Grounds => ({ calendar: workingCalendar(publishedHolidays), today: localDate(today), inForce: (parameter, on) => parameterOn(parameter, overrides, on) });

const EVENT: Readonly<Record<DutyEventKind, string>> = { opened: 'opened', suspended: 'asked', resumed: 'answered', extended: 'extended', restated: 'restated', reassigned: 'handed', reopened: 'reopened', discharged: 'done', waived: 'obligation.waived', void: 'withdrawn' };

/** One entry of a log, at ten in the morning unless said otherwise. */
export function happened(kind: DutyEventKind, on: string, more: Partial<DutyEvent> = {}): DutyEvent {
  const day: LocalDate = localDate(on);
  return { id: `${kind}-${on}-${more.id ?? ''}`, kind, at: instant(`${on}T02:00:00.000Z`), on: day, event: EVENT[kind], reason: '理由', byName: null, dueOn: null, toName: null, ...more };
}
