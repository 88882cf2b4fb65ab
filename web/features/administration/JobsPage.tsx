import { App } from 'antd';
import type { Answer } from '#contract/define-route.ts';
import { listEventDeliveries, listJobs, postEventReplay, postJobReplay } from '#contract/administration.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Section } from '#web/kit/Page.tsx';
import { StatusTag, type Tone } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { Table } from '#web/kit/table/Table.tsx';

type Job = Answer<typeof listJobs>['rows'][number];
type Delivery = Answer<typeof listEventDeliveries>['rows'][number];
const tones: Readonly<Record<Job['status'], Tone>> = { waiting: 'plain', running: 'info', done: 'good', failed: 'bad', cancelled: 'plain' };
const words: Readonly<Record<Job['status'], string>> = { waiting: '等待', running: '进行中', done: '已完成', failed: '失败', cancelled: '已取消' };

const columns: readonly Column<Job>[] = [
  { key: 'title', title: '作业', cell: (row) => row.title, text: (row) => row.title },
  { key: 'status', title: '状态', cell: (row) => <StatusTag tone={tones[row.status]}>{words[row.status]}</StatusTag>, text: (row) => words[row.status] },
  { key: 'progress', title: '进度', cell: (row) => `${row.doneCount}${row.totalCount === null ? '' : ` / ${row.totalCount}`}${row.stage === null ? '' : `　${row.stage}`}` },
  { key: 'error', title: '原因', cell: (row) => row.error ?? '—' },
  { key: 'by', title: '发起人', cell: (row) => row.createdBy ?? '系统' },
  { key: 'at', title: '发起时间', cell: (row) => <DateText value={row.createdAt} /> },
  { key: 'end', title: '结束时间', cell: (row) => <DateText value={row.finishedAt} /> },
];
const deliveryColumns: readonly Column<Delivery>[] = [
  { key: 'name', title: '事件', cell: (row) => row.name },
  { key: 'subscriber', title: '接收方', cell: (row) => row.subscriber },
  { key: 'attempts', title: '已试', isNumber: true, cell: (row) => row.attempts },
  { key: 'error', title: '原因', cell: (row) => row.lastError ?? '—' },
  { key: 'at', title: '发生时间', cell: (row) => <DateText value={row.occurredAt} /> },
];

/** 运维: background jobs and undelivered events, with a way to run them again. */
export function JobsPage() {
  const { message } = App.useApp();
  const replay = useMutationOf(postJobReplay, () => message.success('已重新执行'));
  return (
    <ListPage
      route={listJobs} title="运维" lead="后台作业和事件投递。失败的可以重新执行，重复执行不会做两遍。" columns={columns} rowKey={(row) => row.id} empty="还没有后台作业" without={['kind']}
      actions={(row) => row.status === 'failed' && <ActionButton isBusy={replay.isPending} onClick={() => replay.mutate({ params: { jobId: row.id } })}>重新执行</ActionButton>}
    >
      <Deliveries />
    </ListPage>
  );
}

function Deliveries() {
  const { message } = App.useApp();
  const list = useRoute(listEventDeliveries, { query: { status: 'failed' } });
  const replay = useMutationOf(postEventReplay, () => message.success('已重新投递'));
  return (
    <Section title="没有投递成功的事件">
      <Table name="没有投递成功的事件" columns={deliveryColumns} rows={list.data?.rows} rowKey={(row) => `${row.eventId}${row.subscriber}`} empty="全部投递成功" error={list.error} actions={(row) => <ActionButton onClick={() => replay.mutate({ params: { eventId: row.eventId, subscriber: row.subscriber } })}>重新投递</ActionButton>} />
    </Section>
  );
}
