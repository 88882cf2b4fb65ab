import { Alert, App, Button, Input } from 'antd';
import { useId, useState, type FormEvent } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { putEstateNames, type getEstate } from '#contract/registry/estate.ts';
import { estateNameKindLabels } from '#contract/registry/words.ts';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { DateField } from '#web/kit/fields/DateField.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';

type Estate = Answer<typeof getEstate>;
interface Line { readonly key: string; readonly name: string; readonly kind: string; readonly sinceOn: string; readonly untilOn: string }
const kinds = { alias: estateNameKindLabels.alias, place: estateNameKindLabels.place };

/** 登记俗称、所含地名: by these names, too, the estate is found and ledgers are matched. */
export function NamesDialog({ estate }: { estate: Estate }) {
  return <DialogButton words="登记俗称、地名" title="登记俗称、所含地名" ability={estate.can.rename}>{(close) => <NamesForm estate={estate} close={close} />}</DialogButton>;
}

function NamesForm({ estate, close }: { estate: Estate; close: () => void }) {
  const id = useId();
  const { message } = App.useApp();
  const former = estate.names.filter((one) => one.kind === 'former');
  const [lines, setLines] = useState<readonly Line[]>(estate.names.filter((one) => one.kind !== 'former').map((one) => ({ key: one.id, name: one.name, kind: one.kind, sinceOn: one.sinceOn ?? '', untilOn: one.untilOn ?? '' })));
  const [made, countMade] = useState(0);
  const [fault, setFault] = useState<string | null>(null);
  const save = useMutationOf(putEstateNames, () => {
    message.success('已登记');
    close();
  });
  const edit = (index: number, patch: Partial<Line>) => setLines(lines.map((line, at) => (at === index ? { ...line, ...patch } : line)));
  const add = () => {
    countMade(made + 1);
    setLines([...lines, { key: `new${made}`, name: '', kind: 'alias', sinceOn: '', untilOn: '' }]);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const blank = lines.findIndex((line) => line.name.trim() === '');
    // Former names come from renaming; they are sent back as they stand.
    const kept = former.map(({ name, kind, sinceOn, untilOn }) => ({ name, kind, sinceOn, untilOn }));
    const body = putEstateNames.body.safeParse({ names: [...kept, ...lines.map(({ name, kind, sinceOn, untilOn }) => ({ name, kind, sinceOn: sinceOn || null, untilOn: untilOn || null }))] });
    setFault(blank >= 0 ? `第 ${blank + 1} 个名称没有填写` : body.success ? null : (body.error.issues[0]?.message ?? '填写有误'));
    if (blank < 0 && body.success) save.mutate({ params: { estateId: estate.id }, body: body.data, version: estate.version });
  };
  return (
    <form className="sz-form" onSubmit={submit}>
      <p className="sz-muted">登记以后，用这些名称也能搜到本小区，导入台账时也会对上。曾用名由“更名”自动记下{former.length === 0 ? '' : `：${former.map((one) => one.name).join('、')}`}。</p>
      {lines.map((line, index) => (
        <fieldset key={line.key} className="sz-fields">
          <legend>名称 {index + 1}</legend>
          <div className="sz-field"><label htmlFor={`${id}n${index}`}>名称</label><Input id={`${id}n${index}`} maxLength={100} value={line.name} onChange={(event) => edit(index, { name: event.target.value })} /></div>
          <div className="sz-field"><label htmlFor={`${id}k${index}`}>类别</label><Choice id={`${id}k${index}`} value={line.kind} choices={kinds} onChange={(kind) => edit(index, { kind })} /></div>
          <div className="sz-field"><label htmlFor={`${id}s${index}`}>自（不清楚可不填）</label><DateField id={`${id}s${index}`} value={line.sinceOn} onChange={(sinceOn) => edit(index, { sinceOn })} /></div>
          <div className="sz-field"><label htmlFor={`${id}u${index}`}>至（仍在用不填）</label><DateField id={`${id}u${index}`} value={line.untilOn} onChange={(untilOn) => edit(index, { untilOn })} /></div>
          <div><Button onClick={() => setLines(lines.filter((_, at) => at !== index))}>去掉这个名称</Button></div>
        </fieldset>
      ))}
      <div><Button onClick={add}>增加名称</Button></div>
      {(fault !== null || save.error !== null) && <Alert type="error" showIcon role="alert" title={fault ?? save.error?.message} />}
      <div className="sz-form-foot"><Button type="primary" htmlType="submit" loading={save.isPending}>保存</Button><Button onClick={close}>取消</Button></div>
    </form>
  );
}
