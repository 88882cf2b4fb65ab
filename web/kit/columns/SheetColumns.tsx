import { Checkbox } from 'antd';
import { useId, type ReactNode } from 'react';
import { Choice } from '../fields/Choice.tsx';
import { columnLetter, headersOf, withColumn, type ColumnsDraft, type PickableSheet } from './draft.ts';

interface Props<D extends ColumnsDraft> {
  readonly sheet: PickableSheet;
  readonly fields: readonly { readonly field: string; readonly title: string; readonly isRequired: boolean }[];
  readonly draft: D;
  readonly onChange: (next: D) => void;
  /** Asked beside the header row. */
  readonly beside?: ReactNode;
}

/** 一张工作表的指认: header row by eye, then one choice per column. */
export function SheetColumns<D extends ColumnsDraft>({ sheet, fields, draft, onChange, beside }: Props<D>) {
  const id = useId();
  const headers = headersOf(sheet, draft);
  const fieldAt = (index: number) => Object.entries(draft.columns).find(([, at]) => at === index)?.[0] ?? '';
  const titles = Object.fromEntries(fields.map((field) => [field.field, `${field.title}${field.isRequired ? '（必需）' : ''}`]));
  return (
    <fieldset className="sz-sheet-map">
      <legend><Checkbox checked={draft.isUsed} onChange={(event) => onChange({ ...draft, isUsed: event.target.checked })}>读取工作表“{sheet.sheet}”</Checkbox></legend>
      {sheet.reason !== null && <p className="sz-muted">{sheet.reason}</p>}
      {draft.isUsed && (
        <>
          <div className="sz-as-of">
            <label htmlFor={`${id}r`}><span>表头在第几行</span><Choice id={`${id}r`} value={String(draft.headerRow)} choices={Object.fromEntries(sheet.preview.map(({ row, cells }) => [String(row), `第 ${row} 行：${cells.filter(Boolean).slice(0, 4).join('、').slice(0, 40)}`]))} onChange={(row) => onChange({ ...draft, headerRow: Number(row) })} /></label>
            <label htmlFor={`${id}c`}><span>表头占几行</span><Choice id={`${id}c`} value={String(draft.headerCount)} choices={{ 1: '1 行', 2: '2 行', 3: '3 行' }} onChange={(count) => onChange({ ...draft, headerCount: Number(count) })} /></label>
            {beside}
          </div>
          <div className="sz-grid-preview sz-table-scroll sz-keep-table" tabIndex={0} role="region" aria-label={`${sheet.sheet}的前几行`}>
            <table className="sz-table">
              <thead>
                <tr><th scope="col">行</th>{headers.map((_, index) => <th key={columnLetter(index)} scope="col">{columnLetter(index)}</th>)}</tr>
              </thead>
              <tbody>{sheet.preview.map(({ row, cells }) => <tr key={row} className={row >= draft.headerRow && row < draft.headerRow + draft.headerCount ? 'sz-warn-cell' : undefined}><th scope="row">{row}</th>{headers.map((_, index) => <td key={columnLetter(index)}>{cells[index] ?? ''}</td>)}</tr>)}</tbody>
            </table>
          </div>
          <div className="sz-map-columns" role="group" aria-label="每一列是什么">
            {headers.map((header, index) => (
              <label key={columnLetter(index)} htmlFor={`${id}${index}`}>
                <span>{columnLetter(index)} 列{header === '' ? '' : `“${header}”`}是</span>
                <Choice id={`${id}${index}`} value={fieldAt(index)} blank="不用" choices={titles} onChange={(field) => onChange(withColumn(draft, index, field))} />
                <small>{examplesOf(sheet, draft, index)}</small>
              </label>
            ))}
          </div>
        </>
      )}
    </fieldset>
  );
}

/** The first texts under the header, so that a column is known by what stands in it. */
function examplesOf(sheet: PickableSheet, draft: ColumnsDraft, index: number): string {
  const texts = sheet.preview.filter(({ row }) => row >= draft.headerRow + draft.headerCount).map(({ cells }) => (cells[index] ?? '').trim()).filter(Boolean);
  return texts.length === 0 ? '这一列前几行是空的' : `如：${texts.slice(0, 3).join('、').slice(0, 40)}`;
}
