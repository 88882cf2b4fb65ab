import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { EstatePicker } from '../fields/EstatePicker.tsx';
import { CompanyPicker } from '../fields/CompanyPicker.tsx';
import { OrgUnitPicker } from '../fields/OrgUnitPicker.tsx';
import { Choice } from '../fields/Choice.tsx';
import { DateField } from '../fields/DateField.tsx';
import type { FieldFact } from '../schema/field-facts.ts';

/** Conditions that are asked seldom; they wait behind 更多条件. */
const SELDOM = new Set(['sort', 'on', 'knownOn', 'archived', 'expiringBefore', 'endingBefore', 'creditCodeCheck', 'areaSource', 'noHolder', 'left', 'group', 'origin', 'age', 'stage', 'estateId', 'receivedFrom', 'receivedTo', 'counted', 'servingId', 'lacks', 'measure', 'neighbourhoodId', 'handlerId']);
type Change = (patch: Readonly<Record<string, string | undefined>>) => void;

/** 筛选条件: one small control per condition of the route; texts are asked on 查询, choices at once. */
export function Filters({ facts, values, onChange }: { facts: readonly FieldFact[]; values: Readonly<Record<string, string>>; onChange: Change }) {
  const texts = facts.filter(({ kind }) => kind === 'text' || kind === 'number' || kind === 'long-text');
  const stamp = texts.map(({ name }) => values[name] ?? '').join('\n');
  if (facts.length === 0) return null;
  return <FilterForm key={stamp} facts={facts} texts={texts} values={values} onChange={onChange} />;
}

function FilterForm({ facts, texts, values, onChange }: { facts: readonly FieldFact[]; texts: readonly FieldFact[]; values: Readonly<Record<string, string>>; onChange: Change }) {
  const [typed, type] = useState<Readonly<Record<string, string>>>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange(typed);
  };
  const isFiltered = facts.some(({ name }) => values[name] !== undefined);
  const [isWide, widen] = useState(facts.some(({ name }) => SELDOM.has(name) && values[name] !== undefined));
  const ordered = [...facts].sort((a, b) => Number(SELDOM.has(a.name)) - Number(SELDOM.has(b.name)) || Number(b.name === 'q') - Number(a.name === 'q'));
  const hasMore = facts.some(({ name }) => SELDOM.has(name));
  return (
    <form className="sz-filters no-print" role="search" aria-label="筛选" onSubmit={submit}>
      {ordered.filter(({ name }) => isWide || !SELDOM.has(name)).map((fact) => (
        <label key={fact.name} className={`sz-filter sz-filter-${fact.kind}`}>
          <span>{fact.title}</span>
          {texts.includes(fact)
            ? <Input value={typed[fact.name] ?? values[fact.name] ?? ''} onChange={(event) => type({ ...typed, [fact.name]: event.target.value })} />
            : <FilterControl fact={fact} value={values[fact.name] ?? ''} onPick={(value) => onChange({ ...typed, [fact.name]: value })} />}
        </label>
      ))}
      {texts.length > 0 && <Button htmlType="submit" type="primary">查询</Button>}
      {hasMore && <Button aria-expanded={isWide} onClick={() => widen(!isWide)}>{isWide ? '收起条件' : '更多条件'}</Button>}
      {isFiltered && <Button onClick={() => onChange(Object.fromEntries(facts.map(({ name }) => [name, undefined])))}>清除条件</Button>}
    </form>
  );
}

function FilterControl({ fact, value, onPick }: { fact: FieldFact; value: string; onPick: (value: string) => void }) {
  if (fact.kind === 'flag') return <Choice value={value} blank="不限" choices={{ true: '是', false: '否' }} onChange={onPick} />;
  if (fact.kind === 'choice') return <Choice value={value} blank={fact.name === 'sort' ? undefined : '不限'} choices={fact.choices} onChange={onPick} />;
  if (fact.kind === 'date') return <DateField value={value} onChange={onPick} />;
  if (fact.name === 'companyId' || fact.name === 'servingId') return <CompanyPicker value={value} onChange={onPick} />;
  if (fact.name === 'estateId') return <EstatePicker value={value} onChange={onPick} />;
  if (fact.name === 'neighbourhoodId') return <OrgUnitPicker value={value} level="neighbourhood" blank="不限" onChange={onPick} />;
  return <OrgUnitPicker value={value} level={fact.name === 'handlerId' ? 'any' : 'township'} blank="不限" onChange={onPick} />;
}
