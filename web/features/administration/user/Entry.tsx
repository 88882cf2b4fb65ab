import { Link } from '@tanstack/react-router';
import { postLinkRevocation, postRenewedInvitation, postResetLink, postSessionRevocation, postTotpRemoval } from '#contract/administration/account-link.ts';
import type { getUser } from '#contract/administration/user.ts';
import type { Answer } from '#contract/define-route.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { Section } from '#web/kit/Page.tsx';
import { useMay, useMe } from '#web/kit/session/use-me.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { paths } from '#web/paths.ts';
import { HandedLink, type WithLink } from './HandedLink.tsx';
import { HandOutDialog } from './HandOutDialog.tsx';
import { LinkState } from './LinkState.tsx';

type User = Answer<typeof getUser>;

/** 登录与安全 of one person, for the security administrator: links, the one-time code, sessions — each can be taken back. */
export function Entry({ user }: { user: User }) {
  const may = useMay();
  const isOwn = useMe().data?.user.id === user.id;
  const params = { userId: user.id };
  const notOwn = !isOwn || '自己的请在右上角“登录与安全”里办';
  const enabled = user.disabledAt === null || '账号已停用，请先启用';
  const ability = notOwn === true ? enabled : notOwn;
  return (
    <Section title="登录与安全" actions={may('administration.sign-in.read') && <Link className="sz-action" to={paths.signIns} search={{ userId: user.id }}>登录记录</Link>}>
      <dl className="sz-facts">
        <div><dt>链接</dt><dd>{user.link === null ? '没有等待打开的链接' : <LinkState link={user.link} />}</dd></div>
        <div><dt>动态口令</dt><dd>{user.totpSince === null ? '没有启用' : <><StatusTag tone="good">已启用</StatusTag> 自<DateText value={user.totpSince} />起</>}</dd></div>
      </dl>
      <div className="sz-actions no-print">
        {user.mustChangePassword && <HandOut words={user.link?.purpose === 'invitation' ? '重发邀请链接' : '发邀请链接'} what="邀请" user={user} ability={ability} />}
        {!user.mustChangePassword && <HandOut words="发重设密码链接" what="重设密码" user={user} ability={ability} />}
        {user.link !== null && <RouteDialog route={postLinkRevocation} params={params} words="撤销链接" title={`撤销${user.name}的链接`} submit="撤销" done="链接已撤销，打不开了" isDanger extras={{ reason: { help: '如：发错了人' } }} />}
        <RouteDialog route={postTotpRemoval} params={params} words="移除动态口令" title={`移除${user.name}的动态口令`} submit="移除" done="动态口令已移除，本人已退出登录" isDanger ability={user.totpSince === null ? '没有启用动态口令' : notOwn} extras={{ reason: { help: '如：手机丢失，已当面核实身份' } }} />
        <RouteDialog route={postSessionRevocation} params={params} words="让全部设备退出" title={`让${user.name}的全部设备退出`} submit="退出" done="全部设备已退出登录" isDanger extras={{ reason: { help: '如：手机丢失' } }} />
      </div>
    </Section>
  );
}

function HandOut({ words, what, user, ability }: { words: string; what: '邀请' | '重设密码'; user: User; ability: true | string }) {
  const params = { userId: user.id };
  const shared = { params, keepsDraft: false, submit: '生成链接' } as const;
  return (
    <HandOutDialog<WithLink>
      words={words} title={`给${user.name}${words}`} toldTitle={`请把${what}链接交给本人`} ability={ability}
      form={(onMade, close) => (what === '邀请'
        ? <RouteForm {...shared} route={postRenewedInvitation} onDone={onMade} onCancel={close}><p>以前发出的链接随即作废。</p></RouteForm>
        : <RouteForm {...shared} route={postResetLink} onDone={onMade} onCancel={close} extras={{ reason: { help: '如：忘记密码，已当面核实身份' } }}><p className="sz-muted">链接用了以后，原密码作废，所有设备退出登录；没用之前原密码仍然有效。</p></RouteForm>)}
      told={(made, close) => <HandedLink made={made} what={what} close={close} />}
    />
  );
}
