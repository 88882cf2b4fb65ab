import { App, Button } from 'antd';
import { useId, useState } from 'react';
import { postGrant } from '#contract/administration/grant.ts';
import { permissions, roles, type Role } from '#contract/permissions.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { FieldRow } from '#web/kit/form/FieldRow.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useMe } from '#web/kit/session/use-me.ts';
import type { Ability } from '#web/kit/ActionLink.tsx';
import { scopeControl } from './scope-control.tsx';

const titles: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(roles).map(([role, { title }]) => [role, title]));
const isRole = (text: string): text is Role => Object.hasOwn(roles, text);

/** 授予岗位: first the role, then what it covers. */
export function GrantDialog({ userId, ability }: { userId: Id<'AppUser'>; ability?: Ability }) {
  return <DialogButton words="授予岗位" title="授予岗位" isPrimary ability={ability}>{(close) => <GrantForm userId={userId} close={close} />}</DialogButton>;
}

function GrantForm({ userId, close }: { userId: Id<'AppUser'>; close: () => void }) {
  const id = useId();
  const [role, setRole] = useState<Role | null>(null);
  return (
    <div className="sz-form">
      <FieldRow id={id} title="角色" isRequired help={role === null ? '先选角色，再选管辖的地方或企业' : `可以：${roles[role].permissions.map((one) => permissions[one]).join('、') || '只办本人的事'}`}>
        <Choice id={id} value={role ?? ''} blank="请选择" choices={titles} describedBy={`${id}-help`} onChange={(next) => setRole(isRole(next) ? next : null)} />
      </FieldRow>
      {role === null ? <div className="sz-form-foot"><Button onClick={close}>取消</Button></div> : <ScopeForm key={role} role={role} userId={userId} close={close} />}
    </div>
  );
}

/** Made anew for each role, so that what was picked for one level is never sent for another. */
function ScopeForm({ role, userId, close }: { role: Role; userId: Id<'AppUser'>; close: () => void }) {
  const { message } = App.useApp();
  const county = useMe().data?.county;
  const { level } = roles[role];
  const isCounty = level === 'county' && county !== undefined;
  return (
    <RouteForm
      route={postGrant} params={{ userId }} submit="授予" onCancel={close} keepsDraft={false}
      fixed={{ role, ...(isCounty ? { scopeId: county.id } : {}) }}
      onDone={(grant) => {
        message.success(`已授予岗位：${grant.roleTitle}（${grant.scopeName}）`);
        close();
      }}
      extras={{
        scopeId: { ...(level === 'township' || level === 'neighbourhood' ? {} : { help: '输入名称的一部分查找' }), control: scopeControl(level) },
        orgUnitId: { help: level === 'estate' || level === 'company' ? '不在机构任职的可以不填' : '不填则为所管辖的机构本身' },
        title: { help: '如：物业科科员' }, startedOn: { help: '不填则从今天起' },
      }}
    >
      {isCounty && <p className="sz-muted">管辖{county.name}全县。</p>}
    </RouteForm>
  );
}
