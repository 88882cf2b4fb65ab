import { App } from 'antd';
import { useState } from 'react';
import { listGrantScopes, postGrant } from '#contract/administration.ts';
import { roles, type Role } from '#contract/permissions.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { call } from '#web/kit/api/call.ts';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { RecordPicker } from '#web/kit/fields/RecordPicker.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';

const titles: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(roles).map(([role, { title }]) => [role, title]));
const isRole = (text: string): text is Role => Object.hasOwn(roles, text);

/** 授予岗位: role, and what it covers. */
export function GrantDialog({ userId }: { userId: Id<'AppUser'> }) {
  return <DialogButton words="授予岗位" title="授予岗位" isPrimary>{(close) => <GrantForm userId={userId} close={close} />}</DialogButton>;
}

function GrantForm({ userId, close }: { userId: Id<'AppUser'>; close: () => void }) {
  const { message } = App.useApp();
  const [role, setRole] = useState<Role | null>(null);
  const find = async (q: string) => {
    if (role === null) return [];
    const { rows } = await call(listGrantScopes, { query: { level: roles[role].level, q } });
    return rows.slice(0, 20).map((row) => ({ value: row.id, label: row.name }));
  };
  return (
    <RouteForm
      route={postGrant} params={{ userId }} submit="授予" onCancel={close} keepsDraft={false}
      onDone={() => {
        message.success('已授予岗位');
        close();
      }}
      extras={{
        role: { control: ({ text, onType, ...rest }) => <Choice {...rest} value={text} blank="请选择" choices={titles} onChange={(next) => { onType(next); setRole(isRole(next) ? next : null); }} /> },
        scopeId: { help: role === null ? '请先选择角色' : '输入名称查找这个岗位管辖的地方或企业', control: ({ text, onType, ...rest }) => <RecordPicker {...rest} key={role} value={text} onChange={onType} what="管辖对象" find={find} name={() => Promise.resolve('')} /> },
        startedOn: { help: '不填则从今天起' },
      }}
    />
  );
}
