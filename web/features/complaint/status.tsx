import { lampLabels, type ComplaintRow } from '#contract/complaint.ts';
import { complaintStatusLabels, type ComplaintStatus } from '#domain/complaint/lifecycle.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { StatusTag, type Tone } from '#web/kit/StatusTag.tsx';
import type { z } from 'zod';

const tones: Readonly<Record<ComplaintStatus, Tone>> = { received: 'warn', signed: 'warn', accepted: 'info', refused: 'plain', assigned: 'info', handling: 'info', replied: 'good', closed: 'good', withdrawn: 'plain', merged: 'plain', returned: 'plain' };
const lamps: Readonly<Record<keyof typeof lampLabels, Tone>> = { green: 'good', yellow: 'warn', red: 'bad' };
type Row = z.output<typeof ComplaintRow>;

/** 投诉件状态标签. */
export function ComplaintStatusTag({ status }: { status: ComplaintStatus }) {
  return <StatusTag tone={tones[status]}>{complaintStatusLabels[status]}</StatusTag>;
}

/** 下一期限: the one day that counts now, with its lamp in a word. */
export function NextDue({ row: { nextDueOn, lamp } }: { row: Pick<Row, 'nextDueOn' | 'lamp'> }) {
  if (nextDueOn === null || lamp === null) return <span className="sz-muted">没有未到的期限</span>;
  return <span className="sz-nowrap"><DateText value={nextDueOn} />　<StatusTag tone={lamps[lamp]}>{lampLabels[lamp]}</StatusTag></span>;
}
