import { App } from 'antd';
import type { Answer } from '#contract/define-route.ts';
import { deliveryStatusLabels, exportEventDeliveries, listEventDeliveries, postEventReplay } from '#contract/administration/job.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { Section } from '#web/kit/Page.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import type { Column } from '#web/kit/table/columns.tsx';
import { ExportButton } from '#web/kit/table/ExportButton.tsx';
import { Table } from '#web/kit/table/Table.tsx';

type Delivery = Answer<typeof listEventDeliveries>['rows'][number];

const columns: readonly Column<Delivery>[] = [
  { key: 'name', title: '事件', cell: (row) => row.name },
  { key: 'subscriber', title: '接收方', cell: (row) => row.subscriber },
  { key: 'attempts', title: '已试', isNumber: true, cell: (row) => `${row.attempts} 次` },
  { key: 'error', title: '失败原因', cell: (row) => row.lastError ?? '—' },
  { key: 'at', title: '发生时间', cell: (row) => <DateText value={row.occurredAt} /> },
];
const empties = { failed: '没有投递失败的事件', waiting: '没有等待投递的事件', handled: '还没有处理过事件' } as const;
const isStatus = (text: string): text is keyof typeof deliveryStatusLabels => Object.hasOwn(deliveryStatusLabels, text);

/** 事件投递: what one part of the system tells another; failures first, with a way to deliver again. */
export function Deliveries() {
  const { message } = App.useApp();
  const mayReplay = useMay()(postEventReplay.permission);
  const [{ deliveries = '' }, change] = useUrlState();
  const status = isStatus(deliveries) ? deliveries : 'failed';
  const list = useRoute(listEventDeliveries, { query: { status } }, { keeps: true });
  const replay = useMutationOf(postEventReplay, () => message.success('已重新投递'));
  return (
    <Section title="事件投递" note="业务之间的通知，自动重试；仍失败的列在这里" actions={<><label className="sz-inline"><span>显示</span><Choice value={status} choices={deliveryStatusLabels} onChange={(next) => change({ deliveries: next === 'failed' ? undefined : next })} /></label><ExportButton route={exportEventDeliveries} filtered={{ status }} /></>}>
      <Table
        name="事件投递" columns={columns} rows={list.data?.rows} rowKey={(row) => `${row.eventId}${row.subscriber}`} empty={empties[status]} error={list.error} onRetry={() => void list.refetch()}
        {...(status === 'failed' && mayReplay ? { actions: (row: Delivery) => <ActionButton isBusy={replay.isPending} onClick={() => replay.mutate({ params: { eventId: row.eventId, subscriber: row.subscriber } })}>重新投递</ActionButton> } : {})}
      />
      {list.data?.next != null && <p className="sz-muted">共 {list.data.total} 条，只显示最近的 {list.data.rows.length} 条。</p>}
    </Section>
  );
}
