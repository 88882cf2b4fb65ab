import { listResponsibilities, postResponsibility, ResponsibilityRow } from '#contract/complaint.ts';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page } from '#web/kit/Page.tsx';
import { useMay, useMe } from '#web/kit/session/use-me.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';

const columns = columnsOf(ResponsibilityRow, ['category', 'lead', 'assisting', 'basis', 'pace', 'effectiveFrom'], { cells: { lead: (row) => <>{row.lead}{row.isDefault && <>　<StatusTag>平台默认</StatusTag></>}</> } });

/** 投诉责任清单: who leads in which kind of complaint; what the county has not confirmed says so. */
export function ResponsibilitiesPage() {
  const found = useRoute(listResponsibilities);
  const may = useMay();
  const today = useMe().data?.today;
  return (
    <Page title="投诉责任清单" lead="交办时按这张清单提示主办、协办单位。标“平台默认”的还没有确认，请按县的权责清单和乡镇赋权文件登记。" needs={[found]} actions={may('complaint.configure') && <RouteDialog route={postResponsibility} params={{}} words="登记一类" title="登记主办单位" submit="登记" done="已登记" first={today === undefined ? {} : { effectiveFrom: today }} />}>
      <Table name="投诉责任清单" columns={columns} rows={found.data?.rows} rowKey={(row) => row.category} error={found.error} onRetry={() => void found.refetch()} empty="没有类别" />
    </Page>
  );
}
