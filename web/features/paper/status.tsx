import type { PaperStatus } from '#domain/paper/lifecycle.ts';
import { paperStatusLabels } from '#domain/paper/lifecycle.ts';
import { StatusTag, type Tone } from '#web/kit/StatusTag.tsx';

const tones: Readonly<Record<PaperStatus, Tone>> = { draft: 'info', issued: 'good', cancelled: 'bad', discarded: 'plain' };

/** 文书状态标签. */
export function PaperStatusTag({ status }: { status: PaperStatus }) {
  return <StatusTag tone={tones[status]}>{paperStatusLabels[status]}</StatusTag>;
}
