import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { Answer, Input } from '#contract/define-route.ts';
import { getOrderMapping, putOrderMapping } from '#contract/hotline.ts';
import { isOrderField } from '#domain/ledger/orders/columns.ts';
import type { ColumnsDraft } from '#web/kit/columns/draft.ts';
import { SheetColumns } from '#web/kit/columns/SheetColumns.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Section } from '#web/kit/Page.tsx';
import { Failed, Loading } from '#web/kit/states.tsx';
import type { Batch } from './OrderImportPage.tsx';

type Columns = Answer<typeof getOrderMapping>;
type Wire = Input<typeof putOrderMapping>['body']['sheets'][number];

/** 指认列: which row is the heading and which column is what; remembered for the county's next file. Without `onDone` nothing can be read before. */
export function OrderMapping({ batch, onDone }: { batch: Batch; onDone: (() => void) | undefined }) {
  const found = useRoute(getOrderMapping, { params: { orderBatchId: batch.id } });
  if (found.data === undefined) return found.error === null ? <Loading /> : <Failed error={found.error} />;
  return <Pointing key={batch.id} batch={batch} columns={found.data} onDone={onDone} />;
}

function Pointing({ batch, columns: { fields, sheets }, onDone }: { batch: Batch; columns: Columns; onDone: (() => void) | undefined }) {
  const [drafts, setDrafts] = useState<readonly ColumnsDraft[]>(sheets.map((sheet) => ({ sheet: sheet.sheet, isUsed: sheet.isUsed || sheets.length === 1, headerRow: sheet.headerRow, headerCount: sheet.headerCount, columns: numbersOf(sheet.columns) })));
  const [fault, setFault] = useState<string | null>(null);
  const save = useMutationOf(putOrderMapping, onDone);
  const submit = () => {
    const used = drafts.filter(({ isUsed }) => isUsed);
    const wanting = used.flatMap((draft) => fields.filter(({ field, isRequired }) => isRequired && draft.columns[field] === undefined).map(({ title }) => `“${draft.sheet}”缺“${title}”`));
    setFault(used.length === 0 ? '请至少选一张有工单的工作表' : wanting.length > 0 ? `还没有指认必需的列：${wanting.join('；')}` : null);
    if (used.length > 0 && wanting.length === 0) save.mutate({ params: { orderBatchId: batch.id }, body: { sheets: used.map(wireOf) } });
  };
  return (
    <Section title="请指认表头和列" note="指认过的列名会记住，下次自动认出">
      <p>{batch.status === 'mapping' ? '没有认出这个文件里的工单编号和诉求内容。' : ''}请看下面的前几行，选出表头在哪一行、每一列是什么。没有对应栏目的列选“不用”，回传时照原样带回。</p>
      {drafts.map((draft, index) => {
        const sheet = sheets[index];
        return sheet !== undefined && <SheetColumns key={draft.sheet} sheet={sheet} fields={fields} draft={draft} onChange={(next) => { setFault(null); setDrafts(drafts.map((one, at) => (at === index ? next : one))); }} />;
      })}
      {(fault !== null || save.error !== null) && <Alert type="error" showIcon role="alert" title={fault ?? save.error?.message} />}
      <div className="sz-form-foot"><Button type="primary" loading={save.isPending} onClick={submit}>按这样读取</Button>{onDone !== undefined && <Button onClick={onDone}>不改了</Button>}</div>
    </Section>
  );
}

const numbersOf = (columns: Columns['sheets'][number]['columns']): Record<string, number> => Object.fromEntries(Object.entries(columns).flatMap(([field, at]): [string, number][] => (at === undefined ? [] : [[field, at]])));
const wireOf = ({ sheet, headerRow, headerCount, columns }: ColumnsDraft): Wire => ({ sheet, headerRow, headerCount, columns: Object.fromEntries(Object.entries(columns).filter(([field]) => isOrderField(field))) });
