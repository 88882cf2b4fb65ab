import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { postInvitation } from '#contract/administration/account-link.ts';
import { roles, type Role } from '#contract/permissions.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { FieldRow } from '#web/kit/form/FieldRow.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useMe } from '#web/kit/session/use-me.ts';
import { HandedLink, type WithLink } from './HandedLink.tsx';
import { HandOutDialog } from './HandOutDialog.tsx';
import { scopeControl } from './scope-control.tsx';

const titles: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(roles).map(([role, { title }]) => [role, title]));
const isRole = (text: string): text is Role => Object.hasOwn(roles, text);

/** 邀请用户: account, post and a link in one go. */
export function InviteDialog({ onTold }: { onTold: (made: WithLink) => void }) {
  return (
    <HandOutDialog<WithLink>
      words="邀请用户" title="邀请用户" toldTitle="请把邀请链接交给本人" isPrimary onTold={onTold}
      form={(onMade, close) => <InviteForm onMade={onMade} close={close} />}
      told={(made, close) => <HandedLink made={made} what="邀请" close={close} />}
    />
  );
}

function InviteForm({ onMade, close }: { onMade: (made: WithLink) => void; close: () => void }) {
  const id = useId();
  const county = useMe().data?.county;
  const [role, setRole] = useState<Role | null>(null);
  const [picked, pick] = useState('');
  const [title, name] = useState('');
  const isCounty = role !== null && roles[role].level === 'county';
  const scopeId = isCounty ? county?.id ?? '' : picked;
  const control = role === null || isCounty ? null : scopeControl(roles[role].level);
  return (
    <div className="sz-form">
      <FieldRow id={`${id}role`} title="角色" isRequired help="先选角色，再选管辖的地方或企业">
        <Choice id={`${id}role`} value={role ?? ''} blank="请选择" choices={titles} describedBy={`${id}role-help`} onChange={(next) => { setRole(isRole(next) ? next : null); pick(''); }} />
      </FieldRow>
      {control !== null && <FieldRow key={role} id={`${id}scope`} title="管辖对象" isRequired>{control({ id: `${id}scope`, text: picked, onType: pick, describedBy: undefined, isInvalid: false })}</FieldRow>}
      {isCounty && <p className="sz-muted">管辖{county?.name}全县。</p>}
      {role === null ? <div className="sz-form-foot"><Button onClick={close}>取消</Button></div> : (
        <>
          <FieldRow id={`${id}title`} title="职务" isRequired={false} help="如：物业科科员"><Input id={`${id}title`} aria-describedby={`${id}title-help`} autoComplete="off" maxLength={50} value={title} onChange={(event) => name(event.target.value)} /></FieldRow>
          <RouteForm
            route={postInvitation} fixed={{ grant: { role, scopeId, title: title.trim() === '' ? null : title.trim() } }} submit="生成邀请链接" onDone={onMade} onCancel={close} keepsDraft={false}
            extras={{ login: { help: '可以用姓名或姓名拼音，全县不能重复' }, name: { help: '本人打开链接时会看到姓名、岗位和您的名字' } }}
          />
        </>
      )}
    </div>
  );
}
