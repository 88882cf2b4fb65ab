import { Alert, Button, Checkbox, Input } from 'antd';
import { useId } from 'react';
import { CollectionDraft, getCollectionKnowledge, getCollectionRecipients } from '#contract/collection.ts';
import { recipientKinds, rowUnits, type RecipientKind, type RowUnit } from '#domain/collection/column.ts';
import { fieldsFor } from '#domain/collection/fields.ts';
import { isLocalDate } from '#domain/kernel/brand.ts';
import { ProblemError } from '#web/kit/api/problem-error.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { DateField } from '#web/kit/fields/DateField.tsx';
import { useDraft } from '#web/kit/form/use-draft.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Section } from '#web/kit/Page.tsx';
import { Failed, Loading } from '#web/kit/states.tsx';
import { conditionQuery } from './ByCondition.tsx';
import { ColumnsEditor } from './ColumnsEditor.tsx';
import { readKept, type Drafting } from './collection-draft.ts';
import { RecipientsPicker } from './RecipientsPicker.tsx';
import { useState } from 'react';

const MOST_NAMED = 100;
const units: Readonly<Record<RowUnit, string>> = { recipient: '个单位', estate: '个小区', company: '家企业' };
const isOf = <K extends string>(labels: Readonly<Record<K, string>>, text: string): text is K => Object.hasOwn(labels, text);

