import { requestStates, type RequestState } from '#domain/privacy/words.ts';
import { StatusTag, type Tone } from '#web/kit/StatusTag.tsx';

const tones: Readonly<Record<RequestState, Tone>> = { open: 'warn', proposed: 'warn', done: 'good', refused: 'plain' };

/** 请求的状态, overdue or not. */
export function RequestStatusTag({ status, isOverdue }: { status: RequestState; isOverdue: boolean }) {
  return <>{isOverdue && <StatusTag tone="bad">超过期限</StatusTag>}<StatusTag tone={tones[status]}>{requestStates[status]}</StatusTag></>;
}
