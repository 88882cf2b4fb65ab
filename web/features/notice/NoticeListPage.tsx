import { App } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import { exportNotices, getUnreadNotices, InboxNotice, listNotices, noticeStateLabels, putNoticeReading, putNoticeReadings } from '#contract/inbox.ts';
import type { Answer } from '#contract/define-route.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';

type Notice = Answer<typeof listNotices>['rows'][number];

const columns = columnsOf(InboxNotice, ['createdAt', 'kind', 'text', 'state', 'readAt'], {
  extra: ['readAt'],
  cells: {
    text: (row) => <Open notice={row} />,
    state: (row) => <StatusTag tone={row.state === 'unread' ? 'info' : 'plain'}>{noticeStateLabels[row.state]}</StatusTag>,
  },
});

/** 打开所通知的事项; it is read then. */
function Open({ notice }: { notice: Notice }) {
  const navigate = useNavigate();
  const read = useMutationOf(putNoticeReading);
  const follow = (event: MouseEvent) => {
    if (notice.state === 'unread') read.mutate({ params: { noticeId: notice.id } });
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void navigate({ href: notice.path });
  };
  return <a href={notice.path} className={notice.state === 'unread' ? 'sz-unread' : undefined} onClick={follow}>{notice.text}</a>;
}

/** 我的通知. */
export function NoticeListPage() {
  const { message } = App.useApp();
  const unread = useRoute(getUnreadNotices);
  const newest = useRoute(listNotices, { query: { limit: 1 } });
  const readAll = useMutationOf(putNoticeReadings, ({ read }) => message.success(`已把 ${read} 条标为已读`));
  const readOne = useMutationOf(putNoticeReading);
  const upTo = newest.data?.rows[0]?.id;
  return (
    <ListPage
      route={listNotices} exportRoute={exportNotices} title="我的通知" lead="等您办理和需要您知道的事。点开内容就到所说的事项，并标为已读。过了规定月数的（没读的也在内）夜里自动清除，事项本身不受影响。" columns={columns} rowKey={(row) => row.id} empty="还没有通知"
      buttons={<><LinkButton to={paths.noticeChoice}>通知方式</LinkButton><ActionButton isBusy={readAll.isPending} ability={(unread.data?.unread ?? 0) > 0 && upTo !== undefined ? true : '没有未读的通知'} onClick={() => { if (upTo !== undefined) readAll.mutate({ body: { upTo } }); }}>全部标为已读</ActionButton></>}
      actions={(row) => row.state === 'unread' && <ActionButton isQuiet onClick={() => readOne.mutate({ params: { noticeId: row.id } })}>标为已读</ActionButton>}
    />
  );
}
