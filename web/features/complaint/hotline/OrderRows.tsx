import { Link } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { listOrderRows, orderOutcomeLabels } from '#contract/hotline.ts';
import { categoryLabels } from '#domain/complaint/category.ts';
import { Failed, Loading, Nothing } from '#web/kit/states.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { usePage } from '#web/kit/table/use-page.tsx';
import { paths } from '#web/paths.ts';
import { MendOrder } from './MendOrder.tsx';
import type { Batch } from './OrderImportPage.tsx';

/** 文件的一行. */
export type OrderRowItem = Answer<typeof listOrderRows>['rows'][number];
const tones = { new: 'good', changed: 'info', unchanged: 'plain', refused: 'bad' } as const;

/** 一种去向的行, one page of them. */
export function OrderRows({ batch, tab }: { batch: Batch; tab: string }) {
  const list = usePage(listOrderRows, { orderBatchId: batch.id }, { fixed: { ...(tab === 'warned' ? { warned: 'true' } : { outcome: tab }), limit: '20' }, version: batch.version });
  return (
    <>
      {list.rows === undefined ? list.query.error !== null ? <Failed error={list.query.error} /> : <Loading /> : list.rows.length === 0 ? <Nothing words="没有这样的行" /> : list.rows.map((row) => <OrderCard key={row.rowNo} batch={batch} row={row} />)}
      {list.pager}
    </>
  );
}

function OrderCard({ batch, row }: { batch: Batch; row: OrderRowItem }) {
  return (
    <section className="sz-section sz-row" aria-label={`第 ${String(row.row)} 行`}>
      <p><StatusTag tone={tones[row.outcome]}>{orderOutcomeLabels[row.outcome]}</StatusTag> <strong>{row.orderNo === '' ? '没有工单编号' : row.orderNo}</strong>　{row.title}　<span className="sz-muted">{row.sheet} 第 {row.row} 行{row.hasCaller ? '，有诉求人' : ''}</span></p>
      <p className="sz-muted">{row.estate ?? '小区待认定'}　{row.category === null ? '没有类别' : categoryLabels[row.category]}</p>
      {row.answer !== null && <p>{row.answer}</p>}
      {row.complaintId !== null && <p><Link to={paths.complaint(row.complaintId)}>打开这件投诉</Link></p>}
      {row.problems.length > 0 && !row.isApplied && <ul className="sz-problems">{row.problems.map((problem) => <li key={`${problem.field}${problem.message}`} className={problem.severity === 'error' ? 'sz-problem-error' : 'sz-problem-warn'}>{problem.severity === 'error' ? '待修正：' : '提醒：'}{problem.message}</li>)}</ul>}
      {row.changes.length > 0 && !row.isApplied && (
        <div className="sz-table-scroll" tabIndex={0} role="region" aria-label="变化">
          <table className="sz-table"><thead><tr><th scope="col">内容</th><th scope="col">现在登记的</th><th scope="col">改为</th></tr></thead><tbody>{row.changes.map((change) => <tr key={change.title}><td data-title="内容">{change.title}</td><td data-title="现在登记的">{change.before ?? '空'}</td><td data-title="改为"><strong>{change.after ?? '空'}</strong></td></tr>)}</tbody></table>
        </div>
      )}
      {batch.can.mend === true && !row.isApplied && <MendOrder batch={batch} row={row} />}
    </section>
  );
}
