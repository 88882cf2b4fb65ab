import { App } from 'antd';
import { deleteMyOtherSessions, deleteMySession, listMySessions } from '#contract/administration/session.ts';
import type { Answer } from '#contract/define-route.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Section } from '#web/kit/Page.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';

type Session = Answer<typeof listMySessions>['rows'][number];

const columns: readonly Column<Session>[] = [
  { key: 'device', title: '设备', cell: (row) => <>{row.device} {row.isCurrent && <StatusTag tone="info">正在使用</StatusTag>}</> },
  { key: 'ip', title: '网络地址', cell: (row) => row.ip },
  { key: 'createdAt', title: '登录时间', cell: (row) => <DateText value={row.createdAt} /> },
  { key: 'lastSeenAt', title: '最近使用', cell: (row) => <DateText value={row.lastSeenAt} /> },
  { key: 'expiresAt', title: '最晚有效至', cell: (row) => <DateText value={row.expiresAt} /> },
];

/** 登录中的设备. */
export function MySessions() {
  const { message } = App.useApp();
  const sessions = useRoute(listMySessions);
  const end = useMutationOf(deleteMySession, () => message.success('已让该设备退出'));
  const endOthers = useMutationOf(deleteMyOtherSessions, ({ ended }) => message.success(`已让 ${ended} 个设备退出`));
  const hasOthers = (sessions.data?.rows.length ?? 0) > 1;
  return (
    <Section title="登录中的设备" actions={<ActionButton isBusy={endOthers.isPending} ability={hasOthers || '没有其他设备'} onClick={() => endOthers.mutate({})}>让其他设备全部退出</ActionButton>}>
      <Table
        name="登录中的设备" columns={columns} rows={sessions.data?.rows} rowKey={(row) => row.id} empty="没有登录中的设备" error={sessions.error}
        actions={(row) => (row.isCurrent ? null : <ActionButton onClick={() => end.mutate({ params: { sessionId: row.id } })}>让它退出</ActionButton>)}
      />
    </Section>
  );
}
