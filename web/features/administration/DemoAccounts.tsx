import { Button } from 'antd';
import type { Answer } from '#contract/define-route.ts';
import { listDemoAccounts } from '#contract/administration/session.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';

/** 演示账号. */
export type DemoAccount = Answer<typeof listDemoAccounts>['rows'][number];

/** 演示账号: in a demo, who may be tried; choosing one fills the form. Nothing stands here anywhere else. */
export function DemoAccounts({ picked, onPick }: { picked: DemoAccount | null; onPick: (account: DemoAccount) => void }) {
  const rows = useRoute(listDemoAccounts, {}).data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="sz-demo-accounts" aria-label="演示登录">
      <h2>演示账号</h2>
      <p className="sz-muted">数据都是编的。点一个账号会填好账号和密码，再点“登录”。</p>
      <ul>
        {rows.map((row) => (
          <li key={row.login}>
            <Button block aria-pressed={row.login === picked?.login} type={row.login === picked?.login ? 'primary' : 'default'} onClick={() => onPick(row)}>
              <strong>{row.login}</strong><span>{row.posts.join('、') || row.roleTitle}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
