import { Checkbox } from 'antd';
import { useState } from 'react';
import { MachinePermissionName, postApiKey } from '#contract/administration/api-key.ts';
import { machinePermissionLabels } from '#contract/machine.ts';
import type { MachinePermission } from '#contract/permissions.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { useOrgUnits } from '#web/kit/fields/use-org-units.ts';
import { RouteForm, type FieldExtra } from '#web/kit/form/RouteForm.tsx';
import { HolderControl } from './HolderControl.tsx';
import { KeyDialog, type MadeKey } from './KeyDialog.tsx';

/** 新建接口密钥. */
export function NewKey() {
  return <KeyDialog words="新建密钥" title="新建接口密钥" isPrimary form={(onMade, close) => <Form onMade={onMade} close={close} />} />;
}

function Form({ onMade, close }: { onMade: (made: MadeKey) => void; close: () => void }) {
  const [chosen, choose] = useState<readonly MachinePermission[]>(['registry.read']);
  const turn = (name: MachinePermission, isOn: boolean) => choose(isOn ? [...chosen, name] : chosen.filter((one) => one !== name));
  return (
    <RouteForm
      route={postApiKey} submit="新建" onDone={onMade} onCancel={close} keepsDraft={false} fixed={{ permissions: chosen }}
      extras={{
        name: { help: '写对方系统的名字，如：县大数据局数据共享平台' }, scopeId: { control: ScopeControl, help: '对方只看得到这个范围内的数据' },
        endsOn: { help: '一般最长一年（参数「接口密钥最长有效期」），到期后重新审核再建' }, holderId: { control: HolderControl, help: '对这把密钥负责的人，离岗交接时随他移交；不填就是您自己' }, addresses: { help: '可以不填。填了就只能从这些地址使用，如 10.1.2.3 或 10.1.2.0/24，多个用逗号隔开' },
      }}
    >
      <fieldset className="sz-checks">
        <legend>权限（只选对方要用的）</legend>
        {MachinePermissionName.options.map((name) => <Checkbox key={name} checked={chosen.includes(name)} onChange={(event) => turn(name, event.target.checked)}>{machinePermissionLabels[name]}</Checkbox>)}
      </fieldset>
    </RouteForm>
  );
}

const ScopeControl: NonNullable<FieldExtra['control']> = ({ text, onType, ...rest }) => <ScopePicker {...rest} value={text} onChange={onType} />;

/** The county, a township, or a neighbourhood under its township's name. */
function ScopePicker({ value, onChange, ...rest }: { value: string; onChange: (value: string) => void; id: string; describedBy: string | undefined; isInvalid: boolean }) {
  const rows = useOrgUnits().data?.rows ?? [];
  const nameOf = (parentId: string | null) => rows.find((row) => row.id === parentId)?.name ?? '';
  const of = (kind: 'county' | 'township') => rows.filter((row) => row.kind === kind).map((row): [string, string] => [row.id, kind === 'county' ? `${row.name}（全县）` : row.name]);
  const below = rows.filter((row) => row.kind === 'neighbourhood').map((row): [string, string] => [row.id, `${nameOf(row.parentId)} ${row.name}`]);
  return <Choice {...rest} value={value} blank="请选择" choices={Object.fromEntries([...of('county'), ...of('township'), ...below])} onChange={onChange} />;
}
