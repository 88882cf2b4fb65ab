import './administration.css';
import type { Answer } from '#contract/define-route.ts';
import { getUser, postPasswordReset, putUser, putUserStatus } from '#contract/administration/user.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { instantWords } from '#web/kit/schema/words.ts';
import { useMay, useMe } from '#web/kit/session/use-me.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { paths } from '#web/paths.ts';
import { UserBindings } from './oidc/UserBindings.tsx';
import { Entry } from './user/Entry.tsx';
import { GrantDialog } from './user/GrantDialog.tsx';
import { Grants } from './user/Grants.tsx';
import { HandOvers } from './user/HandOvers.tsx';
import { PasswordState } from './user/PasswordState.tsx';
import { PasswordDialog } from './user/PasswordDialog.tsx';

type User = Answer<typeof getUser>;

/** 用户详情: account, posts, and the hand-overs the person was part of. */
export function UserPage() {
  const userId = useParam('AppUser', 'userId');
  const me = useMe();
  const mayManage = useMay()(putUser.permission);
  const user = useRoute(getUser, { params: { userId } });
  const value = user.data;
  return (
    <Page
      title={value?.name ?? '用户'} needs={[user]} lead={mayManage ? undefined : '当前岗位只能查看，需要调整请联系安全管理员。'}
      actions={<><LinkButton to={paths.users}>全部用户</LinkButton>{value !== undefined && mayManage && <Actions user={value} />}</>}
    >
      {value !== undefined && (
        <>
          <Section title="账号"><Account user={value} /></Section>
          {mayManage && <Entry user={value} />}
          <Section title="岗位" note="每次用一个岗位办事，本人在右上角切换" actions={mayManage && <GrantDialog userId={value.id} ability={abilityToGive(value, me.data?.user.id)} />}>
            <Grants grants={value.grants} mayEnd={mayManage} />
          </Section>
          <HandOvers userId={value.id} />
          <UserBindings userId={value.id} mayManage={mayManage} isOwn={value.id === me.data?.user.id} />
        </>
      )}
    </Page>
  );
}

function abilityToGive(user: User, own: string | undefined): true | string {
  if (user.id === own) return '不能给自己授予岗位，请由另一名安全管理员办理';
  return user.disabledAt === null || '账号已停用，请先启用再授予岗位';
}

function Account({ user }: { user: User }) {
  return (
    <dl className="sz-facts">
      <div><dt>账号</dt><dd>{user.login}</dd></div>
      <div><dt>状态</dt><dd>{user.disabledAt === null ? <StatusTag tone="good">在用</StatusTag> : <><StatusTag tone="bad">已停用</StatusTag> {instantWords(user.disabledAt)}</>}</dd></div>
      <div><dt>密码</dt><dd><PasswordState user={user} /></dd></div>
      <div><dt>最近使用</dt><dd>{user.lastSeenAt === null ? '没有登录过' : <DateText value={user.lastSeenAt} />}</dd></div>
      <div><dt>建立时间</dt><dd><DateText value={user.createdAt} /></dd></div>
    </dl>
  );
}

function Actions({ user }: { user: User }) {
  const params = { userId: user.id };
  return (
    <>
      <RouteDialog route={putUser} params={params} version={user.version} first={user} words="修改" title="修改用户" submit="保存" done="已保存" />
      <PasswordDialog
        words="重置密码" title={`重置${user.name}的密码`}
        form={(onMade, close) => <RouteForm route={postPasswordReset} params={params} submit="重置" onDone={onMade} onCancel={close} keepsDraft={false} extras={{ reason: { help: '如：本人忘记密码，已当面核实身份' } }}><p className="sz-muted">重置后原密码作废，所有设备退出登录，锁定一并解除。</p></RouteForm>}
      />
      <ActionLink isButton to={`${paths.handOverNew}?userId=${user.id}`} ability={user.grants.some((grant) => grant.endedAt === null) || '没有在任岗位可以交接'}>工作交接</ActionLink>
      {user.disabledAt === null
        ? <RouteDialog route={putUserStatus} params={params} fixed={{ status: 'disabled' }} words="停用" title={`停用${user.name}的账号`} submit="停用" done="已停用，本人已退出登录" isDanger />
        : <RouteDialog route={putUserStatus} params={params} fixed={{ status: 'active' }} words="启用" title={`启用${user.name}的账号`} submit="启用" done="已启用" />}
    </>
  );
}
