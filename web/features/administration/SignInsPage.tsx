import { Link } from '@tanstack/react-router';
import { exportSignIns, listSignIns } from '#contract/administration/sign-in.ts';
import type { Column } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';
import { signInColumns, type SignInRow } from './entry/SignInColumns.tsx';
import { Guarded } from './Guarded.tsx';

const who = ({ user }: SignInRow) => (user === null ? '没有这个账号' : `${user.name}（${user.login}）`);

/** 登录记录 of the county's accounts: for the security and the audit administrator. */
export function SignInsPage() {
  return <Guarded title="登录记录" route={listSignIns}><SignIns /></Guarded>;
}

function SignIns() {
  const mayOpen = useMay()('administration.user.read');
  const person: Column<SignInRow> = { key: 'user', title: '用户', cell: (row) => (row.user === null || !mayOpen ? who(row) : <Link to={paths.user(row.user.id)}>{who(row)}</Link>), text: who };
  const [at, ...rest] = signInColumns;
  return (
    <ListPage
      route={listSignIns} exportRoute={exportSignIns} title="登录记录" columns={[...(at === undefined ? [] : [at]), person, ...rest]} rowKey={(row) => row.id} empty="还没有登录记录" without={['userId']}
      lead="谁在什么时候从哪里登录，没有成功的也在内。只增不改，至少保存六个月；账号填错时，填的是什么不保存。"
    />
  );
}
