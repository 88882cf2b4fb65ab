import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { listUsers, postHandOver, type getUser } from '#contract/administration.ts';
import { call } from '#web/kit/api/call.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { RecordPicker } from '#web/kit/fields/RecordPicker.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';

type Done = Answer<typeof postHandOver>;

/** 工作交接: every post in force moves to the successor; the list is printed and signed. */
export function HandOverDialog({ user }: { user: Answer<typeof getUser> }) {
  const hasPosts = user.grants.some((grant) => grant.endedAt === null);
  return <DialogButton words="工作交接" title={`把${user.name}的全部岗位交接给继任者`} ability={hasPosts || '没有在任岗位可以交接'}>{(close) => <HandOverForm user={user} close={close} />}</DialogButton>;
}

function HandOverForm({ user, close }: { user: Answer<typeof getUser>; close: () => void }) {
  const [done, setDone] = useState<Done | null>(null);
  if (done !== null) return <Signed done={done} close={close} />;
  return (
    <RouteForm
      route={postHandOver} params={{ userId: user.id }} submit="交接" onDone={setDone} onCancel={close} first={{ disableAfter: true }}
      extras={{ successorId: { control: ({ text, onType, ...rest }) => <RecordPicker {...rest} value={text} onChange={onType} what="用户" find={find} name={() => Promise.resolve('')} /> } }}
    />
  );
}

function Signed({ done, close }: { done: Done; close: () => void }) {
  return (
    <div>
      <Alert type="success" showIcon title={`已交接 ${done.grants.length} 个岗位${done.disabled ? '，原账号已停用' : ''}`} />
      <h3>交接清单</h3>
      <p>移交人：{done.from.name}　接收人：{done.to.name}　日期：<DateText value={done.on} />　经办：{done.handedOverBy}</p>
      <ol>{done.grants.map((grant) => <li key={grant.id}>{grant.roleTitle}，管辖{grant.scopeName}</li>)}</ol>
      <p>移交人签字：＿＿＿＿＿＿　接收人签字：＿＿＿＿＿＿</p>
      <div className="sz-form-foot no-print"><Button onClick={() => window.print()}>打印清单</Button><Button type="primary" onClick={close}>完成</Button></div>
    </div>
  );
}

async function find(q: string) {
  const { rows } = await call(listUsers, { query: { q, limit: 10, status: 'active' } });
  return rows.map((row) => ({ value: row.id, label: row.name, detail: row.login }));
}
