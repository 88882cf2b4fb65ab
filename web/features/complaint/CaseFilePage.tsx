import { Link } from '@tanstack/react-router';
import { CaseFileEntry, downloadComplaintFile, downloadCaseFile, getCaseFile } from '#contract/complaint.ts';
import type { Answer } from '#contract/define-route.ts';
import { apiUrl } from '#web/kit/api/url.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page } from '#web/kit/Page.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';
import './complaint.css';

type Entry = Answer<typeof getCaseFile>['entries'][number];

/** 卷宗: what lies in the file, in order, and one PDF of all of it. */
export function CaseFilePage() {
  const complaintId = useParam('Complaint', 'complaintId');
  const found = useRoute(getCaseFile, { params: { complaintId } });
  const columns = columnsOf(CaseFileEntry, ['title', 'by', 'on', 'note'], { cells: { title: (row: Entry) => <Title row={row} complaintId={complaintId} />, note: (row: Entry) => <span className="sz-digest">{row.note}</span> } });
  const entries = found.data?.entries;
  return (
    <Page title={found.data === undefined ? '卷宗' : `${found.data.no}卷宗`} lead="按顺序列出这一件的全部材料。合订的 PDF 带目录和页码；投诉人的姓名、电话不编入卷宗，下载会记入操作记录。" needs={[found]}
      actions={<DownloadLink href={apiUrl(downloadCaseFile, { params: { complaintId } })}>下载卷宗（PDF）</DownloadLink>}>
      <Table name="卷内目录" columns={columns} rows={entries} rowKey={(row) => `${row.kind}${row.paperId ?? ''}${row.fileNo ?? ''}`} error={found.error} onRetry={() => void found.refetch()} empty="没有材料" />
      <p><Link to={paths.complaint(complaintId)}>回到投诉件</Link></p>
    </Page>
  );
}

/** What has a page or a file of its own leads there. */
function Title({ row, complaintId }: { row: Entry; complaintId: string }) {
  if (row.paperId !== null) return <Link to={paths.paper(row.paperId)}>{row.title}</Link>;
  if (row.fileNo !== null) return <a href={apiUrl(downloadComplaintFile, { params: { complaintId, fileNo: row.fileNo } })} download>{row.title}</a>;
  return <>{row.title}</>;
}
