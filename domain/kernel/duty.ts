import type { LocalDate } from './brand.ts';
import type { Parameter } from './parameter.ts';
import type { Source } from './rule.ts';

/** 由事实定: a value worked out from a duty's facts. Facts are plain JSON of the capability that declares the duty and tells what happened. */
export type From<F, T> = { from(facts: F): T }['from'];
type OrFrom<F, T> = T | From<F, T>;

/** 责任主体种类 in words. Never a rank of persons: a duty is held by a body, and within it perhaps by a handler. */
export const holderKindLabels = {
  'county-bureau': '县级主管部门', township: '乡镇街道', neighbourhood: '社区', handler: '承办单位', company: '物业服务企业', committee: '业主组织', 'conference-office': '联席会议办公室',
} as const;
/** 责任主体种类. */
export type HolderKind = keyof typeof holderKindLabels;

/** 计日方式: how the due day is counted. The day of the act itself is never counted (民法典第二百零一条). */
export type Counting<F> =
  /** 工作日, by the holiday notices with their make-up days. */
  | { readonly kind: 'working-days'; readonly days: OrFrom<F, Parameter<number>> }
  /** 自然日; a last day that is a day off moves to the first day after it (民法典第二百零三条). */
  | { readonly kind: 'natural-days'; readonly days: OrFrom<F, Parameter<number>> }
  /** 月, to the day of the last month that corresponds to the day of the act, where there is none to that month's last day (民法典第二百零二条); a day off moves as above. */
  | { readonly kind: 'natural-months'; readonly months: OrFrom<F, Parameter<number>> }
  /** 小时, from the moment of the act, whatever the day. */
  | { readonly kind: 'hours'; readonly hours: OrFrom<F, Parameter<number>> }
  /** 交办时给定的期限, which beats ours; the day itself is included. */
  | { readonly kind: 'given'; readonly dueOn: From<F, LocalDate> }
  /**
   * 到期前: by a day that a record carries, itself included, or `doneAhead` days before it; it begins `opensAhead` days or months before that record's day. Both numbers are
   * those in force on that day. A last day that is a day off stays: whoever counts back gains nothing by it.
   */
  | { readonly kind: 'before-date'; readonly date: From<F, LocalDate>; readonly opensAhead: { readonly unit: 'days' | 'months'; readonly amount: Parameter<number> }; readonly doneAhead: Parameter<number> | null }
  /** 每期固定日: `daysAfter` natural days after the last day of each month, quarter or year (0: that last day); `times` acts are due in each. */
  | { readonly kind: 'period-day'; readonly every: Period; readonly daysAfter: number | From<F, number>; readonly times: OrFrom<F, Parameter<number>> | null };

/** 周期. */
export type Period = 'month' | 'quarter' | 'year';

/** 中止事由: the fact that stops the clock, the ground as users read it, and after how many natural days at most it runs on by itself. */
export interface Suspension { readonly event: string; readonly ground: string; readonly atMost?: Parameter<number> }

/** 提醒的一级: each is climbed once. `key` is its name within the duty; `tell` is who hears of it besides the holder. */
export type Rung =
  | { readonly kind: 'begins'; readonly key: string }
  | { readonly kind: 'warn'; readonly key: string; readonly percent: number }
  | { readonly kind: 'overdue'; readonly key: string; readonly tell: HolderKind | null }
  | { readonly kind: 'again'; readonly key: string; readonly days: number; readonly tell: HolderKind };

/**
 * 时限义务 as a value: who must do what by when, on which clause, and what happens to it. Events are names of facts told to `recordFact` of the
 * obligation module; one that a duty does not list leaves it alone.
 */
export interface Duty<F> {
  readonly id: string;
  readonly title: string;
  readonly source: readonly Source[];
  /** The kind of thing it is about, as in `fact.subject`. */
  readonly subject: string;
  readonly holder: OrFrom<F, HolderKind>;
  readonly opensOn: readonly string[];
  appliesTo(facts: F): boolean;
  readonly due: OrFrom<F, Counting<F>>;
  readonly suspendedBy: readonly Suspension[];
  readonly resumedBy: readonly string[];
  /** Hands it to another holder: `holders` of that fact. Time neither stops nor starts anew. */
  readonly reassignedBy: readonly string[];
  readonly dischargedBy: readonly string[];
  /** Takes a discharge back; the clock counts on from where it stood. */
  readonly reopenedBy: readonly string[];
  readonly voidedBy: readonly string[];
  /** 延期: once at most, with a reason; by `extendedBy`, or by an officer on the duty's own page. Null: never. */
  readonly extension: { readonly days: Parameter<number> } | null;
  readonly extendedBy: readonly string[];
  /** A `given` deadline, or the day a duty begins before, was told anew; the last told one counts. */
  readonly restatedBy: readonly string[];
  readonly ladder: readonly Rung[];
  /** Parameters it rests on besides those its days are counted by: what decides whether it applies. */
  readonly restsOn: readonly Parameter<unknown>[];
}

