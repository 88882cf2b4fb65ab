import { statusLabels, type HandOverStatus } from '#domain/handover/words.ts';
import { StatusTag, type Tone } from '#web/kit/StatusTag.tsx';

const tones: Readonly<Record<HandOverStatus, Tone>> = { open: 'warn', signed: 'warn', objected: 'bad', completed: 'good', returned: 'plain', cancelled: 'plain' };

/** 交接状态. */
export function HandOverStatusTag({ status }: { status: HandOverStatus }) {
  return <StatusTag tone={tones[status]}>{statusLabels[status]}</StatusTag>;
}
