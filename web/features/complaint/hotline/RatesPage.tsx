import { Link } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { exportHotlineRates, getHotlineRates, HotlineRate } from '#contract/hotline.ts';
import type { Measure } from '#domain/complaint/hotline/call-back.ts';
import { apiUrl } from '#web/kit/api/url.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';

type Row = Answer<typeof getHotlineRates>['rows'][number];
const ways = { month: '按月', township: '按乡镇街道', company: '按服务企业' } as const;
type Way = keyof typeof ways;
const isWay = (text: string | undefined): text is Way => text !== undefined && Object.hasOwn(ways, text);

/** 三率: counted as the hotline counts; every number opens the orders behind it. */
export function RatesPage() {
  const [url, change] = useUrlState();
  const by: Way = isWay(url['by']) ? url['by'] : 'month';
  const month = /^20\d{2}-(0[1-9]|1[0-2])$/.test(url['month'] ?? '') ? url['month'] : undefined;
  const query = { by, ...(month === undefined || by === 'month' ? {} : { month }) };
  const found = useRoute(getHotlineRates, { query });
  const months = useRoute(getHotlineRates, { query: { by: 'month' } }).data?.rows.flatMap(({ key, name }) => (key === null ? [] : [[key, name] as const])) ?? [];
  const link = (measure: Measure) => (row: Row) => <Link to={`${paths.hotline}?${new URLSearchParams({ ...behind(row, by, query.month), measure }).toString()}`}>{row[measure]}</Link>;
  const columns = columnsOf(HotlineRate, ['name', 'orders', 'calledBack', 'contacted', 'responseRateBp', 'resolvedBase', 'resolved', 'resolvedRateBp', 'satisfiedBase', 'satisfied', 'satisfiedRateBp'], { cells: { orders: link('orders'), calledBack: link('calledBack'), contacted: link('contacted'), resolvedBase: link('resolvedBase'), resolved: link('resolved'), satisfiedBase: link('satisfiedBase'), satisfied: link('satisfied') } });
  return (
    <Page title="12345响应率、解决率、满意率" lead="按热线的回访结果计算，点数字看是哪些工单。" needs={[found]} actions={<><DownloadLink href={apiUrl(exportHotlineRates, { query })}>导出</DownloadLink><LinkButton to={paths.hotline}>12345工单</LinkButton></>}>
      <div className="sz-filters no-print">
        <label className="sz-filter"><span>分列</span><Choice value={by} choices={ways} onChange={(next) => change({ by: next })} /></label>
        {by !== 'month' && <label className="sz-filter"><span>派单月份</span><Choice value={month ?? ''} blank="全部月份" choices={Object.fromEntries(months)} onChange={(next) => change({ month: next === '' ? undefined : next })} /></label>}
      </div>
      <Table name="三率" columns={columns} rows={found.data?.rows} rowKey={(row) => `${String(row.isTotal)}${row.key ?? ''}`} error={found.error} onRetry={() => void found.refetch()} empty="还没有12345工单" />
      <Section title="怎样计算"><ul>{found.data?.terms.map((each) => <li key={each}>{each}</li>)}</ul></Section>
    </Page>
  );
}

/** The conditions of the list that counts exactly what a row counts. */
function behind(row: Row, by: Way, month: string | undefined): Record<string, string> {
  if (row.isTotal) return month === undefined ? {} : { month };
  const own: Record<string, string> = by === 'month' ? (row.key === null ? {} : { month: row.key }) : row.key === null ? { without: by } : by === 'township' ? { townshipId: row.key } : { companyId: row.key };
  return { ...own, ...(month === undefined || by === 'month' ? {} : { month }) };
}