/** 拟任务的表单: kept in this browser while it is written. */
export function CollectionForm({ keep, first, kinds, isBusy, error, submit, onSubmit }: { keep: string; first: Drafting; kinds: readonly RecipientKind[]; isBusy: boolean; error: Error | null; submit: string; onSubmit: (draft: Drafting, done: () => void) => void }) {
  const id = useId();
  const draft = useDraft(keep, {}, true);
  const value = readKept(draft.texts['form']) ?? first;
  const set = (patch: Partial<Drafting>) => draft.type('form', JSON.stringify({ ...value, ...patch }));
  const [faults, setFaults] = useState<readonly string[]>([]);
  const recipients = useRoute(getCollectionRecipients, { query: { recipientKind: value.recipientKind } });
  const all = recipients.data?.recipients ?? [];
  const isNamed = value.recipientIds.length > 0 && value.recipientIds.length < all.length && value.recipientIds.length <= MOST_NAMED;
  const isOfAll = !isNamed && value.recipientIds.length < all.length;
  const known = useRoute(getCollectionKnowledge, { query: { recipientKind: value.recipientKind, rowUnit: value.rowUnit, ...conditionQuery(value.condition ?? null), ...(isNamed ? { recipients: value.recipientIds.join(',') } : {}) } }, { keeps: true });
  const unit = value.recipientKind === 'company' && value.rowUnit === 'recipient' ? units.company : units[value.rowUnit];
  const refused = error instanceof ProblemError ? error.message : error === null ? null : '没有保存成功，请重试';
  const send = () => {
    const checked = CollectionDraft.safeParse(value);
    setFaults(checked.success ? [] : [...new Set(checked.error.issues.map(({ message }) => message))]);
    if (checked.success) onSubmit(value, draft.drop);
  };
  const field = (name: 'title' | 'ground' | 'clause' | 'issuerName', title: string, isNeeded: boolean, help?: string) => (
    <div className="sz-field"><label htmlFor={`${id}${name}`} className={isNeeded ? 'sz-needed' : undefined}>{title}</label><Input id={`${id}${name}`} value={value[name] ?? ''} maxLength={name === 'ground' ? 200 : 100} aria-describedby={help === undefined ? undefined : `${id}${name}h`} onChange={(event) => set({ [name]: event.target.value === '' && name === 'clause' ? null : event.target.value })} />{help !== undefined && <p id={`${id}${name}h`} className="sz-help">{help}</p>}</div>
  );
  return (
    <form className="sz-form" noValidate onSubmit={(event) => { event.preventDefault(); send(); }}>
      {draft.isRestored && <Alert type="info" showIcon title="已恢复您上次填写、还没有保存的内容" action={<Button size="small" onClick={draft.drop}>放弃，重新填写</Button>} />}
      <Section title="一、为什么要、谁来要">
        <div className="sz-fields">
          {field('title', '任务名称', true)}
          {field('ground', '采集依据', true, '哪一条规定、哪一个文件要求。没有依据的表不能下发')}
          {field('clause', '条款或文号', false)}
          {field('issuerName', '下发单位', true)}
          <div className="sz-field"><label htmlFor={`${id}due`} className="sz-needed">截止日期</label><DateField id={`${id}due`} value={value.dueOn} onChange={(dueOn) => { if (isLocalDate(dueOn)) set({ dueOn, ...(value.endsOn < dueOn ? { endsOn: dueOn } : {}) }); }} /></div>
          <div className="sz-field"><label htmlFor={`${id}end`} className="sz-needed">自动结束日期</label><DateField id={`${id}end`} value={value.endsOn} onChange={(endsOn) => { if (isLocalDate(endsOn)) set({ endsOn }); }} /><p className="sz-help">过了这一天就不再收，也不再催</p></div>
          <div className="sz-field sz-field-wide"><label htmlFor={`${id}note`}>填报说明</label><Input.TextArea id={`${id}note`} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} value={value.note ?? ''} onChange={(event) => set({ note: event.target.value || null })} /></div>
        </div>
      </Section>
      <Section title="二、发给谁">
        <div className="sz-fields">
          <div className="sz-field"><label htmlFor={`${id}kind`}>采集对象</label><Choice id={`${id}kind`} value={value.recipientKind} choices={Object.fromEntries(kinds.map((kind) => [kind, recipientKinds[kind]]))} onChange={(kind) => { if (isOf(recipientKinds, kind)) set({ recipientKind: kind, recipientIds: [], condition: null, columns: value.columns.filter((column) => column.field === null) }); }} /></div>
          <div className="sz-field"><label htmlFor={`${id}unit`}>每份的行</label><Choice id={`${id}unit`} value={value.rowUnit} choices={rowUnits} onChange={(rowUnit) => { if (isOf(rowUnits, rowUnit)) set({ rowUnit, ...(rowUnit === 'recipient' ? { condition: null } : {}), columns: value.columns.filter((column) => column.field === null) }); }} /></div>
        </div>
        {recipients.error !== null ? <Failed error={recipients.error} /> : recipients.data === undefined ? <Loading rows={3} /> : <RecipientsPicker key={`${value.recipientKind}${value.rowUnit === 'recipient' ? '' : ' rows'}`} kind={value.recipientKind} all={all} chosen={value.recipientIds} condition={value.condition ?? null} hasRows={value.rowUnit !== 'recipient'} onCondition={(condition) => set({ condition })} onChange={(recipientIds) => set({ recipientIds })} />}
      </Section>
      <Section title="三、要哪几栏" note={known.data === undefined ? undefined : `${isOfAll ? '全部对象' : '所选对象'}一共 ${known.data.rowCount} 行；台账里有的会先填好`}>
        <ColumnsEditor columns={value.columns} fields={fieldsFor(value.recipientKind, value.rowUnit)} known={known.data?.fields ?? []} unit={unit} onChange={(columns) => set({ columns })} />
      </Section>
      <Section title="四、怎么填">
        <Checkbox checked={value.isByLink} onChange={(event) => set({ isByLink: event.target.checked })}>允许通过链接填报（不用登录）</Checkbox>
        <p className="sz-help">只限不涉及个人信息的栏目。每个对象一个链接，任务结束即失效；登录填报、下载表格填好交回，都一直可用。</p>
      </Section>
      {faults.length > 0 && <Alert type="error" showIcon role="alert" title="请先补全" description={<ul>{faults.map((words) => <li key={words}>{words}</li>)}</ul>} />}
      {refused !== null && <Alert type="error" showIcon role="alert" title="没有保存" description={refused} />}
      <div className="sz-form-foot"><Button type="primary" size="large" htmlType="submit" loading={isBusy}>{submit}</Button></div>
    </form>
  );
}
