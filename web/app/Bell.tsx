import { BellOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { getUnreadNotices, listNotices } from '#contract/inbox.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { paths } from '#web/paths.ts';
import { unreadKey, watchUnread } from './watch-unread.ts';

/** 通知铃: how many are unread, as it changes; opens the inbox. */
export function Bell() {
  const client = useQueryClient();
  const { data } = useRoute(getUnreadNotices);
  useEffect(() => watchUnread({
    count: (unread) => {
      client.setQueryData(unreadKey, { unread });
      void client.invalidateQueries({ queryKey: [listNotices.path] });
    },
    ended: () => { void client.invalidateQueries({ queryKey: ['/me'] }); },
    lost: () => { void client.invalidateQueries({ queryKey: unreadKey }); },
  }), [client]);
  const unread = data?.unread ?? 0;
  return (
    <Link to={paths.notices} className="sz-bell" aria-label={unread === 0 ? '通知，没有未读' : `通知，${unread} 条未读`}>
      <BellOutlined />{unread > 0 && <b>{unread > 99 ? '99+' : unread}</b>}
    </Link>
  );
}
