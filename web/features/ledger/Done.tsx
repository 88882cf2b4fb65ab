import { Alert, App, Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { getRefusedRows, ledgerKindLabels, postUndo } from '#contract/ledger.ts';
import { apiUrl } from '#web/kit/api/url.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Section } from '#web/kit/Page.tsx';
import { numberWords } from '#web/kit/schema/words.ts';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import { paths } from '#web/paths.ts';
import type { Batch } from './ImportPage.tsx';

const places = { companies: paths.companies, estates: paths.estates, practitioners: paths.practitioners, units: paths.units } as const;

/** 已导入: what was written, and how to take it back. */
export function Done({ batch }: { batch: Batch }) {
  const { counts } = batch;
  const isUndone = batch.status === 'undone';
  return (
    <Section title={isUndone ? '已撤销' : '已导入'}>
      {isUndone
        ? <p>{batch.undoneBy} 于 <DateText value={batch.undoneAt} /> 撤销了这次导入。</p>
        : <Alert type="success" showIcon role="status" title={`已导入：新增 ${numberWords(counts.new)}，变更 ${numberWords(counts.changed)}，无变化 ${numberWords(counts.unchanged)}${counts.refused > 0 ? `，退回 ${numberWords(counts.refused)} 行没有导入` : ''}`} description={<>{batch.confirmedBy}　<DateText value={batch.confirmedAt} /></>} />}
      <div className="sz-form-foot" style={{ marginTop: 12 }}>
        <LinkButton to={places[batch.kind]} isPrimary>查看{ledgerKindLabels[batch.kind].replace(/台账|名册/, '')}</LinkButton>
        <LinkButton to={paths.importNew}>继续导入</LinkButton>
        {counts.refused > 0 && <DownloadLink href={apiUrl(getRefusedRows, { params: { batchId: batch.id } })}>下载退回的行（带原因）</DownloadLink>}
        {!isUndone && <DialogButton words="撤销这次导入" title="撤销这次导入" ability={batch.can.undo} isDanger>{(close) => <Undo batch={batch} close={close} />}</DialogButton>}
      </div>
    </Section>
  );
}

function Undo({ batch, close }: { batch: Batch; close: () => void }) {
  const id = useId();
  const { message } = App.useApp();
  const [reason, write] = useState('');
  const look = useMutationOf(postUndo);
  const undo = useMutationOf(postUndo, ({ restored, removed }) => {
    message.success(`已撤销：恢复 ${restored} 条，移除 ${removed} 条`);
    close();
  });
  const params = { batchId: batch.id };
  return (
    <form className="sz-form" onSubmit={(event) => { event.preventDefault(); if (look.data === undefined) look.mutate({ params, body: { reason, dryRun: true } }); else undo.mutate({ params, body: { reason } }); }}>
      <p>撤销后，这次新增的记录会移除，变更的恢复原样；导入之后又改过的记录保留不动，并列出来。</p>
      <div className="sz-field"><label htmlFor={id}>撤销理由</label><Input id={id} value={reason} maxLength={200} onChange={(event) => write(event.target.value)} /></div>
      {look.data !== undefined && <Outlook answer={look.data} />}
      {(undo.error ?? look.error) !== null && <Alert type="error" showIcon role="alert" title={(undo.error ?? look.error)?.message} />}
      <div className="sz-form-foot"><Button type="primary" danger htmlType="submit" disabled={reason.trim() === ''} loading={look.isPending || undo.isPending}>{look.data === undefined ? '先看会怎样' : '确认撤销'}</Button><Button onClick={close}>不撤销</Button></div>
    </form>
  );
}

function Outlook({ answer }: { answer: Answer<typeof postUndo> }) {
  return (
    <div role="status">
      <p>将恢复 {numberWords(answer.restored)} 条，移除 {numberWords(answer.removed)} 条（随之新增的楼栋、业主等各算一条）{answer.leftCount > 0 ? `，保留 ${numberWords(answer.leftCount)} 条（后来又改过）` : ''}。</p>
      {answer.left.length > 0 && <ul>{answer.left.slice(0, 20).map((one) => <li key={one.id}>{one.name}：{one.why}</li>)}</ul>}
    </div>
  );
}
