import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useEffect, useRef } from 'react';
import { postOidcAnswer, postOidcCode } from '#contract/administration/oidc.ts';
import { rememberCsrf } from '#web/kit/api/csrf.ts';
import { ownDrafts } from '#web/kit/form/drafts.ts';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page } from '#web/kit/Page.tsx';
import type { Me } from '#web/kit/session/use-me.ts';
import { Loading } from '#web/kit/states.tsx';
import { paths } from '#web/paths.ts';

/** 从统一身份认证回来: hands the provider's answer on, once, asks for the one-time code where there is one, and goes where the person wanted. */
export function OidcReturnPage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const isSent = useRef(false);
  const enter = (me: Me, to: string) => {
    rememberCsrf(me.csrfToken);
    ownDrafts(me.user.id);
    client.clear();
    client.setQueryData(['/me'], me);
    void navigate({ href: me.user.mustChangePassword ? paths.password : to, replace: true });
  };
  const take = useMutationOf(postOidcAnswer, ({ outcome, me, next }) => {
    if (me !== null) enter(me, outcome === 'bound' ? paths.oidcBindings : next ?? paths.home);
  });
  const { mutate } = take;
  useEffect(() => {
    if (isSent.current) return;
    isSent.current = true;
    mutate({ body: { answer: window.location.search } });
  }, [mutate]);
  const needsCode = take.data?.outcome === 'code-required';
  return (
    <main className="sz-sign-in">
      <Page title={take.error !== null ? '没有登录成功' : needsCode ? '请填写动态口令' : '正在登录'} lead={needsCode ? '认证平台已经确认是您，再填验证器上显示的六位数字。手机不在身边时填一个恢复码。' : undefined}>
        {take.error !== null && (
          <div className="sz-form">
            <Alert type="error" showIcon role="alert" title={take.error.message} />
            <div className="sz-form-foot"><LinkButton to={paths.signIn} isPrimary>回到登录页</LinkButton></div>
          </div>
        )}
        {take.error === null && !needsCode && <Loading />}
        {needsCode && <RouteForm route={postOidcCode} submit="登录" keepsDraft={false} extras={{ code: { autoComplete: 'one-time-code' } }} onDone={({ me, next }) => enter(me, next ?? paths.home)} />}
      </Page>
    </main>
  );
}
