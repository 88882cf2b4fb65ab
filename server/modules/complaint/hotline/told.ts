import { readContacted, readResolved, readSatisfied } from '#domain/complaint/hotline/call-back.ts';
import { instant, type Instant } from '#domain/kernel/brand.ts';
import { readMoment, type Moment } from '#domain/ledger/orders/read-order.ts';
import type { Texts } from './row-json.ts';

/** 时刻 in China as an instant; the start of the day where no clock is told. */
export const instantOf = ({ on, time }: Moment): Instant => instant(new Date(Date.parse(`${on}T${time ?? '00:00'}:00+08:00`)).toISOString());
/** 读时刻 of a cell; null where it holds none. */
export const momentIn = (text: string | undefined): Moment | null => readMoment(text ?? '') ?? null;
/** 文件说的工单本身. */
export function columnsOf(texts: Texts) {
  const [due, calledBack] = [momentIn(texts.dueAt), momentIn(texts.calledBackAt)];
  const [isContacted, resolved, satisfied] = [readContacted(texts.isContacted ?? ''), readResolved(texts.resolved ?? ''), readSatisfied(texts.satisfied ?? '')];
  return {
    ...(due === null ? {} : { dueAt: due.time === null ? null : instantOf(due) }), ...(calledBack === null ? {} : { calledBackOn: calledBack.on }),
    ...(isContacted === null || isContacted === undefined ? {} : { isContacted }), ...(resolved === null || resolved === undefined ? {} : { resolved }), ...(satisfied === null || satisfied === undefined ? {} : { satisfied }),
  };
}
