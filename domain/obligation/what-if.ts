import type { Instant, LocalDate } from '#domain/kernel/brand.ts';
import type { Duty } from '#domain/kernel/duty.ts';
import { clock, type Grounds, type Standing } from './clock.ts';
import type { DutyEvent, ParametersInForce } from './log.ts';

/** 假如: one duty as it stood, and as it would have with another number. */
export interface WhatIf { readonly dueOn: LocalDate | null; readonly isLate: boolean; readonly dueOnThen: LocalDate | null; readonly isLateThen: boolean }

/** 假如参数是这个数: null when the duty's day does not rest on that parameter. Pure; nothing is changed by asking. */
export function whatIf(duty: Duty<unknown>, facts: unknown, log: readonly DutyEvent[], { grounds, parameterId, value, now }: { grounds: Grounds; parameterId: string; value: number; now: Instant }): WhatIf | null {
  let isUsed = false;
  const inForce: ParametersInForce = (parameter, on) => {
    const found = grounds.inForce(parameter, on);
    if (parameter.id !== parameterId || !parameter.accepts(value)) return found;
    isUsed = true;
    return { value, from: on, origin: 'county', sureness: null, basis: '拟设定' };
  };
  const then = clock(duty, facts, log, { ...grounds, inForce });
  if (!isUsed) return null;
  const was = clock(duty, facts, log, grounds);
  return { dueOn: was.dueOn, isLate: isLate(was, now), dueOnThen: then.dueOn, isLateThen: isLate(then, now) };
}

/** Ended late, or still open past its end. */
const isLate = ({ endedOn, isLate: endedLate, endsAt }: Standing, now: Instant): boolean => (endedOn === null ? endsAt !== null && endsAt <= now : endedLate);
