import { Alert, App, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { patchLedgerRow, type LedgerRow } from '#contract/ledger.ts';
import { isId } from '#domain/kernel/brand.ts';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import type { Batch } from './ImportPage.tsx';

type Choices = LedgerRow['offers']['estates'];

/** 确认是哪一个: where a name was not clear, the user says which one is meant, or makes a company of that name. */
export function Resolve({ batch, row }: { batch: Batch; row: LedgerRow }) {
  const [forAllAlike, setAll] = useState(true);
  const { message } = App.useApp();
  const save = useMutationOf(patchLedgerRow, ({ alsoJudged }) => void message.success(alsoJudged > 0 ? `已处理，写法相同的另外 ${alsoJudged} 行也已处理` : '已处理'));
  const { offers } = row;
  const hasOffers = offers.townships.length + offers.estates.length + offers.companies.length > 0 || offers.createCompany !== null;
  if (batch.can.mend !== true || !hasOffers) return null;
  const params = { batchId: batch.id, rowNo: row.rowNo };
  return (
    <div className="sz-offers" role="group" aria-label="请选择">
      <Offer title="是哪个乡镇街道的？" choices={offers.townships} onPick={(id) => isId<'OrgUnit'>(id) && save.mutate({ params, body: { resolution: { townshipId: id }, forAllAlike } })} />
      <Offer title="是哪个小区？" choices={offers.estates} onPick={(id) => isId<'Estate'>(id) && save.mutate({ params, body: { resolution: { estateId: id }, forAllAlike } })} />
      <Offer title="是哪家企业？" choices={offers.companies} onPick={(id) => isId<'Company'>(id) && save.mutate({ params, body: { resolution: { companyId: id }, forAllAlike } })} />
      {offers.createCompany !== null && <p>台账里没有这家企业：<Button loading={save.isPending} onClick={() => save.mutate({ params, body: { resolution: { createCompany: { name: offers.createCompany ?? '' } }, forAllAlike } })}>登记为新企业“{offers.createCompany}”</Button></p>}
      <Checkbox checked={forAllAlike} onChange={(event) => setAll(event.target.checked)}>其他写法相同的行也这样处理</Checkbox>
      {save.error !== null && <Alert type="error" showIcon role="alert" title={save.error.message} />}
    </div>
  );
}

function Offer({ title, choices, onPick }: { title: string; choices: Choices; onPick: (id: string) => void }) {
  if (choices.length === 0) return null;
  return (
    <div className="sz-actions">
      <span>{title}</span>
      {choices.map((one) => <Button key={one.id} size="small" onClick={() => onPick(one.id)}>{one.name}{one.detail === null ? '' : `（${one.detail}）`}</Button>)}
    </div>
  );
}
