import { Alert, Button, Tabs } from 'antd';
import { getRefusedRows, postConfirmation } from '#contract/ledger.ts';
import { ActionButton } from '#web/kit/ActionLink.tsx';
import { apiUrl } from '#web/kit/api/url.ts';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { Section } from '#web/kit/Page.tsx';
import { numberWords } from '#web/kit/schema/words.ts';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import type { Batch } from './ImportPage.tsx';
import { Missing } from './Missing.tsx';
import { Rows } from './Rows.tsx';
import { SkippedSheets } from './SkippedSheets.tsx';

/** 预览: what would be new, changed, unchanged or refused; nothing is written before 确认导入. */
export function Preview({ batch, onRemap }: { batch: Batch; onRemap: () => void }) {
  const { counts } = batch;
  const [url, change] = useUrlState();
  const confirm = useMutationOf(postConfirmation);
  const taken = counts.new + counts.changed;
  const tabs = [
    { key: 'refused', title: '有问题', count: counts.refused },
    { key: 'warned', title: '有提醒', count: counts.warned },
    { key: 'new', title: '新增', count: counts.new },
    { key: 'changed', title: '变更', count: counts.changed },
    { key: 'unchanged', title: '无变化', count: counts.unchanged },
    { key: 'missing', title: '文件里没有的', count: counts.missing },
  ];
  const tab = tabs.find((one) => one.key === url['tab'])?.key ?? tabs.find((one) => one.count > 0)?.key ?? 'new';
  return (
    <>
      <Section title="预览" note="现在还没有写入任何内容">
        <p className="sz-sum">共读到 <b>{numberWords(counts.rows)}</b> 行：新增 <b>{numberWords(counts.new)}</b>，变更 <b>{numberWords(counts.changed)}</b>，无变化 <b>{numberWords(counts.unchanged)}</b>，有问题退回 <b>{numberWords(counts.refused)}</b>。</p>
        {counts.refused > 0 && <p>有问题的行不会导入。可以在下面直接改，也可以下载回去改好再导入；其余的行可以先导入。</p>}
        <SkippedSheets batch={batch} />
        {confirm.error !== null && <Alert type="error" showIcon role="alert" title="没有导入" description={confirm.error.message} />}
        <div className="sz-form-foot">
          <ActionButton isPrimary ability={batch.can.confirm} isBusy={confirm.isPending} onClick={() => confirm.mutate({ params: { batchId: batch.id } })}>{taken === 0 ? '确认导入（没有新内容）' : `确认导入 ${numberWords(taken)} 行`}</ActionButton>
          {counts.refused > 0 && <DownloadLink href={apiUrl(getRefusedRows, { params: { batchId: batch.id } })}>下载有问题的行（带原因）</DownloadLink>}
          {batch.can.map === true && <Button onClick={onRemap}>列认错了，重新指认</Button>}
        </div>
      </Section>
      <Tabs
        activeKey={tab} onChange={(key) => change({ tab: key, after: undefined, problem: undefined })} destroyOnHidden
        items={tabs.map((one) => ({ key: one.key, label: `${one.title} ${numberWords(one.count)}`, children: one.key === 'missing' ? <Missing batch={batch} /> : <Rows batch={batch} tab={one.key} /> }))}
      />
    </>
  );
}
