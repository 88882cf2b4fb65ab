import { Alert, Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Answer } from '#contract/define-route.ts';
import type { getCollectionPart } from '#contract/collection.ts';
import { readCellText, writeCellText } from '#domain/collection/cell-text.ts';
import type { CellContent } from '#domain/collection/column.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { ProblemError } from '#web/kit/api/problem-error.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { DateField } from '#web/kit/fields/DateField.tsx';
import { Restored } from '#web/kit/form/Restored.tsx';
import { useDraft } from '#web/kit/form/use-draft.ts';
import { dateWords } from '#web/kit/schema/words.ts';
import { contentWords } from './words.tsx';

export type PartValue = Answer<typeof getCollectionPart>;
type Values = Record<string, Record<string, CellContent>>;
type Column = PartValue['columns'][number];

/** 填报表: prefilled cells, kept while they are typed; saved in part, handed in whole, or 无变化 in one tap. */
export function FillGrid({ part, keep, isBusy, error, onSave, onHandIn, before }: {
  readonly part: PartValue;
  /** Names the draft in this browser. */
  readonly keep: string; readonly isBusy: boolean; readonly error: Error | null;
  readonly onSave: (values: Values, done: () => void) => void; readonly onHandIn: (values: Values, isUnchanged: boolean, done: () => void) => void;
  /** Drawn before the buttons. */
  readonly before?: ReactNode;
}) {
  const start = Object.fromEntries(part.rows.flatMap(({ id }) => part.columns.map((column) => [`${id}/${column.key}`, writeCellText(column, part.values[id]?.[column.key] ?? null)])));
  const draft = useDraft(keep, start, true);
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const refused = error instanceof ProblemError ? Object.fromEntries(error.errors.map(({ pointer, message }) => [pointer.replace(/^\/values\//, ''), message])) : {};
  const isReadOnly = part.can.answer !== true;
  const isLong = part.rows.length > 3;
  const send = (go: (values: Values) => void) => {
    const read = readAll(part, draft.texts);
    setFaults(read.faults);
    const [first] = Object.keys(read.faults);
    if (first !== undefined) document.getElementById(`cell-${first}`)?.focus();
    else go(read.values);
  };
  // What was typed would be thrown away by 无变化, so it is not offered any more.
  const isTyped = Object.entries(start).some(([key, text]) => draft.texts[key] !== text);
  const unchanged = isTyped ? <ActionButton ability="您改过表里的内容，请点“提交”" onClick={() => undefined}>无变化，直接提交</ActionButton> : <Button size="large" loading={isBusy} onClick={() => onHandIn({}, true, draft.drop)}>无变化，直接提交</Button>;
  return (
    <div className="sz-fill">
      {draft.isRestored && !isReadOnly && <Restored onDrop={draft.drop} />}
      {!isReadOnly && isLong && <p className="sz-fill-top no-print">{unchanged}<span className="sz-muted">{part.columns.every(({ field }) => field !== null) ? '下面都是台账所载，全部没有变化时点这里' : '台账里有的已经填好；都没有变化、其余不用填时点这里'}</span></p>}
      <div className="sz-table-scroll" tabIndex={0} role="region" aria-label="填报表">
        <table className="sz-table sz-fill-table">
          <thead><tr><th scope="col">名称</th>{part.columns.map((column) => <th key={column.key} scope="col">{column.title}{unitOf(column)}{column.isRequired && <span className="sz-needed" aria-label="必填" />}{column.help !== null && <small className="sz-help">{column.help}</small>}</th>)}</tr></thead>
          <tbody>
            {part.rows.map((row) => (
              <tr key={row.id}>
                <th scope="row" data-title="名称">{row.title}{row.sinceOn !== null && <small className="sz-muted">台账更新于 {dateWords(row.sinceOn)}</small>}</th>
                {part.columns.map((column) => {
                  const key = `${row.id}/${column.key}`;
                  const fault = faults[key] ?? refused[key];
                  const base = part.held[row.id]?.[column.key] ?? null;
                  const text = draft.texts[key] ?? '';
                  return (
                    <td key={column.key} data-title={`${column.title}${unitOf(column)}${column.isRequired ? ' *' : ''}`}>
                      {isReadOnly ? <span>{text === '' ? '空' : text}</span> : <CellControl id={`cell-${key}`} label={`${row.title} ${column.title}`} column={column} text={text} isInvalid={fault !== undefined} onType={(next) => { draft.type(key, next); setFaults(({ [key]: _mended, ...rest }) => rest); }} />}
                      {fault !== undefined && <span className="sz-error" role="alert">{fault.replace(/^.*?”(?:：|(?=还))/, '')}</span>}
                      {!isReadOnly && base !== null && text !== writeCellText(column, base) && <small className="sz-muted">{column.field === null ? '上次填的是' : '台账为'} {contentWords(column, base)}</small>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {error !== null && <Alert type="error" showIcon role="alert" title="没有提交" description={error.message} />}
      {!isReadOnly && before}
      {!isReadOnly && (
        <div className="sz-form-foot no-print">
          <Button type="primary" size="large" loading={isBusy} onClick={() => send((values) => onHandIn(values, false, draft.drop))}>提交</Button>
          {unchanged}
          <Button size="large" loading={isBusy} onClick={() => send((values) => onSave(values, draft.drop))}>先保存</Button>
        </div>
      )}
    </div>
  );
}

const unitOf = ({ kind, title }: Column): string => (kind === 'area' && !/[㎡米]/.test(title) ? '（㎡）' : kind === 'money' && !title.includes('元') ? '（元）' : '');

function CellControl({ id, label, column, text, isInvalid, onType }: { id: string; label: string; column: Column; text: string; isInvalid: boolean; onType: (text: string) => void }) {
  if (column.kind === 'flag' || column.kind === 'choice') {
    const words = column.kind === 'flag' ? ['是', '否'] : column.choices;
    return <Choice id={id} label={label} value={text} blank="未填" choices={Object.fromEntries(words.map((word) => [word, word]))} isInvalid={isInvalid} onChange={onType} />;
  }
  if (column.kind === 'date') return <DateField id={id} label={label} value={text} isInvalid={isInvalid} onChange={onType} />;
  return <Input id={id} aria-label={label} aria-invalid={isInvalid} status={isInvalid ? 'error' : ''} inputMode={column.kind === 'whole' ? 'numeric' : column.kind === 'text' ? (/电话|手机/.test(column.title) ? 'tel' : 'text') : 'decimal'} maxLength={200} autoComplete="off" value={text} onChange={(event) => onType(event.target.value)} />;
}

function readAll(part: PartValue, texts: Readonly<Record<string, string>>): { values: Values; faults: Record<string, string> } {
  const values: Values = {};
  const faults: Record<string, string> = {};
  for (const { id } of part.rows) {
    const line: Record<string, CellContent> = {};
    for (const column of part.columns) {
      const read = readCellText(column, texts[`${id}/${column.key}`] ?? '');
      if (read.ok) line[column.key] = read.value;
      else faults[`${id}/${column.key}`] = read.message;
    }
    values[id] = line;
  }
  return { values, faults };
}
