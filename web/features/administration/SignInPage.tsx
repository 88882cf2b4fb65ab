import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { postSession } from '#contract/administration/session.ts';
import { rememberCsrf } from '#web/kit/api/csrf.ts';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { Page } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';
import { OidcSignIn } from './oidc/OidcSignIn.tsx';
import { DemoAccounts, type DemoAccount } from './DemoAccounts.tsx';

/** 登录页. */
export function SignInPage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [{ next }] = useUrlState();
  const [picked, pick] = useState<DemoAccount | null>(null);
  // Only an address of ours: one slash, then no second one and no backslash.
  const target = next !== undefined && /^\/[^/\\]/.test(next) ? next : paths.home;
  return (
    <main className="sz-sign-in">
      <Page title="登录善治" lead="住宅小区物业监管与自治平台">
        <RouteForm
          key={picked?.login} route={postSession} first={picked ?? {}} submit="登录" keepsDraft={false}
          extras={{ login: { autoComplete: 'username' }, password: { isPassword: true, autoComplete: 'current-password' } }}
          onDone={(me) => {
            rememberCsrf(me.csrfToken);
            client.clear();
            client.setQueryData(['/me'], me);
            void navigate({ href: me.user.mustChangePassword ? paths.password : target });
          }}
        />
        <OidcSignIn next={target} />
        <DemoAccounts picked={picked} onPick={pick} />
        <p className="sz-muted sz-sign-in-help">忘记密码，或不知道账号？请联系本单位的安全管理员重置，不需要邮箱和短信。</p>
      </Page>
    </main>
  );
}
