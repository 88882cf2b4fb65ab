import { DeletionKind, listDeletionKinds } from '#contract/privacy.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page } from '#web/kit/Page.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';

const columns = columnsOf(DeletionKind, ['title', 'rule', 'due', 'dueSoon', 'lastOn', 'lastCount', 'yearCount']);

/** 到期删除: what goes tonight and in the next thirty days. */
export function DeletionsPage() {
  const kinds = useRoute(listDeletionKinds);
  return (
    <Page title="到期删除" lead="每天夜里自动删除到期的个人信息，删了多少留有记录。“30 天内到期”按今天的情况预先算出，没有删除任何东西。" needs={[kinds]} actions={<LinkButton to={paths.personalData}>个人信息清单</LinkButton>}>
      <Table name="到期删除" columns={columns} rows={kinds.data?.rows} rowKey={(row) => row.kind} empty="没有要到期删除的信息" />
    </Page>
  );
}
