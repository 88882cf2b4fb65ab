import { Alert, App, Button, Checkbox, Input } from 'antd';
import { useId, useState, type FormEvent } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { postParameterOverride, type listParameters } from '#contract/administration.ts';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { DateField } from '#web/kit/fields/DateField.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { todayOfClock } from '#web/kit/schema/words.ts';

type Parameter = Answer<typeof listParameters>['rows'][number];

/** 设置参数: value, from which day, on which basis. */
export function ParameterDialog({ parameter }: { parameter: Parameter }) {
  return <DialogButton words="本县设置" title={`设置：${parameter.title}`}>{(close) => <ParameterForm parameter={parameter} close={close} />}</DialogButton>;
}

function ParameterForm({ parameter, close }: { parameter: Parameter; close: () => void }) {
  const id = useId();
  const { message } = App.useApp();
  const now = parameter.inForce.value;
  const [number, setNumber] = useState(typeof now === 'number' ? String(now) : '');
  const [yes, setYes] = useState(String(now === true));
  const [options, setOptions] = useState<readonly string[]>(Array.isArray(now) ? now : []);
  const [from, setFrom] = useState(todayOfClock());
  const [basis, setBasis] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const save = useMutationOf(postParameterOverride, (answer) => {
    message.success(answer.message);
    close();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const value = parameter.kind === 'number' ? Number(number) : parameter.kind === 'yes-no' ? yes === 'true' : [...options];
    const body = postParameterOverride.body.safeParse({ value, effectiveFrom: from, basis });
    setFault(parameter.kind === 'number' && !/^-?\d+$/.test(number.trim()) ? '值应为整数' : body.success ? null : (body.error.issues[0]?.message ?? '填写有误'));
    if (body.success && (parameter.kind !== 'number' || /^-?\d+$/.test(number.trim()))) save.mutate({ params: { parameterId: parameter.id }, body: body.data });
  };
  return (
    <form className="sz-form" onSubmit={submit}>
      <div className="sz-field" role="group" aria-label="值">
        {parameter.kind === 'options'
          ? <fieldset><legend>值</legend>{parameter.options.map((one) => <Checkbox key={one.value} checked={options.includes(one.value)} onChange={(event) => setOptions(event.target.checked ? [...options, one.value] : options.filter((value) => value !== one.value))}>{one.label}</Checkbox>)}</fieldset>
          : <><label htmlFor={`${id}v`}>值{parameter.unit === '' ? '' : `（${parameter.unit}）`}</label>{parameter.kind === 'yes-no' ? <Choice id={`${id}v`} value={yes} choices={{ true: '是', false: '否' }} onChange={setYes} /> : <Input id={`${id}v`} inputMode="numeric" value={number} onChange={(event) => setNumber(event.target.value)} />}</>}
        <p className="sz-help">{parameter.expected}</p>
      </div>
      <div className="sz-field"><label htmlFor={`${id}f`}>自何日起</label><DateField id={`${id}f`} value={from} onChange={setFrom} /></div>
      <div className="sz-field"><label htmlFor={`${id}b`}>依据</label><Input id={`${id}b`} value={basis} maxLength={200} onChange={(event) => setBasis(event.target.value)} /><p className="sz-help">文件名称和文号</p></div>
      {(fault !== null || save.error !== null) && <Alert type="error" showIcon role="alert" title={fault ?? save.error?.message} />}
      <div className="sz-form-foot"><Button type="primary" htmlType="submit" loading={save.isPending}>设置</Button><Button onClick={close}>取消</Button></div>
    </form>
  );
}
