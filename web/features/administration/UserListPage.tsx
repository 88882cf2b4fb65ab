import './administration.css';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { getOidc } from '#contract/administration/oidc.ts';
import { exportUsers, listUsers, postUser } from '#contract/administration/user.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { instantWords } from '#web/kit/schema/words.ts';
import { useMay } from '#web/kit/session/use-me.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { Guarded } from './Guarded.tsx';
import { InviteDialog } from './user/InviteDialog.tsx';
import { PasswordDialog } from './user/PasswordDialog.tsx';
import { PasswordState } from './user/PasswordState.tsx';
import { Roles } from './user/Roles.tsx';

type User = Answer<typeof listUsers>['rows'][number];

const posts = (row: User) => row.grants.map((one) => `${one.roleTitle}（${one.scopeName}）`);

const columns: readonly Column<User>[] = [
  { key: 'name', title: '姓名', cell: (row) => <><Link to={paths.user(row.id)}>{row.name}</Link> {row.disabledAt !== null && <StatusTag tone="bad">已停用</StatusTag>}</>, text: (row) => row.name },
  { key: 'login', title: '账号', cell: (row) => row.login, text: (row) => row.login },
  { key: 'grants', title: '在任岗位', cell: (row) => (row.grants.length === 0 ? <span className="sz-muted">没有在任岗位</span> : <span>{row.grants.map((one) => <span key={one.id} className="sz-block">{one.roleTitle}（{one.scopeName}）</span>)}</span>), text: (row) => posts(row).join('、') },
  { key: 'unit', title: '所在单位', cell: (row) => [...new Set(row.grants.flatMap((one) => one.orgUnitName ?? []))].join('、') || '—', isExtra: true },
  { key: 'lastSeenAt', title: '最近使用', cell: (row) => (row.lastSeenAt === null ? <span className="sz-muted">没有登录过</span> : <DateText value={row.lastSeenAt} />), text: (row) => (row.lastSeenAt === null ? '没有登录过' : instantWords(row.lastSeenAt)) },
  { key: 'must', title: '密码', cell: (row) => <PasswordState user={row} /> },
];

/** 用户与岗位: who may sign in, and in which posts they work. */
export function UserListPage() {
  return <Guarded title="用户与岗位" route={listUsers}><UserListList /></Guarded>;
}

function UserListList() {
  const may = useMay();
  const mayManage = may(postUser.permission);
  return (
    <ListPage
      route={listUsers} exportRoute={exportUsers} title="用户与岗位" columns={columns} rowKey={(row) => row.id} empty="还没有用户" without={['orgUnitId']}
      lead={mayManage ? '一个人可以有几个岗位，每次用一个岗位办事。新人用「邀请用户」，把链接发给本人就行；没有手机和微信的用「新增用户」，当面告知一次性密码。人员调离时用「工作交接」，不要共用账号。' : '当前岗位只能查看。新增用户、调整岗位、重置密码请联系安全管理员。'}
      buttons={<><Roles />{mayManage && <><LinkButton to={paths.accountLinks}>发出的链接</LinkButton><Bound /><NewUser /><Invite /></>}</>}
    />
  );
}

/** Only where the county has a provider. */
function Bound() {
  const name = useRoute(getOidc).data?.name ?? null;
  return name === null ? null : <LinkButton to={paths.allOidcBindings}>统一身份绑定情况</LinkButton>;
}

function Invite() {
  const navigate = useNavigate();
  return <InviteDialog onTold={(made) => void navigate({ to: paths.user(made.user.id) })} />;
}

function NewUser() {
  const navigate = useNavigate();
  return (
    <PasswordDialog
      words="新增用户" title="新增用户" onTold={(made) => void navigate({ to: paths.user(made.user.id) })}
      form={(onMade, close) => <RouteForm route={postUser} submit="新增" onDone={onMade} onCancel={close} keepsDraft={false} extras={{ login: { help: '可以用姓名或姓名拼音，全县不能重复' }, name: { help: '新增后在下一页授予岗位，没有岗位不能办事' } }} />}
    />
  );
}
