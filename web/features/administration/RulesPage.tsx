import type { Answer } from '#contract/define-route.ts';
import { listRules } from '#contract/administration.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page } from '#web/kit/Page.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';

type Rule = Answer<typeof listRules>['rows'][number];

const columns: readonly Column<Rule>[] = [
  { key: 'title', title: '规则', cell: (row) => row.title },
  { key: 'why', title: '说明', cell: (row) => row.why ?? '—' },
  { key: 'basis', title: '依据', cell: (row) => (row.basis.length === 0 ? '工作规则' : row.basis.map((one) => <div key={`${one.title}${one.clause ?? ''}`}>{one.title} {one.clause}{one.summary === null ? '' : `：${one.summary}`}</div>)) },
];

/** 规则与依据. */
export function RulesPage() {
  const rules = useRoute(listRules);
  return (
    <Page title="规则与依据" lead="系统按这些规则判断和提醒，每条都写明法律或文件依据。" needs={[rules]}>
      <Table name="规则与依据" columns={columns} rows={rules.data?.rows} rowKey={(row) => row.id} empty="还没有规则" />
    </Page>
  );
}
