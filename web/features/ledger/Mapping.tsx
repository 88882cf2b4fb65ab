import { Alert, Button } from 'antd';
import { useState } from 'react';
import { putLedgerMapping } from '#contract/ledger.ts';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { Section } from '#web/kit/Page.tsx';
import type { Batch } from './ImportPage.tsx';
import { SheetMapping } from './SheetMapping.tsx';
import { startOf, wireOf, type SheetDraft } from './mapping-draft.ts';

/** 指认列: where the system is unsure, the user says which row is the header and which column is what; remembered for next time. */
export function Mapping({ batch, onDone }: { batch: Batch; onDone: () => void }) {
  const [drafts, setDrafts] = useState<readonly SheetDraft[]>(batch.sheets.map(startOf));
  const [fault, setFault] = useState<string | null>(null);
  const save = useMutationOf(putLedgerMapping, onDone);
  const needed = batch.fields.filter((field) => field.isRequired);
  const submit = () => {
    const used = drafts.filter((draft) => draft.isUsed);
    const wanting = used.flatMap((draft) => needed.filter((field) => draft.columns[field.field] === undefined && !isSettled(draft, batch, field.field)).map((field) => `“${draft.sheet}”缺“${field.title}”`));
    setFault(used.length === 0 ? '请至少选一张有台账的工作表' : wanting.length > 0 ? `还没有指认必需的列：${wanting.join('；')}` : null);
    if (used.length > 0 && wanting.length === 0) save.mutate({ params: { batchId: batch.id }, body: { sheets: used.map((draft) => wireOf(draft, batch)) } });
  };
  return (
    <>
      <Section title="请指认表头和列" note="指认过的格式会记住，下次自动识别">
        <p>系统没有把握认出这张表。请看下面的前几行，选出表头在哪一行、每一列是什么。</p>
        {drafts.map((draft, index) => {
          const sheet = batch.sheets[index];
          return sheet !== undefined && <SheetMapping key={`${draft.fileNo}${draft.sheet}`} sheet={sheet} fields={batch.fields} draft={draft} onChange={(next) => { setFault(null); setDrafts(drafts.map((one, at) => (at === index ? next : one))); }} />;
        })}
        {(fault !== null || save.error !== null) && <Alert type="error" showIcon role="alert" title={fault ?? save.error?.message} />}
        <div className="sz-form-foot"><Button type="primary" loading={save.isPending} onClick={submit}>按这样读取</Button>{batch.status === 'preview' && <Button onClick={onDone}>不改了</Button>}</div>
      </Section>
    </>
  );
}

/** A township, an estate or a company may come from the sheet's name or title instead of a column, an estate also from the address. */
function isSettled(draft: SheetDraft, batch: Batch, field: string): boolean {
  if (field === 'township' && draft.townshipFrom !== 'column') return true;
  if (field === 'estate' && draft.columns['unitNumber'] !== undefined) return true;
  return batch.sheets.find((one) => one.fileNo === draft.fileNo && one.sheet === draft.sheet)?.mapping?.constants[field] !== undefined;
}
