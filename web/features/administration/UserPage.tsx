import { useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { getUser, postPasswordReset, putGrantEnd, putUser, putUserStatus } from '#contract/administration.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { GrantDialog } from './GrantDialog.tsx';
import { HandOverDialog } from './HandOverDialog.tsx';
import { OneTimePassword } from './OneTimePassword.tsx';

type User = Answer<typeof getUser>;
type Grant = User['grants'][number];

const columns: readonly Column<Grant>[] = [
  { key: 'role', title: '角色', cell: (row) => row.roleTitle },
  { key: 'scope', title: '管辖', cell: (row) => row.scopeName },
  { key: 'org', title: '所在单位', cell: (row) => row.orgUnitName ?? '—' },
  { key: 'title', title: '职务', cell: (row) => row.title ?? '—' },
  { key: 'from', title: '到岗', cell: (row) => <DateText value={row.startedOn} /> },
  { key: 'end', title: '终止', cell: (row) => (row.endedAt === null ? <StatusTag tone="good">在任</StatusTag> : <><DateText value={row.endedAt} />{row.endedReason === null ? '' : `，${row.endedReason}`}{row.successor === null ? '' : `，交接给${row.successor.name}`}</>) },
];

/** 用户详情: posts, password, hand-over. */
export function UserPage() {
  const userId = useParam('AppUser', 'userId');
  const may = useMay();
  const user = useRoute(getUser, { params: { userId } });
  const value = user.data;
  const mayManage = may(putUser.permission);
  return (
    <Page title={value?.name ?? '用户'} lead={value && <>账号 {value.login} {value.disabledAt !== null && <StatusTag tone="bad">已停用</StatusTag>}</>} needs={[user]} actions={value !== undefined && mayManage && <Actions user={value} />}>
      {value !== undefined && (
        <Section title="岗位" actions={mayManage && <GrantDialog userId={value.id} />}>
          <Table
            name="岗位" columns={columns} rows={value.grants} rowKey={(row) => row.id} empty="还没有岗位，授予后才能办事"
            {...(mayManage ? { actions: (row: Grant) => row.endedAt === null && <RouteDialog route={putGrantEnd} params={{ grantId: row.id }} words="终止" title={`终止岗位：${row.roleTitle} · ${row.scopeName}`} submit="终止" done="已终止" isDanger /> } : {})}
          />
        </Section>
      )}
    </Page>
  );
}

function Actions({ user }: { user: User }) {
  const params = { userId: user.id };
  return (
    <>
      <RouteDialog route={putUser} params={params} version={user.version} first={user} words="修改" title="修改用户" submit="保存" done="已保存" />
      <DialogButton words="重置密码" title={`重置${user.name}的密码`}>{(close) => <ResetForm user={user} close={close} />}</DialogButton>
      <HandOverDialog user={user} />
      {user.disabledAt === null
        ? <RouteDialog route={putUserStatus} params={params} fixed={{ status: 'disabled' }} words="停用" title={`停用${user.name}的账号`} submit="停用" done="已停用，本人已退出登录" isDanger />
        : <RouteDialog route={putUserStatus} params={params} fixed={{ status: 'active' }} words="启用" title={`启用${user.name}的账号`} submit="启用" done="已启用" />}
    </>
  );
}

function ResetForm({ user, close }: { user: User; close: () => void }) {
  const [made, setMade] = useState<Answer<typeof postPasswordReset> | null>(null);
  if (made !== null) return <OneTimePassword made={made} close={close} />;
  return <RouteForm route={postPasswordReset} params={{ userId: user.id }} submit="重置" onDone={setMade} onCancel={close} />;
}
