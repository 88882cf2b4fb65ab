import { Link, useNavigate } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { listRoles, listUsers, postUser } from '#contract/administration.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { Explain } from '#web/kit/Explain.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useMay } from '#web/kit/session/use-me.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { useState } from 'react';
import { OneTimePassword } from './OneTimePassword.tsx';

type User = Answer<typeof listUsers>['rows'][number];

const columns: readonly Column<User>[] = [
  { key: 'name', title: '姓名', cell: (row) => <><Link to={paths.user(row.id)}>{row.name}</Link> {row.disabledAt !== null && <StatusTag tone="bad">已停用</StatusTag>}</>, text: (row) => row.name },
  { key: 'login', title: '账号', cell: (row) => row.login, text: (row) => row.login },
  { key: 'grants', title: '岗位', cell: (row) => (row.grants.length === 0 ? <span className="sz-muted">没有在任岗位</span> : row.grants.filter((one) => one.endedAt === null).map((one) => <div key={one.id}>{one.roleTitle} · {one.scopeName}</div>)), text: (row) => row.grants.filter((one) => one.endedAt === null).map((one) => `${one.roleTitle}（${one.scopeName}）`).join('、') },
  { key: 'lastSeenAt', title: '最近使用', cell: (row) => <DateText value={row.lastSeenAt} /> },
  { key: 'must', title: '密码', cell: (row) => (row.mustChangePassword ? '首次登录需修改' : '已自设') },
];

/** 用户与岗位. */
export function UserListPage() {
  const may = useMay();
  return (
    <ListPage
      route={listUsers} title="用户与岗位" lead="一个人可以有几个岗位，每次用一个岗位办事。" columns={columns} rowKey={(row) => row.id} empty="还没有用户" without={['orgUnitId']}
      buttons={<><Roles />{may(postUser.permission) && <NewUser />}</>}
    />
  );
}

function NewUser() {
  return <DialogButton words="新增用户" title="新增用户" isPrimary>{(close) => <NewUserForm close={close} />}</DialogButton>;
}

function NewUserForm({ close }: { close: () => void }) {
  const navigate = useNavigate();
  const [made, setMade] = useState<Answer<typeof postUser> | null>(null);
  if (made !== null) return <OneTimePassword made={made} close={() => { close(); void navigate({ to: paths.user(made.user.id) }); }} />;
  return <RouteForm route={postUser} submit="新增" onDone={setMade} onCancel={close} extras={{ login: { help: '可以用姓名拼音；新增后再授予岗位' } }} />;
}

function Roles() {
  const roles = useRoute(listRoles);
  return (
    <Explain value="岗位能做什么" title="各岗位能做什么">
      {(roles.data?.rows ?? []).map((role) => <p key={role.role}><strong>{role.title}</strong>：{role.permissions.map((one) => one.title).join('、') || '没有权限'}</p>)}
    </Explain>
  );
}
