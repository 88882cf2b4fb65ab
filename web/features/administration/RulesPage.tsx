import './administration.css';
import type { Answer } from '#contract/define-route.ts';
import { listRules } from '#contract/administration/parameter.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { Page } from '#web/kit/Page.tsx';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { Table, tableText } from '#web/kit/table/Table.tsx';
import { capabilityWords } from './parameter/capability.ts';
import { TextFilter } from './TextFilter.tsx';

type Rule = Answer<typeof listRules>['rows'][number];
type Basis = Rule['basis'][number];

const basisLine = (one: Basis) => `${[one.title, one.clause].filter(Boolean).join(' ')}${one.summary === null ? '' : `：${one.summary}`}`;
const basisText = (row: Rule) => (row.basis.length === 0 ? '工作规则，没有对应条文' : row.basis.map(basisLine).join('；'));

const columns: readonly Column<Rule>[] = [
  { key: 'about', title: '用于', cell: (row) => capabilityWords(row.capability), text: (row) => capabilityWords(row.capability) },
  { key: 'title', title: '规则', cell: (row) => row.title, text: (row) => row.title },
  { key: 'why', title: '说明', cell: (row) => row.why ?? '—', text: (row) => row.why ?? '' },
  { key: 'basis', title: '依据', cell: (row) => (row.basis.length === 0 ? <span className="sz-muted">工作规则，没有对应条文</span> : <span>{row.basis.map((one) => <span key={basisLine(one)} className="sz-block">{basisLine(one)}</span>)}</span>), text: basisText },
];

/** 规则与依据: what the system decides by, and the clause it rests on. */
export function RulesPage() {
  const rules = useRoute(listRules);
  const [{ q = '', about = '' }, change] = useUrlState();
  const all = rules.data?.rows ?? [];
  const rows = all.filter((row) => (about === '' || row.capability === about) && `${row.title}${row.why ?? ''}${basisText(row)}`.includes(q.trim()));
  const abouts = Object.fromEntries(all.map(({ capability }) => [capability, capabilityWords(capability)]));
  return (
    <Page title="规则与依据" lead="系统按这些规则判断和提醒。有条文的写明条文；没有条文的是工作规则，只提醒，不作处理依据。" needs={[rules]}>
      <div className="sz-filters no-print" role="search" aria-label="筛选">
        <label className="sz-filter"><span>用于</span><Choice value={about} blank="全部" choices={abouts} onChange={(next) => change({ about: next })} /></label>
        <TextFilter title="规则、说明或条文" value={q} onChange={(next) => change({ q: next })} />
      </div>
      <ShareBar name="规则与依据" of="rules" text={() => `规则与依据\n${tableText(columns, rows)}`} />
      <div id="rules"><Table name="规则与依据" columns={columns} rows={rows} rowKey={(row) => row.id} empty="没有符合条件的规则" /></div>
    </Page>
  );
}
