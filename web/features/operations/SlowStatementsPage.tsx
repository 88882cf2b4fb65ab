import { DownloadOutlined } from '@ant-design/icons';
import { exportSlowStatements, getDiagnosis, listSlowStatements } from '#contract/operations/watch.ts';
import { apiUrl } from '#web/kit/api/url.ts';
import { DialogButton } from '#web/kit/DialogButton.tsx';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { slowColumns } from './slow-columns.tsx';
import { StatementPlan } from './StatementPlan.tsx';

/** 慢查询, with how PostgreSQL would carry each out; and the bundle for who must find a fault. */
export function SlowStatementsPage() {
  return (
    <ListPage
      route={listSlowStatements} exportRoute={exportSlowStatements} title="慢查询" rowKey={(row) => row.id} columns={slowColumns}
      lead="本程序启动以来最近的 200 条。语句里的数值都换成了 $1、$2，不含任何人的信息。查不出原因时，把诊断包交给技术人员。"
      empty="还没有慢查询，一切正常" buttons={<DownloadLink href={apiUrl(getDiagnosis)} icon={<DownloadOutlined />}>下载诊断包</DownloadLink>}
      actions={(row) => <DialogButton words="执行计划" title="执行计划" isQuiet>{() => <StatementPlan id={row.id} text={row.text} />}</DialogButton>}
    />
  );
}