/** What `defineDuty` may leave out. */
type Optional = 'suspendedBy' | 'resumedBy' | 'reassignedBy' | 'reopenedBy' | 'voidedBy' | 'extension' | 'extendedBy' | 'restatedBy' | 'ladder' | 'restsOn';
/** 时限义务草稿. `opensOn` may be one event or several. */
export type DutyDraft<F> = Omit<Duty<F>, Optional | 'opensOn' | 'source'> & Partial<Pick<Duty<F>, Optional>> & { readonly opensOn: string | readonly string[]; readonly source: Source | readonly Source[] };

const ID = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;

/**
 * 定义时限义务. Left out, the ladder warns the holder at 70 % of the time and says once that it is overdue; `again` beyond it is the duty's own choice.
 * @throws RangeError when the id is malformed, no source or no discharge is given, two rungs share a name, or grounds of suspension have no way back
 */
export function defineDuty<F>({ opensOn, source, ...draft }: DutyDraft<F>): Duty<F> {
  const sources = 'id' in source ? [source] : [...source];
  const duty: Duty<F> = {
    suspendedBy: [], resumedBy: [], reassignedBy: [], reopenedBy: [], voidedBy: [], extension: null, extendedBy: [], restatedBy: [], ladder: [warnAt(70), overdue()], restsOn: [],
    ...draft, opensOn: typeof opensOn === 'string' ? [opensOn] : [...opensOn], source: sources,
  };
  if (!ID.test(duty.id)) throw new RangeError(`malformed duty id: ${duty.id}`);
  if (sources.length === 0) throw new RangeError(`duty without a source: ${duty.id}`);
  if (duty.opensOn.length === 0 || duty.dischargedBy.length === 0) throw new RangeError(`duty that nothing opens or discharges: ${duty.id}`);
  if (new Set(duty.ladder.map(({ key }) => key)).size !== duty.ladder.length) throw new RangeError(`two rungs of one name: ${duty.id}`);
  if (duty.resumedBy.length === 0 && duty.suspendedBy.some(({ atMost }) => atMost === undefined)) throw new RangeError(`suspended for ever: ${duty.id}`);
  if (duty.extension === null && duty.extendedBy.length > 0) throw new RangeError(`extended by nothing: ${duty.id}`);
  return duty;
}

/** 工作日期限. */
export const workingDays = <F>(days: OrFrom<F, Parameter<number>>): Counting<F> => ({ kind: 'working-days', days });
/** 自然日期限. */
export const naturalDays = <F>(days: OrFrom<F, Parameter<number>>): Counting<F> => ({ kind: 'natural-days', days });
/** 按月的期限. */
export const naturalMonths = <F>(months: OrFrom<F, Parameter<number>>): Counting<F> => ({ kind: 'natural-months', months });
/** 小时期限. */
export const hours = <F>(count: OrFrom<F, Parameter<number>>): Counting<F> => ({ kind: 'hours', hours: count });
/** 给定期限. */
export const given = <F>(dueOn: From<F, LocalDate>): Counting<F> => ({ kind: 'given', dueOn });
/** 到期前的期限, which begins so many days before the day that a record carries. */
export const daysBefore = <F>(date: From<F, LocalDate>, opensAhead: Parameter<number>, doneAhead: Parameter<number> | null = null): Counting<F> => ({ kind: 'before-date', date, opensAhead: { unit: 'days', amount: opensAhead }, doneAhead });
/** 到期前的期限, which begins so many months before the day that a record carries, on the corresponding day (民法典第二百零二条). */
export const monthsBefore = <F>(date: From<F, LocalDate>, opensAhead: Parameter<number>, doneAhead: Parameter<number> | null = null): Counting<F> => ({ kind: 'before-date', date, opensAhead: { unit: 'months', amount: opensAhead }, doneAhead });
/** 每期期限: due `daysAfter` natural days after each period's last day, `times` acts in each (one where null). */
export const eachPeriod = <F>(every: Period, daysAfter: number | From<F, number> = 0, times: OrFrom<F, Parameter<number>> | null = null): Counting<F> => ({ kind: 'period-day', every, daysAfter, times });

/** 开始: the holder hears that the time has come. */
export const begins = (): Rung => ({ kind: 'begins', key: 'begins' });
/** 预警 on the day in which this share of the time is passed. @throws RangeError unless 1 to 99 */
export function warnAt(percent: number): Rung {
  if (!Number.isInteger(percent) || percent < 1 || percent > 99) throw new RangeError(`not a share of the time: ${percent}`);
  return { kind: 'warn', key: `warn-${percent}`, percent };
}
/** 逾期: the holder hears it, and whoever is named. */
export const overdue = (tell: HolderKind | null = null): Rung => ({ kind: 'overdue', key: 'overdue', tell });
/** 逾期后再过若干工作日: somebody above hears it. @throws RangeError unless 1 to 365 */
export function again(days: number, tell: HolderKind): Rung {
  if (!Number.isInteger(days) || days < 1 || days > 365) throw new RangeError(`not a count of working days: ${days}`);
  return { kind: 'again', key: `again-${days}`, days, tell };
}

/** 取值: what is fixed as it stands, what is worked out from the facts. */
export function settled<F, T extends object | string>(value: T | From<F, T>, facts: F): T {
  return typeof value === 'function' ? value(facts) : value;
}
