import { publicationStatusLabels, type PublicationStatus } from '#domain/publication/lifecycle.ts';
import { StatusTag, type Tone } from '#web/kit/StatusTag.tsx';

const tones: Readonly<Record<PublicationStatus, Tone>> = { draft: 'info', reviewing: 'warn', returned: 'bad', signing: 'warn', published: 'good', withdrawn: 'bad', expired: 'plain', discarded: 'plain' };

/** 公开事项状态标签. */
export function PublicationStatusTag({ status }: { status: PublicationStatus }) {
  return <StatusTag tone={tones[status]}>{publicationStatusLabels[status]}</StatusTag>;
}
