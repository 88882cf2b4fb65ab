import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { postSession } from '#contract/administration/session.ts';
import { rememberCsrf } from '#web/kit/api/csrf.ts';
import { ownDrafts } from '#web/kit/form/drafts.ts';
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
  const [{ next, login }] = useUrlState();
  const [picked, pick] = useState<DemoAccount | null>(null);
  const [asksCode, askCode] = useState(false);
  // Only an address of ours: one slash, then no second one and no backslash.
  const target = next !== undefined && /^\/[^/\\]/.test(next) ? next : paths.home;
  return (
    <main className="sz-sign-in">
      <Page title="登录善治" lead="住宅小区物业监管与自治平台">
        <RouteForm
          key={picked?.login} route={postSession} first={picked ?? { login }} submit="登录" keepsDraft={false}
          fixed={asksCode ? {} : { code: undefined }} fix={asksCode ? 'code' : undefined} asks={['session.code-required']}
          onRefused={(code) => askCode(code === 'session.code-required' || code === 'session.wrong-code')}
          extras={{
            login: { autoComplete: 'username' }, password: { isPassword: true, autoComplete: 'current-password' },
            code: { autoComplete: 'one-time-code', help: '手机验证器上的六位数字；手机不在身边时，填一个恢复码' },
          }}
          onDone={(me) => {
            rememberCsrf(me.csrfToken);
            ownDrafts(me.user.id);
            client.clear();
            client.setQueryData(['/me'], me);
            void navigate({ href: me.user.mustChangePassword ? paths.password : target });
          }}
        >
          {asksCode && <p role="status">密码正确，请再填写手机验证器上的六位动态口令。</p>}
        </RouteForm>
        <OidcSignIn next={target} />
        <DemoAccounts picked={picked} onPick={(account) => { pick(account); askCode(false); }} />
        <p className="sz-muted sz-sign-in-help">忘记密码、不知道账号，或手机丢了没有动态口令？请联系本单位的安全管理员：当面核实身份后，会给您一个重设密码的链接，或移除动态口令。任何人都不会用邮件、短信或电话问您的密码。</p>
      </Page>
    </main>
  );
}
