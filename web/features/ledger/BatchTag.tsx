import { batchStatusLabels } from '#contract/ledger.ts';
import { StatusTag, type Tone } from '#web/kit/StatusTag.tsx';

type Status = keyof typeof batchStatusLabels;
const tones: Readonly<Record<Status, Tone>> = { uploaded: 'plain', reading: 'info', mapping: 'warn', preview: 'warn', confirming: 'info', committed: 'good', undone: 'plain', failed: 'bad', cancelled: 'plain' };

/** 批次状态标签. */
export function BatchTag({ status }: { status: Status }) {
  return <StatusTag tone={tones[status]}>{batchStatusLabels[status]}</StatusTag>;
}
