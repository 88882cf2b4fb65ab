import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { exportRebounds, listRebounds, ReboundRow } from '#contract/rebound.ts';
import { verdictLabels, type Verdict } from '#domain/complaint/rebound.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { StatusTag, type Tone } from '#web/kit/StatusTag.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { ComplaintTabs } from './ComplaintTabs.tsx';

type Row = z.output<typeof ReboundRow>;
const tones: Readonly<Record<Verdict, Tone>> = { fewer: 'good', unclear: 'plain', more: 'bad' };
const rateWords = (rate: Row['after']) => (rate === null ? '—' : `${String(rate.mean)}（${String(rate.low)}～${String(rate.high)}）`);
const ratioWords = ({ ratio }: Row) => (ratio === null ? '—' : `${String(ratio.median)}（${String(ratio.low)}～${String(ratio.high)}）`);
const search = ({ estateId, category }: Row, receivedFrom: string, receivedTo: string) => ({ estateId, category, receivedFrom, receivedTo, counted: 'true' });

const columns = [
  ...columnsOf(ReboundRow, ['estate', 'category', 'orderedOn']),
  { key: 'before', title: '整治前', isNumber: true, cell: (row: Row) => <><Link to={paths.complaints} search={search(row, row.beforeFrom, row.orderedOn)}>{row.beforeCount} 件</Link>　{rateWords(row.before)}</>, text: (row: Row) => `${String(row.beforeCount)} 件，${rateWords(row.before)}` },
  { key: 'after', title: '反弹率（整治后）', isNumber: true, cell: (row: Row) => <><Link to={paths.complaints} search={search(row, addDays(row.orderedOn, 1), row.afterTo)}>{row.afterCount} 件</Link>　{rateWords(row.after)}</>, text: (row: Row) => `${String(row.afterCount)} 件，${rateWords(row.after)}` },
  { key: 'ratio', title: '后比前（倍）', isNumber: true, cell: ratioWords, text: ratioWords },
  { key: 'verdict', title: '判断', isShort: true, cell: (row: Row) => <StatusTag tone={tones[row.verdict]}>{verdictLabels[row.verdict]}</StatusTag>, text: (row: Row) => verdictLabels[row.verdict] },
  { key: 'groupMean', title: '同类小区', isNumber: true, cell: (row: Row) => (row.groupMean === null ? '太少，不比' : `${String(row.groupMean)}（${String(row.groupEstates)} 个）`), text: (row: Row) => (row.groupMean === null ? '太少，不比' : String(row.groupMean)) },
];

/** 反弹率: how often a kind of thing is reported again at a place since it was put in order, against before and against similar estates. */
export function ReboundPage() {
  return (
    <ListPage route={listRebounds} exportRoute={exportRebounds} title="反弹率" lead="同一小区同一类问题整治以后，还有多少投诉；按乡镇街道和小区名称排列，不排名。" columns={columns} rowKey={(row) => row.id} empty="还没有整治满规定天数的小区" actions={(row) => <Working row={row} />}>
      <ComplaintTabs /><Scope />
    </ListPage>
  );
}

/** 口径 with the numbers in force. */
function Scope() {
  const numbers = useRoute(listRebounds, { query: { limit: 1 } }).data?.numbers;
  if (numbers === undefined) return null;
  return (
    <details className="sz-more"><summary>口径：件/千户·年，括号里是 90% 区间；区间含 1 倍的，尚不足以判断</summary>
      <p>整治日期是最近 {numbers.afterDays} 天内、至今已满 {numbers.leastDays} 天的第一次办结之日。整治前看这一天及以前共 {numbers.beforeDays} 天，整治后从次日看到今天。并案、撤回、不予受理、退单的不计。</p>
      <p>件数少的小区向同类小区（管理方式、乡镇街道类型都相同，不少于 {numbers.leastEstates} 个）靠拢，避免偶然的一两件显得很高；同类太少的只看本小区。整治前的投诉往往正是整治的原因，前后对比会偏向“变好”，请结合明细看。天数在“参数”里调整。</p>
    </details>
  );
}

/** 算式, so that each number can be worked out again. */
function Working({ row }: { row: Row }) {
  return (
    <details className="sz-more"><summary>怎么算的</summary>
      {row.before !== null && row.after !== null && (
        <ul className="sz-hands">
          <li>整治前：{row.beforeCount} 件 ÷ {row.beforeExposure} 户·天；合并后 α={figure(row.before.alpha)}，β={figure(row.before.beta)}，α÷β×365000={row.before.mean}</li>
          <li>整治后：{row.afterCount} 件 ÷ {row.afterExposure} 户·天（{row.units} 户×{row.afterDays} 天）；合并后 α={figure(row.after.alpha)}，β={figure(row.after.beta)}，α÷β×365000={row.after.mean}</li>
        </ul>
      )}
      <p className="sz-muted">{row.prior}</p>
    </details>
  );
}
const figure = (value: number): string => String(Number(value.toPrecision(8)));
