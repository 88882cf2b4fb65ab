import './administration.css';
import type { Answer } from '#contract/define-route.ts';
import { exportRules, listRules } from '#contract/administration/parameter.ts';
import { aboutLabels } from '#contract/administration/shared.ts';
import type { Column } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';

type Rule = Answer<typeof listRules>['rows'][number];
type Basis = Rule['basis'][number];

const NONE = '工作规则，没有对应条文';
const basisLine = (one: Basis) => `${[one.title, one.clause].filter(Boolean).join(' ')}${one.summary === null ? '' : `：${one.summary}`}`;

const columns: readonly Column<Rule>[] = [
  { key: 'about', title: '用于', cell: (row) => aboutLabels[row.capability], text: (row) => aboutLabels[row.capability] },
  { key: 'kind', title: '种类', cell: (row) => (row.kind === 'duty' ? '时限义务' : '规则'), text: (row) => (row.kind === 'duty' ? '时限义务' : '规则') },
  { key: 'title', title: '规则', cell: (row) => row.title, text: (row) => row.title },
  { key: 'why', title: '说明', cell: (row) => row.why ?? '—', text: (row) => row.why ?? '' },
  { key: 'basis', title: '依据', cell: (row) => (row.basis.length === 0 ? <span className="sz-muted">{NONE}</span> : <span>{row.basis.map((one) => <span key={basisLine(one)} className="sz-block">{basisLine(one)}</span>)}</span>), text: (row) => row.basis.map(basisLine).join('；') || NONE },
];

/** 规则与依据: what the system decides by, and the clause it rests on. */
export function RulesPage() {
  return (
    <ListPage
      route={listRules} exportRoute={exportRules} title="规则与依据" columns={columns} rowKey={(row) => row.id} empty="还没有规则"
      lead="系统按这些规则判断和提醒。有条文的写明条文；没有条文的是工作规则，只提醒，不作处理依据。时限义务写明谁来办，天数见“参数”。"
    />
  );
}
