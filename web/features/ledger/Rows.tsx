import { Choice } from '#web/kit/fields/Choice.tsx';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { usePage } from '#web/kit/table/use-page.tsx';
import { Failed, Loading, Nothing } from '#web/kit/states.tsx';
import { listLedgerRows } from '#contract/ledger.ts';
import type { Batch } from './ImportPage.tsx';
import { RowCard } from './RowCard.tsx';

const empty: Readonly<Record<string, string>> = { refused: '没有有问题的行', warned: '没有需要提醒的行', new: '没有新增的行', changed: '没有变更的行', unchanged: '没有无变化的行' };

/** 预览的行, one page of one kind. */
export function Rows({ batch, tab }: { batch: Batch; tab: string }) {
  const [{ problem = '' }, change] = useUrlState();
  const list = usePage(listLedgerRows, { batchId: batch.id }, { fixed: { ...(tab === 'warned' ? { warned: 'true' } : { outcome: tab }), ...(problem === '' ? {} : { problem }), limit: '20' }, version: batch.version });
  const severity = tab === 'refused' ? 'error' : 'warn';
  const problems = batch.problems.filter((one) => one.severity === severity);
  const isFilterable = (tab === 'refused' || tab === 'warned') && problems.length > 0;
  return (
    <>
      {isFilterable && (
        <label className="sz-filter sz-tab-filter"><span>只看一种问题</span>
          <Choice value={problem} blank="全部问题" choices={Object.fromEntries(problems.map((one) => [one.code, `${one.title}（${one.rows} 行）`]))} onChange={(next) => change({ problem: next, after: undefined })} />
        </label>
      )}
      {list.rows === undefined ? list.query.error !== null ? <Failed error={list.query.error} /> : <Loading />
        : list.rows.length === 0 ? <Nothing words={empty[tab] ?? '没有内容'} />
        : list.rows.map((row) => <RowCard key={row.rowNo} batch={batch} row={row} />)}
      {list.pager}
    </>
  );
}
