import { Button, Input } from 'antd';
import { useId } from 'react';
import type { z } from 'zod';
import type { ReportMark, ReportSheet } from '#contract/report.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { AskFields, FilterFields } from './AskFields.tsx';
import type { Catalogue, ListColumn } from './mark-draft.ts';
import { PrintedNames } from './PrintedNames.tsx';

type Sheet = z.output<typeof ReportSheet>;
type ListMark = Extract<ReportMark, { kind: 'list' }>;
const BY = { township: '乡镇街道', estate: '小区', company: '企业' } as const;
const isBy = (text: string): text is keyof typeof BY => Object.hasOwn(BY, text);

/** 名单怎么填: by whom, from which row to which, and what each column takes. The chosen cell's column is added with one button. */
export function ListFields({ mark, sheet, address, catalogue, onChange }: { mark: ListMark; sheet: Sheet; address: string; catalogue: Catalogue; onChange: (mark: ListMark) => void }) {
  const id = useId();
  const here = address.replace(/\d+$/, '');
  const column = mark.columns.find((one) => one.column === here);
  const setColumn = (next: ListColumn | null) => {
    const others = mark.columns.filter((one) => one.column !== here);
    const columns = next === null ? others : [...others, next];
    if (columns.length > 0) onChange({ ...mark, columns });
  };
  const fields = catalogue.fields[mark.by];
  const rowField = (name: 'firstRow' | 'lastRow', label: string) => (
    <div className="sz-field"><label htmlFor={`${id}${name}`}>{label}</label><Input id={`${id}${name}`} type="number" min={1} max={2000} value={mark[name]} onChange={(event) => onChange({ ...mark, [name]: Math.max(1, Math.trunc(Number(event.target.value) || 1)) })} /></div>
  );
  return (
    <>
      <div className="sz-field"><label htmlFor={`${id}b`}>每行一个</label><Choice id={`${id}b`} value={mark.by} choices={BY} onChange={(by) => { if (isBy(by)) onChange({ ...mark, by, matches: null, columns: [{ content: 'field', column: here, field: 'name' }] }); }} /></div>
      {rowField('firstRow', '从第几行')}{rowField('lastRow', '到第几行')}
      {mark.by === 'township' && <div className="sz-field"><label htmlFor={`${id}m`}>印好的乡镇名在哪一列</label><Input id={`${id}m`} value={mark.matches ?? ''} maxLength={2} placeholder="没有印，由系统写" onChange={(event) => onChange({ ...mark, matches: event.target.value.trim().toUpperCase() || null })} /></div>}
      {mark.by === 'township' && mark.matches !== null && <PrintedNames mark={mark} sheet={sheet} catalogue={catalogue} onChange={(names) => onChange({ ...mark, names })} />}
      <p className="sz-help">{mark.matches === null ? '行数不够时，在最后一行下面照样增行，下面的注和合计跟着下移。' : '按印好的名称对照；对不上的会列出来。'}</p>
      <div className="sz-field">
        <label htmlFor={`${id}c`}>{here} 列填</label>
        <Choice
          id={`${id}c`} value={column === undefined ? '' : column.content === 'field' ? column.field : '#'} blank="不填" choices={{ ...Object.fromEntries(fields.map((field) => [field.id, field.title])), ...(mark.by === 'township' ? { '#': '一个指标…' } : {}) }}
          onChange={(field) => {
            const [figure] = catalogue.figures;
            if (field === '') setColumn(null);
            else if (field !== '#') setColumn({ content: 'field', column: here, field });
            else if (figure !== undefined) setColumn({ content: 'figure', column: here, figure: figure.id, filter: {}, day: 'report', unit: figure.units[0] ?? '个', decimals: figure.decimals });
          }}
        />
        <p className="sz-help">已标 {mark.columns.length} 列：{mark.columns.map((one) => one.column).toSorted().join('、')}。点名单里别的列可接着标。</p>
      </div>
      {column?.content === 'figure' && <AskFields ask={column} catalogue={catalogue} onChange={(ask) => setColumn({ ...column, ...ask })} />}
      {mark.by !== 'township' && <FilterFields filter={mark.filter} catalogue={catalogue} onChange={(filter) => onChange({ ...mark, filter })} />}
      {column === undefined && fields[0] !== undefined && <Button onClick={() => setColumn({ content: 'field', column: here, field: 'name' })}>把 {here} 列加进名单</Button>}
    </>
  );
}
