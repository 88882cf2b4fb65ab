import { listMyHandOvers } from '#contract/handover.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page } from '#web/kit/Page.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { handOverColumns } from './columns.tsx';

/** 我的工作交接: what waits for one's own signature, and what is over. */
export function MyHandOversPage() {
  const mine = useRoute(listMyHandOvers);
  return (
    <Page title="我的工作交接" lead="由您移交、接手、监交，或等您代签的交接，没办完的在前。" needs={[mine]}>
      <Table name="我的工作交接" columns={handOverColumns} rows={mine.data?.rows} rowKey={(row) => row.id} empty="没有与您有关的工作交接。要移交岗位，请联系安全管理员发起" />
    </Page>
  );
}
