import type { Instant, LocalDate } from '#domain/kernel/brand.ts';
import { settled, type Counting, type Duty } from '#domain/kernel/duty.ts';
import { addDays, addMonths, daysBetween, startOfDay, todayIn } from '#domain/kernel/local-date.ts';
import type { Parameter } from '#domain/kernel/parameter.ts';
import type { WorkingCalendar } from '#domain/kernel/working-calendar.ts';
import { civilCode } from '#domain/kernel/rule.ts';
import { countDays, movedDay, periodOf } from './count.ts';
import { inOrder, type Amount, type DutyEvent, type DutyState, type Explanation, type ParametersInForce } from './log.ts';
import { instantAfter, pausesOf, type Pause } from './pauses.ts';

/** 期间计算的依据: the day of receipt is not counted; months end on the corresponding day; a last day that is a day off moves. */
export const clockSource = [civilCode('第二百零一条'), civilCode('第二百零二条'), civilCode('第二百零三条')];

/** What the clock needs to know beside the duty and its log. */
export interface Grounds {
  readonly calendar: WorkingCalendar;
  readonly inForce: ParametersInForce;
  /** Only tells whether a stop with a limit has run out; no day depends on it. */
  readonly today: LocalDate;
}

/** 时限所在: where one duty stands. */
export interface Standing {
  readonly state: DutyState;
  readonly openedOn: LocalDate;
  /** Null while a stop without a limit has not ended and the time was not used up before it. */
  readonly dueOn: LocalDate | null;
  /** The moment itself, of hours only. */
  readonly dueAt: Instant | null;
  /** From this instant on it is late: the end of the due day, or `dueAt`. */
  readonly endsAt: Instant | null;
  readonly provisional: boolean;
  /** When the share of the time that a warning names is passed: days of the count in order, or the two ends of hours. */
  readonly counted: readonly LocalDate[];
  readonly openedAt: Instant;
  /** Of a stop with a limit: its last day. */
  readonly resumesOn: LocalDate | null;
  readonly isExtended: boolean;
  readonly endedOn: LocalDate | null;
  readonly isLate: boolean;
  /** Of a recurring duty: the last day of its period. */
  readonly periodEndsOn: LocalDate | null;
  readonly lines: readonly Explanation[];
}

/**
 * 时限计算: from a duty, its facts and everything that happened to it, where it stands and why. Pure; the order in which events arrived does not matter.
 * Only listed grounds suspend, the first extension alone counts, and handing on or reopening neither gives nor takes time.
 * @throws RangeError when nothing opened it
 */
export function clock<F>(duty: Duty<F>, facts: F, events: readonly DutyEvent[], grounds: Grounds): Standing {
  const log = inOrder(events);
  const opened = log.find(({ kind }) => kind === 'opened');
  if (opened === undefined) throw new RangeError(`nothing opened it: ${duty.id}`);
  const pauses = pausesOf(duty, log, grounds.inForce);
  const extension = duty.extension === null ? undefined : log.find(({ kind }) => kind === 'extended');
  const more = extension === undefined || duty.extension === null ? null : amountOf(duty.extension.days, extension.on, grounds.inForce);
  const restated = log.findLast(({ kind, dueOn }) => kind === 'restated' && dueOn !== null);
  const counting = settled<F, Counting<F>>(duty.due, facts);
  const due = dueOf(counting, facts, { opened, log, pauses, more, restated }, grounds);
  const ended = endOf(duty, log, timesOf(counting, facts, opened.on, grounds.inForce)?.value ?? 1);
  const isLate = ended !== null && due.endsAt !== null && ended.at >= due.endsAt;
  return {
    openedOn: opened.on, openedAt: opened.at, ...due, state: stateOf(ended, pauses, grounds.today), resumesOn: pauses.find(({ isOpen, limitOn }) => isOpen && limitOn !== null && grounds.today <= limitOn)?.limitOn ?? null, isExtended: extension !== undefined, endedOn: ended?.on ?? null, isLate,
    lines: [
      { kind: 'opened', on: opened.on, at: opened.at }, ...due.lines, ...happened(log, extension, more, pauses),
      due.dueOn === null ? { kind: 'waiting', counted: due.counted.length, left: due.left } : { kind: 'due', on: due.dueOn, at: due.dueAt, provisional: due.provisional },
      ...(ended === null ? [] : [{ kind: 'ended' as const, how: ended.kind, on: ended.on, isLate, reason: ended.reason, byName: ended.byName }]),
    ],
  };
}

