import type { Answer } from '#contract/define-route.ts';
import { postHandOver } from '#contract/administration/grant.ts';
import { listUsers, type getUser } from '#contract/administration/user.ts';
import { call } from '#web/kit/api/call.ts';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { RecordPicker } from '#web/kit/fields/RecordPicker.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';

type User = Answer<typeof getUser>;

/** 工作交接: every post in force moves to the successor in one act; the list that both sign follows. */
export function HandOverDialog({ user, onDone }: { user: User; onDone: () => void }) {
  const held = user.grants.filter((grant) => grant.endedAt === null);
  return (
    <DialogButton words="工作交接" title={`把${user.name}的岗位全部交给接手人`} ability={held.length > 0 || '没有在任岗位可以交接'}>
      {(close) => (
        <>
          <p>下面 {held.length} 个岗位一次移交，移交后当即生效：</p>
          <ul>{held.map((grant) => <li key={grant.id}>{grant.roleTitle}（{grant.scopeName}）</li>)}</ul>
          <RouteForm
            route={postHandOver} params={{ userId: user.id }} submit="移交" onCancel={close} first={{ disableAfter: true }} keepsDraft={false}
            onDone={() => {
              close();
              onDone();
            }}
            extras={{
              successorId: { help: '接手人须已有账号；没有的请先新增用户', control: ({ text, onType, ...rest }) => <RecordPicker {...rest} value={text} onChange={onType} what="用户" find={(q) => find(q, user.id)} name={() => Promise.resolve('')} /> },
              reason: { help: '如：调任，安人社发〔2026〕3号' },
              disableAfter: { help: '停用后本人马上退出登录，不能再用；记录保留' },
            }}
          />
        </>
      )}
    </DialogButton>
  );
}

async function find(q: string, except: string) {
  const { rows } = await call(listUsers, { query: { q, limit: 10, status: 'active' } });
  return rows.filter((row) => row.id !== except).map((row) => ({ value: row.id, label: row.name, detail: row.login }));
}
