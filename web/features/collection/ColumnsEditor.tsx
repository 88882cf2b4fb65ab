import { Button, Checkbox, Input } from 'antd';
import { useId, useState } from 'react';
import { choicesOfField } from '#contract/collection.ts';
import { columnKinds, type ColumnKind } from '#domain/collection/column.ts';
import type { HeldField } from '#domain/collection/fields.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { freeKey, type DraftColumn } from './collection-draft.ts';

interface Known { readonly field: string; readonly known: number; readonly total: number }

/** 栏目: what is asked; beside each the books' own knowledge, so that nobody asks for what is held. */
export function ColumnsEditor({ columns, fields, known, unit, onChange }: { columns: readonly DraftColumn[]; fields: readonly HeldField[]; known: readonly Known[]; unit: string; onChange: (columns: DraftColumn[]) => void }) {
  const id = useId();
  const [picked, pick] = useState('');
  const put = (at: number, column: DraftColumn) => onChange(columns.map((one, index) => (index === at ? column : one)));
  const add = (field: HeldField | undefined) => onChange([...columns, { key: freeKey(columns), title: field?.title ?? '', kind: field?.kind ?? 'text', isRequired: false, field: field?.id ?? null, choices: [...(choicesOfField[field?.id ?? ''] ?? [])], help: null }]);
  return (
    <div>
      {columns.map((column, at) => (
        <fieldset key={column.key} className="sz-ask">
          <legend>第 {at + 1} 栏</legend>
          <div className="sz-fields">
            <div className="sz-field"><label htmlFor={`${id}t${at}`} className="sz-needed">栏目名称</label><Input id={`${id}t${at}`} value={column.title} maxLength={40} onChange={(event) => put(at, { ...column, title: event.target.value })} /></div>
            <div className="sz-field"><label htmlFor={`${id}k${at}`}>填什么</label>{column.field === null ? <Choice id={`${id}k${at}`} value={column.kind} choices={columnKinds} onChange={(kind) => put(at, { ...column, kind: isKind(kind) ? kind : 'text' })} /> : <Input id={`${id}k${at}`} value={columnKinds[column.kind]} readOnly />}</div>
            <div className="sz-field"><label htmlFor={`${id}h${at}`}>填写说明</label><Input id={`${id}h${at}`} value={column.help ?? ''} maxLength={100} onChange={(event) => put(at, { ...column, help: event.target.value || null })} /></div>
            {column.kind === 'choice' && column.field === null && <div className="sz-field"><label htmlFor={`${id}c${at}`} className="sz-needed">选项（用顿号隔开）</label><Input id={`${id}c${at}`} value={column.choices.join('、')} onChange={(event) => put(at, { ...column, choices: event.target.value.split('、') })} /></div>}
          </div>
          <KnownWords known={known.find(({ field }) => field === column.field)} unit={unit} isBound={column.field !== null} isCounted={fields.find(({ id: one }) => one === column.field)?.taking === 'elsewhere'} />
          <div className="sz-form-foot">
            <Checkbox checked={column.isRequired} onChange={(event) => put(at, { ...column, isRequired: event.target.checked })}>必填</Checkbox>
            <Button size="small" disabled={at === 0} onClick={() => onChange(columns.flatMap((one, index) => (index === at - 1 ? [column, one] : index === at ? [] : [one])))}>上移</Button>
            <Button size="small" danger onClick={() => onChange(columns.filter((_, index) => index !== at))}>删去这一栏</Button>
          </div>
        </fieldset>
      ))}
      <div className="sz-form-foot">
        <div className="sz-field" style={{ minWidth: 260 }}>
          <label htmlFor={`${id}add`}>台账里有的栏目</label>
          <Choice id={`${id}add`} value={picked} blank="选一项，自动预填" choices={Object.fromEntries(fields.filter((field) => !columns.some((column) => column.field === field.id)).map((field) => [field.id, `${field.title}${countOf(known, field.id)}`]))} onChange={(value) => { add(fields.find((field) => field.id === value)); pick(''); }} />
        </div>
        <Button style={{ alignSelf: 'end' }} onClick={() => add(undefined)}>加一栏台账里没有的</Button>
      </div>
    </div>
  );
}

const countOf = (known: readonly Known[], id: string): string => { const one = known.find(({ field }) => field === id); return one === undefined ? '' : `（已有 ${one.known}/${one.total}）`; };
const isKind = (text: string): text is ColumnKind => Object.hasOwn(columnKinds, text);

function KnownWords({ known, unit, isBound, isCounted }: { known: Known | undefined; unit: string; isBound: boolean; isCounted: boolean }) {
  if (!isBound) return <p className="sz-known sz-muted">台账里没有这一项，要由对方填写。</p>;
  if (known === undefined) return null;
  const words = `这一栏系统里已有 ${known.known}/${known.total} ${unit}的数据`;
  const tail = isCounted ? '，填报只供核对，与台账不同的另行登记' : '';
  if (known.total > 0 && known.known === known.total) return <p className="sz-known sz-notice" role="note">{words}，全都有了，确需再要？只要核对的，对方点“无变化”即可{tail}。</p>;
  return <p className={known.known * 2 > known.total ? 'sz-known sz-notice' : 'sz-known sz-muted'} role="note">{words}{known.known * 2 > known.total ? '，确需再要？' : ''}{tail}</p>;
}
