import { orderBatchLabels, type OrderBatchStatus } from '#contract/hotline.ts';
import { StatusTag, type Tone } from '#web/kit/StatusTag.tsx';

const tones: Readonly<Record<OrderBatchStatus, Tone>> = { uploaded: 'plain', mapping: 'warn', reading: 'info', preview: 'warn', confirming: 'info', committed: 'good', failed: 'bad', cancelled: 'plain' };

/** 工单导入的状态标签. */
export function BatchTag({ status }: { status: OrderBatchStatus }) {
  return <StatusTag tone={tones[status]}>{orderBatchLabels[status]}</StatusTag>;
}
