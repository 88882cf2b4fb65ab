import { Alert, Button, Checkbox, Input } from 'antd';
import { useId, useState, type FormEvent } from 'react';
import { postParameterOverride } from '#contract/administration/parameter.ts';
import type { Ability } from '#web/kit/ActionLink.tsx';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { DateField } from '#web/kit/fields/DateField.tsx';
import { FieldRow } from '#web/kit/form/FieldRow.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { dateWords, todayOfClock } from '#web/kit/schema/words.ts';
import { Effect } from './Effect.tsx';
import { basisWords, countOf, expectedWords, readNumber, typedNumber, unitOf, type Parameter, type Value } from './value.ts';

interface Props { readonly parameter: Parameter; readonly onDone: (message: string) => void }

/** 设置参数: value, from which day, on which basis. */
export function ParameterDialog({ ability, ...props }: Props & { ability: Ability }) {
  return <DialogButton isWide words="本县设置" title={`设置：${props.parameter.title}`} ability={ability}>{(close) => <ParameterForm {...props} close={close} />}</DialogButton>;
}

function ParameterForm({ parameter, onDone, close }: Props & { close: () => void }) {
  const id = useId();
  const now = parameter.inForce;
  const counted = countOf(now);
  const [value, setValue] = useState<Value | null>(now.value);
  const [from, setFrom] = useState(todayOfClock());
  const [basis, setBasis] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const save = useMutationOf(postParameterOverride, (answer) => {
    onDone(answer.message);
    close();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = postParameterOverride.body.safeParse({ value, effectiveFrom: from, basis });
    const found = value === null ? `值填写有误：${expectedWords(parameter)}` : from === '' ? '请填写自何日起' : body.success ? null : (body.error.issues[0]?.message ?? '填写有误');
    setFault(found);
    if (found === null && body.success) save.mutate({ params: { parameterId: parameter.id }, body: body.data });
  };
  return (
    <form className="sz-form" onSubmit={submit}>
      <p>现在是 <strong>{counted === null ? now.valueText : `下面勾选的 ${counted} 项`}</strong>，自{dateWords(now.from)}起，依据：{basisWords(now)}。</p>
      <ValueField id={`${id}v`} parameter={parameter} onChange={setValue} />
      <FieldRow id={`${id}f`} title="自何日起" isRequired help="这一天以前发生的事项仍按原值"><DateField id={`${id}f`} value={from} describedBy={`${id}f-help`} onChange={setFrom} /></FieldRow>
      <FieldRow id={`${id}b`} title="依据" isRequired help="文件名称和文号，如：安建发〔2026〕12号"><Input id={`${id}b`} value={basis} maxLength={200} aria-describedby={`${id}b-help`} onChange={(event) => setBasis(event.target.value)} /></FieldRow>
      <Effect parameter={parameter} value={value} />
      {(fault !== null || save.error !== null) && <Alert type="error" showIcon role="alert" title={fault ?? save.error?.message} />}
      <div className="sz-form-foot"><Button type="primary" htmlType="submit" loading={save.isPending}>设置</Button><Button onClick={close}>取消</Button></div>
    </form>
  );
}

function ValueField({ id, parameter, onChange }: { id: string; parameter: Parameter; onChange: (value: Value | null) => void }) {
  const { kind, inForce, options } = parameter;
  const [text, type] = useState(kind === 'number' ? typedNumber(parameter, inForce.value) : String(inForce.value === true));
  const [words, choose] = useState<readonly string[]>(Array.isArray(inForce.value) ? inForce.value : []);
  const pick = (word: string, isOn: boolean) => {
    const next = options.map(({ value }) => value).filter((one) => (one === word ? isOn : words.includes(one)));
    choose(next);
    onChange(next);
  };
  if (kind === 'options') {
    return (
      <fieldset className="sz-checks"><legend>改为</legend>{options.map((one) => <Checkbox key={one.value} checked={words.includes(one.value)} onChange={(event) => pick(one.value, event.target.checked)}>{one.label}</Checkbox>)}</fieldset>
    );
  }
  if (kind === 'yes-no') return <FieldRow id={id} title="改为" isRequired><Choice id={id} value={text} choices={{ true: '是', false: '否' }} onChange={(next) => { type(next); onChange(next === 'true'); }} /></FieldRow>;
  return (
    <FieldRow id={id} title="改为" isRequired help={expectedWords(parameter)}>
      <Input id={id} inputMode="decimal" suffix={unitOf(parameter)} value={text} aria-describedby={`${id}-help`} onChange={(event) => { type(event.target.value); onChange(readNumber(parameter, event.target.value)); }} />
    </FieldRow>
  );
}
