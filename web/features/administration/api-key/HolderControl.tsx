import { listUsers } from '#contract/administration/user.ts';
import { call } from '#web/kit/api/call.ts';
import { RecordPicker } from '#web/kit/fields/RecordPicker.tsx';
import type { FieldExtra } from '#web/kit/form/RouteForm.tsx';

/** 选保管人: anybody of the county whose account is in use, found by name. */
export const HolderControl: NonNullable<FieldExtra['control']> = ({ text, onType, ...rest }) => <RecordPicker {...rest} value={text} onChange={onType} what="用户" find={findUsers} name={async () => ''} />;

async function findUsers(q: string) {
  const { rows } = await call(listUsers, { query: { q, limit: 10, status: 'active' } });
  return rows.map((row) => ({ value: row.id, label: row.name, detail: [row.login, ...row.grants.slice(0, 1).map((grant) => `${grant.roleTitle}（${grant.scopeName}）`)].join('，') }));
}
