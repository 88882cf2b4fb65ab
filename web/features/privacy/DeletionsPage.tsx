import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { listParameters } from '#contract/administration/parameter.ts';
import { DeletionKind, exportDeletionKinds, listDeletionKinds } from '#contract/privacy.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page } from '#web/kit/Page.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { columnsOf, type Column } from '#web/kit/table/columns.tsx';
import { ExportButton } from '#web/kit/table/ExportButton.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';

type Kind = z.output<typeof DeletionKind>;

const columns: readonly Column<Kind>[] = [
  ...columnsOf(DeletionKind, ['title', 'rule']),
  { key: 'periods', title: '规定的期限', cell: (row) => <Periods of={row.periods} />, text: (row) => row.periods.map((period) => `${period.title}：${period.valueText}`).join('、') },
  ...columnsOf(DeletionKind, ['due', 'dueSoon', 'lastOn', 'lastCount', 'yearCount']),
];

/** 到期删除: what goes tonight and in the next thirty days. */
export function DeletionsPage() {
  const kinds = useRoute(listDeletionKinds);
  return (
    <Page title="到期删除" lead="每天夜里自动删除到期的个人信息，删了多少留有记录。“30 天内到期”按今天的情况预先算出，没有删除任何东西。" needs={[kinds]} actions={<><LinkButton to={paths.personalData}>个人信息清单</LinkButton><ExportButton route={exportDeletionKinds} filtered={{}} /></>}>
      <Table name="到期删除" columns={columns} rows={kinds.data?.rows} rowKey={(row) => row.kind} empty="没有要到期删除的信息" />
    </Page>
  );
}

/** 规定的期限, each leading to its parameter for those who may see it. */
function Periods({ of }: { of: Kind['periods'] }) {
  const may = useMay()(listParameters.permission);
  if (of.length === 0) return '—';
  return of.map(({ id, title, about, valueText }) => <span key={id} className="sz-block">{may ? <Link to={paths.parameters} search={{ about }} hash={id}>{title}</Link> : title}：<span style={{ whiteSpace: 'nowrap' }}>{valueText}</span></span>);
}
