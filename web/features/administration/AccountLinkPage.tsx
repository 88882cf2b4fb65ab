import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { postLinkOpening, postLinkPassword } from '#contract/administration/account-link.ts';
import type { Answer } from '#contract/define-route.ts';
import { call } from '#web/kit/api/call.ts';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page } from '#web/kit/Page.tsx';
import { instantWords } from '#web/kit/schema/words.ts';
import { Loading } from '#web/kit/states.tsx';
import { paths } from '#web/paths.ts';

type Opened = Answer<typeof postLinkOpening>;
interface Shown { readonly purpose: Opened['purpose']; readonly token: string }

/** 打开邀请或重设密码的链接: who hands it over and for which post, and a place for the password. The token stands behind `#` and travels in bodies only. */
export function AccountLinkPage() {
  const { pathname, hash } = useLocation();
  return <main className="sz-sign-in"><Opening key={hash} purpose={pathname.endsWith('/invitation') ? 'invitation' : 'password-reset'} token={hash} /></main>;
}

function Opening(shown: Shown) {
  const [login, finish] = useState<string | null>(null);
  const isInvitation = shown.purpose === 'invitation';
  const title = isInvitation ? '邀请您使用善治' : '重设密码';
  const link = useQuery({ queryKey: ['account-link', shown.purpose, shown.token], queryFn: () => call(postLinkOpening, { body: shown }), retry: false, staleTime: Infinity, gcTime: 0, enabled: login === null && shown.token !== '' });
  if (login !== null) {
    return (
      <Page title="密码已设置" lead="链接已经用掉，不能再打开。请用新密码登录。">
        <p>您的账号：<strong>{login}</strong></p>
        <p><LinkButton isPrimary to={`${paths.signIn}?login=${encodeURIComponent(login)}`}>去登录</LinkButton></p>
      </Page>
    );
  }
  const refusal = shown.token === '' ? '链接不完整，请向发链接给您的人核对，完整复制后再打开' : link.error?.message;
  if (refusal !== undefined) return <Page title={title}><p role="alert" className="sz-notice">{refusal}</p><p className="sz-muted">已经设置过密码的，直接登录即可。</p><p><LinkButton to={paths.signIn}>去登录</LinkButton></p></Page>;
  if (link.data === undefined) return <Page title={title}><Loading rows={4} /></Page>;
  return <Page title={title} lead={`${link.data.county}住宅小区物业监管与自治平台`}><Facts of={link.data} /><SetPassword shown={shown} minLength={link.data.passwordMinLength} onDone={finish} /></Page>;
}

function Facts({ of: { name, login, madeBy, posts, validUntil } }: { of: Opened }) {
  return (
    <dl className="sz-facts sz-facts-long">
      <div><dt>姓名</dt><dd>{name}</dd></div>
      <div><dt>账号</dt><dd><strong>{login}</strong>（请记住，登录时用）</dd></div>
      <div><dt>岗位</dt><dd>{posts.length === 0 ? '还没有授予岗位' : posts.map(({ roleTitle, scopeName, title }) => <span key={`${roleTitle}${scopeName}`} className="sz-block">{roleTitle}（{scopeName}）{title !== null && ` ${title}`}</span>)}</dd></div>
      <div><dt>发链接的人</dt><dd>{madeBy ?? '运维人员'}</dd></div>
      <div><dt>有效期</dt><dd>{instantWords(validUntil)}前，只能用一次</dd></div>
    </dl>
  );
}

function SetPassword({ shown, minLength, onDone }: { shown: Shown; minLength: number; onDone: (login: string) => void }) {
  return (
    <>
      <p>不是您本人，或不认识发链接的人？请关掉本页，不要设置密码。</p>
      <RouteForm
        route={postLinkPassword} fixed={{ ...shown }} submit="设置密码" keepsDraft={false} onDone={({ login }) => onDone(login)}
        extras={{ password: { isPassword: true, autoComplete: 'new-password', help: `至少 ${minLength} 个字符；可以用一句自己记得住的话，不要用常见密码` } }}
      />
    </>
  );
}
