import { Input } from 'antd';
import { useId } from 'react';
import { areaLabels, committeeStateLabels, stageLabels } from '#domain/report/filter.ts';
import { markDayLabels, type MarkDay } from '#domain/report/mark.ts';
import { managementKindLabels } from '#contract/registry/words.ts';
import { ReportFilter, type ReportMark } from '#contract/report.ts';
import type { z } from 'zod';
import { Choice } from '#web/kit/fields/Choice.tsx';
import type { Catalogue } from './mark-draft.ts';

type Filter = z.output<typeof ReportFilter>;
type Ask = Pick<Extract<ReportMark, { kind: 'figure' }>, 'figure' | 'filter' | 'day' | 'unit' | 'decimals'>;

const isDay = (text: string): text is MarkDay => Object.hasOwn(markDayLabels, text);

/** 取什么数: the figure, its day, unit and decimals, and the conditions. */
export function AskFields({ ask, catalogue, onChange }: { ask: Ask; catalogue: Catalogue; onChange: (ask: Ask) => void }) {
  const id = useId();
  const figure = catalogue.figures.find((one) => one.id === ask.figure);
  const take = (next: string) => {
    const found = catalogue.figures.find((one) => one.id === next);
    if (found !== undefined) onChange({ ...ask, figure: next, unit: found.units.includes(ask.unit) ? ask.unit : found.units[0] ?? ask.unit, decimals: found.decimals });
  };
  return (
    <>
      <div className="sz-field"><label htmlFor={`${id}f`}>指标</label><Choice id={`${id}f`} value={ask.figure} choices={Object.fromEntries(catalogue.figures.map((one) => [one.id, one.title]))} onChange={take} />{figure !== undefined && <p className="sz-help">口径：{figure.definition}。来源：{figure.source}</p>}</div>
      <div className="sz-field"><label htmlFor={`${id}d`}>取数日</label><Choice id={`${id}d`} value={ask.day} choices={markDayLabels} onChange={(day) => { if (isDay(day)) onChange({ ...ask, day }); }} /></div>
      <div className="sz-field"><label htmlFor={`${id}u`}>单位</label><Choice id={`${id}u`} value={ask.unit} choices={Object.fromEntries((figure?.units ?? [ask.unit]).map((unit) => [unit, unit]))} onChange={(unit) => { const found = figure?.units.find((one) => one === unit); if (found !== undefined) onChange({ ...ask, unit: found }); }} /></div>
      <div className="sz-field"><label htmlFor={`${id}n`}>小数位</label><Input id={`${id}n`} type="number" min={0} max={4} value={ask.decimals} onChange={(event) => onChange({ ...ask, decimals: Math.min(4, Math.max(0, Math.trunc(Number(event.target.value) || 0))) })} /></div>
      <FilterFields filter={ask.filter} catalogue={catalogue} onChange={(filter) => onChange({ ...ask, filter })} />
    </>
  );
}

/** 筛选条件. */
export function FilterFields({ filter, catalogue, onChange }: { filter: Filter; catalogue: Catalogue; onChange: (filter: Filter) => void }) {
  const id = useId();
  const set = (patch: Record<string, unknown>) => onChange(ReportFilter.parse(Object.fromEntries(Object.entries({ ...filter, ...patch }).filter(([, value]) => value !== undefined && String(value) !== '' && !(Array.isArray(value) && value.length === 0)))));
  const toggle = (list: readonly string[] | undefined, one: string, isOn: boolean) => (isOn ? [...list ?? [], one] : (list ?? []).filter((each) => each !== one));
  return (
    <details open={Object.keys(filter).length > 0}>
      <summary>筛选条件</summary>
      <div className="sz-field"><label htmlFor={`${id}a`}>城区或乡镇</label><Choice id={`${id}a`} value={filter.area ?? ''} blank="不限" choices={areaLabels} onChange={(area) => set({ area })} /></div>
      <fieldset><legend>乡镇街道（不选为不限）</legend>{catalogue.townships.map((one) => <label key={one.id} className="sz-check"><input type="checkbox" checked={filter.townshipIds?.includes(one.id) === true} onChange={(event) => set({ townshipIds: toggle(filter.townshipIds, one.id, event.target.checked) })} />{one.name}</label>)}</fieldset>
      <fieldset><legend>管理方式（不选为不限）</legend>{Object.entries(managementKindLabels).map(([kind, label]) => <label key={kind} className="sz-check"><input type="checkbox" checked={filter.managementKinds?.some((one) => one === kind) === true} onChange={(event) => set({ managementKinds: toggle(filter.managementKinds, kind, event.target.checked) })} />{label}</label>)}</fieldset>
      <div className="sz-field"><label htmlFor={`${id}c`}>物业服务企业</label><Choice id={`${id}c`} value={filter.hasCompany === undefined ? '' : String(filter.hasCompany)} blank="不限" choices={{ true: '有', false: '无' }} onChange={(value) => set({ hasCompany: value === '' ? undefined : value === 'true' })} /></div>
      <div className="sz-field"><label htmlFor={`${id}m`}>业委会</label><Choice id={`${id}m`} value={filter.committee ?? ''} blank="不限" choices={committeeStateLabels} onChange={(committee) => set({ committee })} /></div>
      <div className="sz-field"><label htmlFor={`${id}s`}>项目阶段</label><Choice id={`${id}s`} value={filter.stage ?? ''} blank="不限" choices={stageLabels} onChange={(stage) => set({ stage })} /></div>
    </details>
  );
}
