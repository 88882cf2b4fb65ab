import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect } from 'react';
import { exportNoticeDeliveries, listNoticeDeliveries, NoticeDelivery, postDeliveryRetry } from '#contract/notice-channel.ts';
import { deliveryStatusLabels } from '#contract/notice.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { StatusTag, type Tone } from '#web/kit/StatusTag.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';

const tones: Readonly<Record<keyof typeof deliveryStatusLabels, Tone>> = { waiting: 'info', sending: 'info', sent: 'good', failed: 'bad', unclear: 'warn', dropped: 'plain' };
const columns = columnsOf(NoticeDelivery, ['createdAt', 'channel', 'to', 'content', 'status', 'noticeCount', 'attempts', 'dueAt', 'finishedAt', 'lastError', 'isTest'], {
  extra: ['dueAt', 'isTest'], cells: { status: (row) => <StatusTag tone={tones[row.status]}>{deliveryStatusLabels[row.status]}</StatusTag> },
});

/** While something waits the list is asked for again whenever fewer or more do. */
function useFresh(): void {
  const client = useQueryClient();
  const waiting = useRoute(listNoticeDeliveries, { query: { status: 'waiting', limit: 1 } }, { every: (data) => ((data?.total ?? 0) > 0 ? 2_000 : false) });
  const total = waiting.data?.total;
  useEffect(() => { if (total !== undefined) void client.invalidateQueries({ queryKey: [listNoticeDeliveries.path], type: 'active', predicate: (query) => !JSON.stringify(query.queryKey).includes('"limit":1}') }); }, [client, total]);
}

/** 发送记录. */
export function DeliveryListPage() {
  const { message } = App.useApp();
  useFresh();
  const retry = useMutationOf(postDeliveryRetry, () => message.success('已交给后台重发'));
  return (
    <ListPage
      route={listNoticeDeliveries} exportRoute={exportNoticeDeliveries} title="通知发送记录" lead="发不成的会隔一段时间再试，越隔越久；这里也可以立即重发。记录保存的月数在参数里规定，到期夜里自动清除。" columns={columns} rowKey={(row) => row.id} empty="还没有向外发送过通知"
      actions={(row) => (row.status === 'sent' || row.status === 'sending' ? null : <ActionButton isQuiet ability={row.can.retry} onClick={() => retry.mutate({ params: { deliveryId: row.id } }, { onError: (error) => message.error(error.message) })}>立即重发</ActionButton>)}
    />
  );
}
