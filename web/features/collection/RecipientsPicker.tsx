import { Button, Checkbox, Input } from 'antd';
import { useId, useState } from 'react';
import type { RecipientKind } from '#domain/collection/column.ts';
import { ByCondition, type Condition } from './ByCondition.tsx';

interface Recipient { readonly id: string; readonly name: string; readonly place: string | null }

/** 对象: ticked one by one, all that a word finds, or all that answer to conditions; who was chosen stands below, each to be taken out again. */
export function RecipientsPicker({ kind, all, chosen, condition, hasRows, onChange, onCondition }: { kind: RecipientKind; all: readonly Recipient[]; chosen: readonly string[]; condition: Condition | null; hasRows: boolean; onChange: (ids: string[]) => void; onCondition: (condition: Condition | null) => void }) {
  const id = useId();
  const [q, type] = useState('');
  const shown = all.filter(({ name, place }) => q.trim() === '' || `${name}${place ?? ''}`.includes(q.trim()));
  const ids = new Set(shown.map((one) => one.id));
  const set = new Set(chosen);
  const who = all.filter((one) => set.has(one.id));
  return (
    <>
      <ByCondition kind={kind} kept={condition} hasRows={hasRows} onKeep={onCondition} onAdd={(more) => onChange([...new Set([...chosen, ...more])])} onOnly={onChange} />
      <fieldset className="sz-fieldset">
        <legend>发给谁（已选 {chosen.length} / {all.length}）</legend>
        <div className="sz-form-foot">
          {all.length > 15 && <><label htmlFor={`${id}q`}>查找</label><Input id={`${id}q`} style={{ maxWidth: 200 }} value={q} onChange={(event) => type(event.target.value)} /></>}
          <Button size="small" onClick={() => onChange([...new Set([...chosen, ...ids])])}>{q.trim() === '' ? '全选' : '选中找到的'}</Button>
          <Button size="small" onClick={() => onChange(chosen.filter((one) => !ids.has(one)))}>{q.trim() === '' ? '全不选' : '不选找到的'}</Button>
        </div>
        <Checkbox.Group className="sz-check-list" value={[...set].filter((one) => ids.has(one))} options={shown.map((one) => ({ value: one.id, label: one.place === null ? one.name : `${one.name}（${one.place}）` }))} onChange={(next) => onChange([...chosen.filter((one) => !ids.has(one)), ...next])} />
      </fieldset>
      {who.length > 0 && (
        <div className="sz-chosen">
          <p id={`${id}who`}>已选的 {who.length} 个，不要的点一下去掉：</p>
          <ul aria-labelledby={`${id}who`}>{who.map((one) => <li key={one.id}><Button size="small" aria-label={`去掉${one.name}`} onClick={() => onChange(chosen.filter((other) => other !== one.id))}>{one.name} ×</Button></li>)}</ul>
        </div>
      )}
    </>
  );
}
