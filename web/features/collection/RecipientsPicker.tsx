import { Button, Checkbox, Input } from 'antd';
import { useId, useState } from 'react';

interface Recipient { readonly id: string; readonly name: string; readonly place: string | null }

/** 对象: ticked one by one, or all that a word finds. */
export function RecipientsPicker({ all, chosen, onChange }: { all: readonly Recipient[]; chosen: readonly string[]; onChange: (ids: string[]) => void }) {
  const id = useId();
  const [q, type] = useState('');
  const shown = all.filter(({ name, place }) => q.trim() === '' || `${name}${place ?? ''}`.includes(q.trim()));
  const ids = new Set(shown.map((one) => one.id));
  const set = new Set(chosen);
  return (
    <fieldset className="sz-fieldset">
      <legend>发给谁（已选 {chosen.length} / {all.length}）</legend>
      <div className="sz-form-foot">
        {all.length > 15 && <><label htmlFor={`${id}q`}>查找</label><Input id={`${id}q`} style={{ maxWidth: 200 }} value={q} onChange={(event) => type(event.target.value)} /></>}
        <Button size="small" onClick={() => onChange([...new Set([...chosen, ...ids])])}>{q.trim() === '' ? '全选' : '选中找到的'}</Button>
        <Button size="small" onClick={() => onChange(chosen.filter((one) => !ids.has(one)))}>{q.trim() === '' ? '全不选' : '不选找到的'}</Button>
      </div>
      <Checkbox.Group className="sz-check-list" value={[...set].filter((one) => ids.has(one))} options={shown.map((one) => ({ value: one.id, label: one.place === null ? one.name : `${one.name}（${one.place}）` }))} onChange={(next) => onChange([...chosen.filter((one) => !ids.has(one)), ...next])} />
    </fieldset>
  );
}
