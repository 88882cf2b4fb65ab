import { UserOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { App, Button, Popover } from 'antd';
import { useState } from 'react';
import { getOidc } from '#contract/administration/oidc.ts';
import { deleteCurrentSession, putActiveGrant } from '#contract/administration/session.ts';
import { rememberCsrf } from '#web/kit/api/csrf.ts';
import { dropDrafts } from '#web/kit/form/drafts.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import type { Me } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';

/** 我的: posts to switch between, devices, password, sign-out. */
export function UserMenu({ me }: { me: Me }) {
  const [isOpen, open] = useState(false);
  const close = () => open(false);
  return (
    <Popover open={isOpen} onOpenChange={open} trigger="click" placement="bottomRight" content={<Menu me={me} close={close} />}>
      <Button icon={<UserOutlined />} aria-haspopup="dialog" aria-expanded={isOpen}>
        <span>{me.user.name}</span><span className="sz-wide-only">　{me.active === null ? '没有在任岗位' : `${me.active.roleTitle} · ${me.active.scopeName}`}</span>
      </Button>
    </Popover>
  );
}

function Menu({ me, close }: { me: Me; close: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const oidc = useRoute(getOidc).data?.name ?? null;
  const change = useMutationOf(putActiveGrant, () => {
    close();
    void navigate({ to: paths.home });
  });
  const { message } = App.useApp();
  const leave = useMutationOf(deleteCurrentSession, ({ continueAt, staysOutside }) => {
    rememberCsrf(undefined);
    dropDrafts();
    if (continueAt !== null) { window.location.assign(continueAt); return; }
    if (staysOutside) void message.warning('已退出本系统，但认证平台没有退出：公用电脑请关闭浏览器再离开', 10);
    client.setQueryData(['/me'], null);
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== '/me' });
    void navigate({ to: paths.signIn });
  });
  return (
    <div className="sz-user-menu">
      <h2>当前岗位</h2>
      <ul>
        {me.grants.map((grant) => (
          <li key={grant.id}>
            <button type="button" aria-pressed={grant.id === me.active?.id} disabled={change.isPending} onClick={() => change.mutate({ body: { grantId: grant.id } })}>
              {grant.id === me.active?.id ? '✓ ' : ''}{grant.roleTitle} · {grant.scopeName}
            </button>
          </li>
        ))}
      </ul>
      <ul>
        <li><Link to={paths.notices} onClick={close}>我的通知</Link></li>
        <li><Link to={paths.myHandOvers} onClick={close}>我的工作交接</Link></li>
        <li><Link to={paths.noticeChoice} onClick={close}>通知方式</Link></li>
        <li><Link to={paths.sessions} onClick={close}>登录与安全</Link></li>
        {oidc !== null && <li><Link to={paths.oidcBindings} onClick={close}>统一身份绑定</Link></li>}
        <li><Link to={paths.password} onClick={close}>修改密码</Link></li>
        <li><button type="button" onClick={() => leave.mutate({})}>退出登录</button></li>
      </ul>
    </div>
  );
}
