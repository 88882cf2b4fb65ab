import type { Instant, LocalDate } from '#domain/kernel/brand.ts';
import type { DayReason } from '#domain/kernel/working-calendar.ts';
import type { InForce, Parameter } from '#domain/kernel/parameter.ts';

/** 时限记录的种类 in words: what may happen to one duty. */
export const dutyEventLabels = {
  opened: '开始', suspended: '中止', resumed: '恢复', extended: '延期', restated: '期限重新给定', reassigned: '转交', reopened: '重新办理', discharged: '办结', waived: '免除', void: '作废',
} as const;
/** 时限记录的种类. */
export type DutyEventKind = keyof typeof dutyEventLabels;

/** 时限记录: one thing that happened to a duty, on the day and at the moment of the act. `id` is stable and breaks ties. */
export interface DutyEvent {
  readonly id: string;
  readonly kind: DutyEventKind;
  readonly at: Instant;
  readonly on: LocalDate;
  /** Name of the fact told; null for what an officer did on the duty itself. */
  readonly event: string | null;
  readonly reason: string | null;
  readonly byName: string | null;
  /** Of `restated`: the deadline now given; of `opened` by a duty before a date: that date. */
  readonly dueOn: LocalDate | null;
  /** Of `reassigned`: to whom. */
  readonly toName: string | null;
}

/** 时限状态 in words. */
export const dutyStateLabels = { open: '在办', suspended: '中止', discharged: '已办', waived: '已免除', void: '已作废' } as const;
/** 时限状态. */
export type DutyState = keyof typeof dutyStateLabels;

/** 期限的天数或小时数 as found: the value, its parameter and the version in force on the day of the act. */
export interface Amount { readonly value: number; readonly unit: string; readonly parameterId: string; readonly title: string; readonly inForce: InForce<number> }

/** 取参数: the version in force on a day, the county's own first. */
export type ParametersInForce = <T>(parameter: Parameter<T>, on: LocalDate) => InForce<T>;

/** 说明的一行, as facts; `explain` says them in Chinese. */
export type Explanation =
  | { readonly kind: 'opened'; readonly on: LocalDate; readonly at: Instant }
  | { readonly kind: 'amount'; readonly counting: 'working-days' | 'natural-days' | 'natural-months' | 'hours' | 'times'; readonly amount: Amount }
  /** Of months: the day that corresponds, before any stop or day off. */
  | { readonly kind: 'corresponds'; readonly from: LocalDate; readonly on: LocalDate }
  | { readonly kind: 'given'; readonly dueOn: LocalDate }
  /** Before a day that a record carries: from when on, and by when. `told` is how often the day was told anew. */
  | { readonly kind: 'before'; readonly date: LocalDate; readonly from: LocalDate; readonly by: LocalDate; readonly opensAhead: Amount; readonly doneAhead: Amount | null; readonly lastToldOn: LocalDate | null }
  | { readonly kind: 'period'; readonly from: LocalDate; readonly to: LocalDate; readonly daysAfter: number }
  /** A run of days alike; `first` and `last` are their numbers in the count, null where they are not counted. */
  | { readonly kind: 'days'; readonly from: LocalDate; readonly to: LocalDate; readonly reason: DayReason['reason'] | '自然日' | '中止' | '办结'; readonly first: number | null; readonly last: number | null; readonly provisional: boolean }
  | { readonly kind: 'paused'; readonly cause: 'suspended' | 'discharged'; readonly from: LocalDate; readonly until: LocalDate | null; readonly ground: string; readonly limitOn: LocalDate | null }
  | { readonly kind: 'extended'; readonly on: LocalDate; readonly byName: string | null; readonly reason: string | null; readonly amount: Amount }
  | { readonly kind: 'extension-refused'; readonly on: LocalDate; readonly byName: string | null }
  | { readonly kind: 'restated'; readonly on: LocalDate; readonly dueOn: LocalDate; readonly reason: string | null }
  | { readonly kind: 'reassigned'; readonly on: LocalDate; readonly toName: string | null }
  | { readonly kind: 'moved'; readonly from: LocalDate; readonly to: LocalDate }
  | { readonly kind: 'fixed' }
  | { readonly kind: 'due'; readonly on: LocalDate; readonly at: Instant | null; readonly provisional: boolean }
  | { readonly kind: 'waiting'; readonly counted: number; readonly left: number | null }
  | { readonly kind: 'ended'; readonly how: 'discharged' | 'waived' | 'void'; readonly on: LocalDate; readonly isLate: boolean; readonly reason: string | null; readonly byName: string | null };

/** 按发生先后: whatever the order of arrival. */
export function inOrder(log: readonly DutyEvent[]): DutyEvent[] {
  return log.toSorted((a, b) => compare(a.on, b.on) || compare(a.at, b.at) || compare(a.id, b.id));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