type Due = Partial<Pick<Standing, 'openedOn' | 'openedAt'>> & Pick<Standing, 'dueOn' | 'dueAt' | 'endsAt' | 'provisional' | 'counted' | 'periodEndsOn'> & { readonly lines: readonly Explanation[]; readonly left: number | null };
interface Course { readonly opened: DutyEvent; readonly log: readonly DutyEvent[]; readonly pauses: readonly Pause[]; readonly more: Amount | null; readonly restated: DutyEvent | undefined }

const HOUR_MS = 3_600_000;

function dueOf<F>(counting: Counting<F>, facts: F, { opened, log, pauses, more, restated }: Course, { calendar, inForce }: Grounds): Due {
  const extra = more?.value ?? 0;
  switch (counting.kind) {
    case 'working-days': case 'natural-days': case 'natural-months': {
      const isWorking = counting.kind === 'working-days';
      const amount = amountOf(settled<F, Parameter<number>>(counting.kind === 'natural-months' ? counting.months : counting.days, facts), opened.on, inForce);
      // Months are as many days as lie up to the corresponding day; from there on a stop moves them like any other days.
      const corresponds = counting.kind === 'natural-months' ? addMonths(opened.on, amount.value) : null;
      const wanted = (corresponds === null ? amount.value : daysBetween(opened.on, corresponds)) + extra;
      const count = countDays(calendar, pauses, { from: opened.on, amount: wanted, isWorking });
      const last = count.days.length < wanted ? undefined : count.days[count.days.length - 1];
      const lines: Explanation[] = [{ kind: 'amount', counting: counting.kind, amount }, ...(corresponds === null ? [] : [{ kind: 'corresponds' as const, from: opened.on, on: corresponds }]), ...count.runs];
      if (last === undefined) return { ...nothingDue, counted: count.days, lines, left: wanted - count.days.length };
      const moved = isWorking ? { on: last, provisional: count.provisional } : movedDay(calendar, last);
      if (moved.on !== last) lines.push({ kind: 'moved', from: last, to: moved.on });
      return { ...byDay(moved.on, count.days), provisional: moved.provisional, lines };
    }
    case 'hours': {
      const amount = amountOf(settled<F, Parameter<number>>(counting.hours, facts), opened.on, inForce);
      const dueAt = instantAfter(pauses, opened.at, (amount.value + extra * 24) * HOUR_MS);
      const lines: Explanation[] = [{ kind: 'amount', counting: 'hours', amount }];
      return dueAt === null ? { ...nothingDue, lines } : { ...nothingDue, dueOn: todayIn(dueAt), dueAt, endsAt: dueAt, lines };
    }
    case 'given': {
      const dueOn = restated?.dueOn ?? counting.dueOn(facts);
      const told: Explanation[] = restated === undefined ? [] : [{ kind: 'restated', on: restated.on, dueOn, reason: restated.reason }];
      return fixed(addDays(dueOn, extra), opened.on, [{ kind: 'given', dueOn: counting.dueOn(facts) }, ...told], pauses);
    }
    case 'before-date': {
      const told = toldDate(log, opened);
      const date = told?.dueOn ?? counting.date(facts);
      const [ahead, done] = [amountOf(counting.opensAhead.amount, date, inForce), counting.doneAhead === null ? null : amountOf(counting.doneAhead, date, inForce)];
      const by = addDays(date, -(done?.value ?? 0));
      const from = counting.opensAhead.unit === 'months' ? addMonths(date, -ahead.value) : addDays(date, -ahead.value);
      // Whoever hears of the day late has what is left of the time, from the day on which it was first told.
      const first = log.reduce((earliest, { kind, on }) => (kind === 'restated' && on < earliest ? on : earliest), opened.on);
      const openedOn = from < first ? first : from;
      const line: Explanation = { kind: 'before', date, from, by, opensAhead: ahead, doneAhead: done, lastToldOn: told !== undefined && told.on > first && told.dueOn !== opened.dueOn ? told.on : null };
      return { ...fixed(addDays(by, extra), openedOn, [line], pauses), openedOn, openedAt: startOfDay(openedOn) };
    }
    case 'period-day': {
      const period = periodOf(counting.every, opened.on);
      const times = timesOf(counting, facts, opened.on, inForce);
      const daysAfter = typeof counting.daysAfter === 'function' ? counting.daysAfter(facts) : counting.daysAfter;
      const lines: Explanation[] = [{ kind: 'period', ...period, daysAfter }, ...(times === null ? [] : [{ kind: 'amount' as const, counting: 'times' as const, amount: times }])];
      return { ...fixed(addDays(period.to, daysAfter + extra), opened.on, lines, pauses), periodEndsOn: period.to };
    }
  }
}

