import { sql } from 'kysely';
import type { Input, Output } from '#contract/define-route.ts';
import type * as route from '#contract/hotline.ts';
import type { Download } from '#contract/kernel.ts';
import { counts, ratesOf, type CallBack, type Measure, type Rates } from '#domain/complaint/hotline/call-back.ts';
import { leftOutLabels } from '#domain/complaint/hotline/policy.ts';
import type { ComplaintStatus } from '#domain/complaint/lifecycle.ts';
import type { Ctx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { column, count, exportList, percent, text } from '#platform/workbook/export-list.ts';
import { ordersLike, termsDay, termsOn, type Terms } from '../hotline/orders-list.ts';
import { officeOf } from '../office.ts';

type Answer = Output<typeof route.getHotlineRates>;
type Row = Answer['rows'][number];
type Query = Input<typeof route.getHotlineRates>['query'];
/** Orders that are alike in all that the rates look at. */
interface Alike extends CallBack { readonly key: string | null; readonly name: string | null; readonly status: ComplaintStatus; readonly n: number }

/** 三率: by the terms in force; a month by those of its own last day. */
export const getRates = (ctx: Ctx, { query }: Input<typeof route.getHotlineRates>): Promise<Answer> => ctx.read((db) => ratesBy(db, ctx, query));

async function ratesBy(db: Db, ctx: Ctx, { by, month }: Query): Promise<Answer> {
  const termsFor = (of: string | undefined) => termsOn(db, ctx.scope.countyId, termsDay(of, ctx.today));
  const terms = await termsFor(month);
  const alike = await alikeOf(db, ctx, by, month, terms);
  const groups = [...Map.groupBy(alike, ({ key }) => key)];
  const rows: Row[] = [];
  for (const [key, orders] of groups) rows.push({ key, name: orders[0]?.name ?? NAMELESS[by], isTotal: false, ...tally(orders, by === 'month' && key !== null ? await termsFor(key) : terms) });
  return { rows: [...rows.filter(({ orders }) => orders > 0), { key: null, name: '合计', isTotal: true, ...tally(alike, terms) }], terms: termWords(terms) };
}
const NAMELESS = { month: '没有派单日期', township: '乡镇街道待认定', company: '没有登记服务企业' } as const;

async function alikeOf(db: Db, ctx: Ctx, by: Query['by'], month: string | undefined, terms: Terms): Promise<Alike[]> {
  const key = { month: sql<string | null>`to_char(o.dispatched_on, 'YYYY-MM')`, township: sql<string | null>`o.township_id::text`, company: sql<string | null>`e.company_id::text` }[by];
  const name = { month: sql<string | null>`to_char(o.dispatched_on, 'YYYY"年"FMMM"月"')`, township: sql<string | null>`t.name`, company: sql<string | null>`k.name` }[by];
  return ordersLike(db, ctx, await officeOf(db, ctx), { month }, terms).leftJoin('platform.orgUnit as t', 't.id', 'o.townshipId').leftJoin('registry.company as k', 'k.id', 'e.companyId')
    .select((eb) => [key.as('key'), name.as('name'), 'c.status', 'o.isContacted', 'o.resolved', 'o.satisfied', sql<number>`count(*)::integer`.as('n'), eb.fn.max('o.dispatchedOn').as('last')]).groupBy([key, name, 'c.status', 'o.isContacted', 'o.resolved', 'o.satisfied']).orderBy(by === 'month' ? sql`1 desc` : sql`2 nulls last`).execute();
}

function tally(orders: readonly Alike[], terms: Terms): Rates {
  const left: readonly string[] = terms.leftOut;
  const sum = (measure: Measure) => orders.filter((one) => !left.includes(one.status) && counts(measure, one, terms)).reduce((total, { n }) => total + n, 0);
  return ratesOf({ orders: sum('orders'), calledBack: sum('calledBack'), contacted: sum('contacted'), resolvedBase: sum('resolvedBase'), resolved: sum('resolved'), satisfiedBase: sum('satisfiedBase'), satisfied: sum('satisfied') });
}

/** 口径的说法. */
const termWords = (terms: Terms): string[] => [
  '按派单日期归月；热线的回访结果随工单文件导入', '响应率＝已联系÷已回访', `解决率＝已解决÷${terms.silentInBase ? '已回访' : '对是否解决有评价的'}${terms.partlyIsResolved ? '，“部分解决”计入解决' : '，“部分解决”不计入解决'}`,
  `满意率＝满意÷${terms.silentInBase ? '已回访' : '对是否满意有评价的'}${terms.fairIsSatisfied ? '，“基本满意”计入满意' : '，“基本满意”不计入满意'}`, terms.leftOut.length === 0 ? '没有不计入的工单' : `不计入：${terms.leftOut.map((each) => leftOutLabels[each]).join('、')}工单`, '口径以本市热线考核办法为准，可以在“参数与规则”里按日期调整',
];

/** 导出三率, by what it is asked, with its terms in the trail. */
export const exportRates = (ctx: Ctx, { query }: Input<typeof route.exportHotlineRates>): Promise<Download> => exportList<Row>(ctx, {
  title: '12345响应率解决率满意率', kind: 'hotline-rate', on: ctx.today, query,
  columns: [
    column('范围', 'text', (row) => text(row.name)), column('计入工单', 'count', (row) => count(row.orders)), column('已回访', 'count', (row) => count(row.calledBack)), column('已联系', 'count', (row) => count(row.contacted)), column('响应率', 'percent', (row) => percent(row.responseRateBp)), column('对是否解决有评价', 'count', (row) => count(row.resolvedBase)), column('已解决', 'count', (row) => count(row.resolved)),
    column('解决率', 'percent', (row) => percent(row.resolvedRateBp)), column('对是否满意有评价', 'count', (row) => count(row.satisfiedBase)), column('满意', 'count', (row) => count(row.satisfied)), column('满意率', 'percent', (row) => percent(row.satisfiedRateBp)),
  ],
  rows: async (db) => (await ratesBy(db, ctx, query)).rows,
});
