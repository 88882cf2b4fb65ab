import { Alert, App, Button, Input } from 'antd';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { transferOwnership, type getUnit } from '#contract/registry/unit.ts';
import { ownerKindLabels, ownershipBasisLabels, ownershipKindLabels } from '#contract/registry/words.ts';
import { isLocalDate } from '#domain/kernel/brand.ts';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { DateField } from '#web/kit/fields/DateField.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';

interface Line { readonly name: string; readonly ownerKind: string; readonly kind: string; readonly idNumber: string; readonly phone: string; readonly share: string }
const blank: Line = { name: '', ownerKind: 'person', kind: 'owner', idNumber: '', phone: '', share: '' };

/** 产权转移: from a day on these people own it; whoever owned it before ends that day. */
export function TransferDialog({ unit, opensAtOnce = false }: { unit: Answer<typeof getUnit>; opensAtOnce?: boolean }) {
  return <DialogButton words="产权转移" title="登记产权转移" ability={unit.can.transfer} opensAtOnce={opensAtOnce}>{(close) => <TransferForm unit={unit} close={close} />}</DialogButton>;
}

function TransferForm({ unit, close }: { unit: Answer<typeof getUnit>; close: () => void }) {
  const id = useId();
  const { message } = App.useApp();
  const [onDate, setDate] = useState('');
  const [basis, setBasis] = useState('register');
  const [lines, setLines] = useState<readonly Line[]>([blank]);
  const [fault, setFault] = useState<string | null>(null);
  const save = useMutationOf(transferOwnership, () => {
    message.success('已登记产权转移，原产权人记入产权变动');
    close();
  });
  const edit = (index: number, patch: Partial<Line>) => setLines(lines.map((line, at) => (at === index ? { ...line, ...patch } : line)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = transferOwnership.body.safeParse({ onDate: isLocalDate(onDate) ? onDate : null, basis, holders: lines.map(holderOf) });
    const missing = lines.some((line) => line.name.trim() === '');
    setFault(missing ? '请填写每一名产权人的姓名或单位名称' : body.success ? null : (body.error.issues[0]?.message ?? '填写有误'));
    if (body.success && !missing) save.mutate({ params: { unitId: unit.id }, version: unit.version, body: body.data });
  };
  return (
    <form className="sz-form" onSubmit={submit}>
      <div className="sz-field"><label htmlFor={`${id}d`}>转移日期</label><DateField id={`${id}d`} value={onDate} onChange={setDate} /><p className="sz-help">不清楚可以不填</p></div>
      <div className="sz-field"><label htmlFor={`${id}b`}>取得依据</label><Choice id={`${id}b`} value={basis} choices={ownershipBasisLabels} onChange={setBasis} /></div>
      {lines.map((line, index) => (
        <fieldset key={`${id}${index}`} className="sz-fields">
          <legend>产权人 {index + 1}</legend>
          <Labelled id={`${id}n${index}`} title="姓名或单位名称"><Input id={`${id}n${index}`} value={line.name} onChange={(event) => edit(index, { name: event.target.value })} /></Labelled>
          <Labelled id={`${id}o${index}`} title="业主类型"><Choice id={`${id}o${index}`} value={line.ownerKind} choices={ownerKindLabels} onChange={(ownerKind) => edit(index, { ownerKind })} /></Labelled>
          <Labelled id={`${id}k${index}`} title="产权关系"><Choice id={`${id}k${index}`} value={line.kind} choices={ownershipKindLabels} onChange={(kind) => edit(index, { kind })} /></Labelled>
          <Labelled id={`${id}s${index}`} title="份额（如 1/2）"><Input id={`${id}s${index}`} value={line.share} onChange={(event) => edit(index, { share: event.target.value })} /></Labelled>
          <Labelled id={`${id}i${index}`} title="证件号（可不填）"><Input id={`${id}i${index}`} value={line.idNumber} onChange={(event) => edit(index, { idNumber: event.target.value })} /></Labelled>
          <Labelled id={`${id}p${index}`} title="电话（可不填）"><Input id={`${id}p${index}`} inputMode="tel" value={line.phone} onChange={(event) => edit(index, { phone: event.target.value })} /></Labelled>
        </fieldset>
      ))}
      <div><Button onClick={() => setLines([...lines, { ...blank, kind: 'co-owner' }])}>再加一名共有人</Button></div>
      {(fault ?? save.error?.message) !== undefined && (fault !== null || save.error !== null) && <Alert type="error" showIcon role="alert" title={fault ?? save.error?.message} />}
      <div className="sz-form-foot"><Button type="primary" htmlType="submit" loading={save.isPending}>登记</Button><Button onClick={close}>取消</Button></div>
    </form>
  );
}

function Labelled({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return <div className="sz-field"><label htmlFor={id}>{title}</label>{children}</div>;
}

function holderOf(line: Line): Record<string, unknown> {
  const share = /^\s*(\d+)\s*[/／]\s*(\d+)\s*$/.exec(line.share);
  return {
    name: line.name.trim(), ownerKind: line.ownerKind, kind: line.kind, idNumber: line.idNumber.trim() || null, phone: line.phone.trim() || null,
    sharePart: share === null ? null : Number(share[1]), shareWhole: share === null ? null : Number(share[2]),
  };
}