const nothingDue = { dueOn: null, dueAt: null, endsAt: null, provisional: false, counted: [], periodEndsOn: null, left: null };
const byDay = (dueOn: LocalDate, counted: readonly LocalDate[]) => ({ ...nothingDue, dueOn, endsAt: startOfDay(addDays(dueOn, 1)), counted });

/** The day a record carries, as it was told last, whether that opened the duty or came after or before it. */
const toldDate = (log: readonly DutyEvent[], opened: DutyEvent): DutyEvent | undefined => log.findLast((event) => event.dueOn !== null && (event === opened || event.kind === 'restated'));

/** A day that is fixed stays where it is whatever stops in between. */
function fixed(dueOn: LocalDate, openedOn: LocalDate, lines: readonly Explanation[], pauses: readonly Pause[]): Due {
  const counted: LocalDate[] = [];
  for (let on = addDays(openedOn, 1); on <= dueOn && counted.length < 4_000; on = addDays(on, 1)) counted.push(on);
  return { ...byDay(dueOn, counted), lines: pauses.length === 0 ? lines : [...lines, { kind: 'fixed' }] };
}

function timesOf<F>(counting: Counting<F>, facts: F, on: LocalDate, inForce: ParametersInForce): Amount | null {
  return counting.kind !== 'period-day' || counting.times === null ? null : amountOf(settled<F, Parameter<number>>(counting.times, facts), on, inForce);
}

function amountOf(parameter: Parameter<number>, on: LocalDate, inForce: ParametersInForce): Amount {
  const found = inForce(parameter, on);
  return { value: found.value, unit: parameter.unit, parameterId: parameter.id, title: parameter.title, inForce: found };
}

interface End { readonly kind: 'discharged' | 'waived' | 'void'; readonly on: LocalDate; readonly at: Instant; readonly reason: string | null; readonly byName: string | null }

/** What ended it, if anything did and nothing took it back. What ends for good is not taken back. */
function endOf<F>(duty: Duty<F>, log: readonly DutyEvent[], times: number): End | null {
  let end: End | null = null;
  let done = 0;
  for (const { kind, on, at, reason, byName } of log) {
    if (kind === 'reopened' && end?.kind === 'discharged') [end, done] = [null, done - 1];
    if (end !== null) continue;
    if (kind === 'discharged') done += 1;
    if (kind === 'waived' || kind === 'void' || (kind === 'discharged' && done >= times)) end = { kind, on, at, reason, byName };
  }
  return end;
}

function stateOf(end: End | null, pauses: readonly Pause[], today: LocalDate): DutyState {
  if (end !== null) return end.kind;
  return pauses.some(({ isOpen, limitOn }) => isOpen && (limitOn === null || today <= limitOn)) ? 'suspended' : 'open';
}

/** What happened besides the count, in order. */
function happened(log: readonly DutyEvent[], extension: DutyEvent | undefined, more: Amount | null, pauses: readonly Pause[]): Explanation[] {
  const events = log.flatMap((event): Explanation[] => {
    if (event.kind === 'reassigned') return [{ kind: 'reassigned', on: event.on, toName: event.toName }];
    if (event.kind !== 'extended') return [];
    return event === extension && more !== null ? [{ kind: 'extended', on: event.on, byName: event.byName, reason: event.reason, amount: more }] : [{ kind: 'extension-refused', on: event.on, byName: event.byName }];
  });
  return [...pauses.map(({ cause, from, until, ground, limitOn }): Explanation => ({ kind: 'paused', cause, from, until, ground, limitOn })), ...events];
}
