import { listGrantScopes } from '#contract/administration/grant.ts';
import type { roles, Role } from '#contract/permissions.ts';
import { call } from '#web/kit/api/call.ts';
import { OrgUnitPicker } from '#web/kit/fields/OrgUnitPicker.tsx';
import { RecordPicker } from '#web/kit/fields/RecordPicker.tsx';
import type { FieldExtra } from '#web/kit/form/RouteForm.tsx';

type Control = NonNullable<FieldExtra['control']>;

/** 管辖对象的控件 of a role's level: a list of bodies, or a search among estates and companies. */
export function scopeControl(level: (typeof roles)[Role]['level']): Control {
  if (level === 'township' || level === 'neighbourhood') return ({ text, onType, ...rest }) => <OrgUnitPicker {...rest} value={text} level={level} onChange={onType} />;
  const find = async (q: string) => (await call(listGrantScopes, { query: { level, q } })).rows.slice(0, 20).map((row) => ({ value: row.id, label: row.name }));
  return ({ text, onType, ...rest }) => <RecordPicker {...rest} value={text} onChange={onType} what={level === 'company' ? '企业' : '小区'} find={find} name={() => Promise.resolve('')} />;
}
