import { Link } from '@tanstack/react-router';
import { exportReportSendings, listReportSendings, ReportSending } from '#contract/report.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';

const columns = columnsOf(ReportSending, ['title', 'asOfOn', 'reportedTo', 'signer', 'sentAt', 'sentBy', 'correction', 'fileHash'], {
  cells: { title: (row) => <><Link to={paths.reportSending(row.id)}>{row.title}</Link>{row.correctedById !== null && <span className="sz-muted">（已被更正）</span>}</> }, extra: ['sentBy', 'fileHash'],
});

/** 已上报: what was sent, as it was sent. */
export function SendingListPage() {
  return <ListPage route={listReportSendings} title="已上报" lead="上报时固定的文件、数字和依据，不随台账变化。" columns={columns} rowKey={(row) => row.id} empty="还没有上报过" exportRoute={exportReportSendings} without={['formId']} buttons={<LinkButton to={paths.reports}>上报表格</LinkButton>} />;
}
