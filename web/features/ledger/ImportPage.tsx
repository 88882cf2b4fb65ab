import { useNavigate } from '@tanstack/react-router';
import { Alert, Progress, Steps } from 'antd';
import { useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { deleteLedgerBatch, getLedgerBatch, getLedgerFile, ledgerKindLabels } from '#contract/ledger.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { apiUrl } from '#web/kit/api/url.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { numberWords } from '#web/kit/schema/words.ts';
import { paths } from '#web/paths.ts';
import { BatchTag } from './BatchTag.tsx';
import { Done } from './Done.tsx';
import { Mapping } from './Mapping.tsx';
import { Preview } from './Preview.tsx';

/** 批次. */
export type Batch = Answer<typeof getLedgerBatch>;
const steps: readonly string[] = ['上传', '读取和识别', '预览和修正', '确认导入', '完成'];
const stepOf: Readonly<Record<Batch['status'], number>> = { uploaded: 1, reading: 1, mapping: 1, preview: 2, confirming: 3, committed: 4, undone: 4, failed: 1, cancelled: 0 };
const isMoving = (status: Batch['status'] | undefined) => status === 'uploaded' || status === 'reading' || status === 'confirming';

/** 一次导入, from reading to the day it may be undone. */
export function ImportPage() {
  const batchId = useParam('Batch', 'batchId');
  const batch = useRoute(getLedgerBatch, { params: { batchId } }, { every: (data) => (isMoving(data?.status) ? 800 : false) });
  const value = batch.data;
  return (
    <Page
      title={value === undefined ? '导入台账' : `导入：${ledgerKindLabels[value.kind]}`} needs={[batch]}
      lead={value && <><BatchTag status={value.status} /> {value.createdBy}　<DateText value={value.createdAt} /> 上传{value.holder !== null && value.holder !== value.createdBy && <>，现由{value.holder}经办</>}</>}
      actions={<><LinkButton to={paths.imports}>导入记录</LinkButton>{value !== undefined && value.can.cancel === true && <Cancel batch={value} />}</>}
    >
      {value !== undefined && (
        <>
          <Steps className="no-print sz-steps" size="small" current={stepOf[value.status]} items={steps.map((title) => ({ title }))} />
          <p className="sz-step-now no-print">第 {stepOf[value.status] + 1} 步，共 {steps.length} 步：{steps[stepOf[value.status]]}</p>
          <Files batch={value} />
          {value.notice !== null && <p className="sz-notice" role="status">{value.notice}</p>}
          {value.sameAs !== null && value.status === 'preview' && <p className="sz-notice">这个文件 <DateText value={value.sameAs.confirmedAt} /> 已经导入过，再导入一次不会有变化。</p>}
          <Stage batch={value} />
        </>
      )}
    </Page>
  );
}

function Stage({ batch }: { batch: Batch }) {
  const [isRemapping, remap] = useState(false);
  if (isMoving(batch.status)) return <Moving batch={batch} />;
  if (batch.status === 'mapping' || (isRemapping && batch.status === 'preview')) return <Mapping batch={batch} onDone={() => remap(false)} />;
  if (batch.status === 'preview') return <Preview batch={batch} onRemap={() => remap(true)} />;
  if (batch.status === 'failed') return <Alert type="error" showIcon role="alert" title="没有导入，什么也没有写入" description={batch.failure ?? '请检查文件后重新上传'} action={<LinkButton to={paths.importNew}>重新上传</LinkButton>} />;
  if (batch.status === 'cancelled') return <Alert type="info" showIcon title="已取消，什么也没有写入" />;
  return <Done batch={batch} />;
}

function Moving({ batch }: { batch: Batch }) {
  const { progress } = batch;
  const percent = progress === null || progress.total === null || progress.total === 0 ? 0 : Math.min(99, Math.floor((progress.done * 100) / progress.total));
  const words = batch.status === 'confirming' ? '正在写入，全部成功才生效' : '正在读取和核对';
  return (
    <Section title={words}>
      <div role="status">
        <Progress percent={percent} status="active" aria-label={words} />
        <p>{progress?.stage ?? words}{progress !== null && progress.total !== null && progress.total > 0 ? `：${numberWords(progress.done)} / ${numberWords(progress.total)}` : '…'}</p>
        <p className="sz-muted">可以离开这个页面，稍后从“导入台账”回来看。</p>
      </div>
    </Section>
  );
}

function Files({ batch }: { batch: Batch }) {
  return (
    <p>
      原始文件：{batch.files.map((file) => <a key={file.fileNo} className="sz-action" style={{ marginRight: 12 }} href={apiUrl(getLedgerFile, { params: { batchId: batch.id, fileNo: file.fileNo } })} download>{file.name}</a>)}
      {batch.township !== null && <>　乡镇街道：{batch.township.name}</>}
    </p>
  );
}

function Cancel({ batch }: { batch: Batch }) {
  const navigate = useNavigate();
  const cancel = useMutationOf(deleteLedgerBatch, () => void navigate({ to: paths.imports }));
  return <ActionButton isBusy={cancel.isPending} onClick={() => cancel.mutate({ params: { batchId: batch.id } })}>取消这次导入</ActionButton>;
}
