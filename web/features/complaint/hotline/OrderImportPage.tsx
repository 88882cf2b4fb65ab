import { Alert, Button, Progress, Tabs } from 'antd';
import { useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { deleteOrderBatch, exportOrderRows, getOrderBatch, getOrderFile, postOrderConfirmation } from '#contract/hotline.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { apiUrl } from '#web/kit/api/url.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { numberWords } from '#web/kit/schema/words.ts';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import { paths } from '#web/paths.ts';
import { BatchTag } from './BatchTag.tsx';
import { OrderRows } from './OrderRows.tsx';
import { OrderMapping } from './OrderMapping.tsx';

/** 一次导入. */
export type Batch = Answer<typeof getOrderBatch>;
const isMoving = (status: Batch['status'] | undefined) => status === 'uploaded' || status === 'reading' || status === 'confirming';

/** 一次工单导入: read, looked through row by row, mended, confirmed; afterwards what became of each row. */
export function OrderImportPage() {
  const orderBatchId = useParam('OrderBatch', 'orderBatchId');
  const found = useRoute(getOrderBatch, { params: { orderBatchId } }, { every: (data) => (isMoving(data?.status) ? 800 : false) });
  const batch = found.data;
  const cancel = useMutationOf(deleteOrderBatch);
  const [isAsked, point] = useState(false);
  const isPointing = batch !== undefined && (batch.status === 'mapping' || (isAsked && batch.can.map === true));
  return (
    <Page
      title={batch === undefined ? '导入12345工单' : `12345工单：${batch.fileName}`} needs={[found]} lead={batch && <><BatchTag status={batch.status} /> {batch.createdBy}　<DateText value={batch.createdAt} /> 上传</>}
      actions={<><LinkButton to={paths.hotlineImports}>导入记录</LinkButton>{batch?.can.cancel === true && <ActionButton isBusy={cancel.isPending} onClick={() => cancel.mutate({ params: { orderBatchId } })}>取消这次导入</ActionButton>}</>}
    >
      {batch !== undefined && (
        <>
          {batch.notice !== null && <p className="sz-notice" role="status">{batch.notice}</p>}
          {isMoving(batch.status) && <Moving batch={batch} />}
          {batch.status === 'failed' && <Alert type="error" showIcon role="alert" title="没有导入，什么也没有写入" description={batch.failure ?? '请检查文件后重新上传'} action={!isPointing && batch.can.map === true && <Button onClick={() => point(true)}>重新指认列</Button>} />}
          {batch.status === 'cancelled' && <Alert type="info" showIcon title="已取消，什么也没有写入" />}
          {isPointing && <OrderMapping batch={batch} onDone={batch.status === 'mapping' ? undefined : () => point(false)} />}
          {!isPointing && (batch.status === 'preview' || batch.status === 'committed') && <Looked batch={batch} onPoint={() => point(true)} />}
        </>
      )}
    </Page>
  );
}

function Moving({ batch: { progress, status } }: { batch: Batch }) {
  const percent = progress === null || progress.total === null || progress.total === 0 ? 0 : Math.min(99, Math.floor((progress.done * 100) / progress.total));
  const words = status === 'confirming' ? '正在导入' : '正在读取和核对';
  return (
    <Section title={words}>
      <div role="status">
        <Progress percent={percent} status="active" aria-label={words} />
        <p>{progress?.stage ?? words}{progress === null || progress.done === 0 ? '…' : `：${numberWords(progress.done)}${progress.total === null ? '' : ` / ${numberWords(progress.total)}`} 行`}</p>
        <p className="sz-muted">可以离开这个页面，稍后从“导入12345工单”回来看。</p>
      </div>
    </Section>
  );
}

function Looked({ batch, onPoint }: { batch: Batch; onPoint: () => void }) {
  const [url, change] = useUrlState();
  const confirm = useMutationOf(postOrderConfirmation);
  const isIn = batch.status === 'committed';
  const left = batch.new + batch.changed - batch.applied;
  const tabs = [{ key: 'refused', title: '待修正', count: batch.refused }, { key: 'warned', title: '有提醒', count: batch.warned }, { key: 'new', title: '新工单', count: batch.new }, { key: 'changed', title: '更新', count: batch.changed }, { key: 'unchanged', title: '无变化', count: batch.unchanged }];
  const tab = tabs.find(({ key }) => key === url['tab'])?.key ?? tabs.find(({ count }) => count > 0)?.key ?? 'new';
  const params = { orderBatchId: batch.id };
  return (
    <>
      <Section title={isIn ? '导入结果' : '预览'} note={isIn ? <>由{batch.confirmedBy}确认</> : '现在还没有写入任何内容'}>
        <p className="sz-sum">共 <b>{numberWords(batch.rows)}</b> 行：新工单 <b>{numberWords(batch.new)}</b>，更新 <b>{numberWords(batch.changed)}</b>，无变化 <b>{numberWords(batch.unchanged)}</b>，待修正 <b>{numberWords(batch.refused)}</b>。</p>
        {isIn && <p>已导入 <b>{numberWords(batch.applied)}</b> 行。{batch.refused > 0 ? '待修正的行改好后再确认一次，只导入改好的。' : ''}</p>}
        {!isIn && batch.refused > 0 && <p>待修正的行不会导入，改好后随时可以再确认；其余的先导入，不耽误办理。</p>}
        {confirm.error !== null && <Alert type="error" showIcon role="alert" title="没有导入" description={confirm.error.message} />}
        <div className="sz-form-foot">
          {(!isIn || left > 0) && <ActionButton isPrimary ability={batch.can.confirm} isBusy={confirm.isPending} onClick={() => confirm.mutate({ params })}>{left === 0 ? '确认导入（没有新内容）' : `确认导入 ${numberWords(left)} 行`}</ActionButton>}
          {batch.can.map === true && <Button onClick={onPoint}>重新指认列</Button>}
          {isIn && <LinkButton to={paths.hotline} isPrimary={left === 0}>看12345工单</LinkButton>}
          <DownloadLink href={apiUrl(exportOrderRows, { params })}>导出各行结果</DownloadLink><DownloadLink href={apiUrl(getOrderFile, { params })}>原始文件</DownloadLink>
        </div>
      </Section>
      <Tabs activeKey={tab} onChange={(key) => change({ tab: key, after: undefined })} destroyOnHidden items={tabs.map((one) => ({ key: one.key, label: `${one.title} ${numberWords(one.count)}`, children: <OrderRows batch={batch} tab={one.key} /> }))} />
    </>
  );
}
