import { Link } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { listAuditEntries } from '#contract/administration.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { AuditVerification } from './AuditVerification.tsx';

type Entry = Answer<typeof listAuditEntries>['rows'][number];

const columns: readonly Column<Entry>[] = [
  { key: 'no', title: '序号', isNumber: true, cell: (row) => <Link to={paths.auditEntry(row.id)}>{row.entryNo}</Link>, text: (row) => String(row.entryNo) },
  { key: 'at', title: '时间', cell: (row) => <DateText value={row.at} />, text: (row) => row.at },
  { key: 'actor', title: '操作人', cell: (row) => `${row.actorName}${row.roleTitle === null ? '' : `（${row.roleTitle}）`}`, text: (row) => row.actorName },
  { key: 'action', title: '操作', cell: (row) => row.actionTitle, text: (row) => row.actionTitle },
  { key: 'subject', title: '对象', cell: (row) => row.subjectTitle, text: (row) => row.subjectTitle },
  { key: 'reason', title: '理由', cell: (row) => row.reason ?? '—', text: (row) => row.reason ?? '' },
  { key: 'sealed', title: '封存', cell: (row) => (row.sealed ? <StatusTag tone="good">已封存</StatusTag> : <StatusTag>待封存</StatusTag>) },
];

/** 操作记录: who did what, when and why; and whether nothing was altered since. */
export function AuditPage() {
  return (
    <ListPage route={listAuditEntries} title="操作记录" lead="只增不改。封存后任何改动都能查出来。" columns={columns} rowKey={(row) => row.id} empty="还没有操作记录" without={['actorId', 'subjectId', 'subjectKind', 'action']}>
      <AuditVerification />
    </ListPage>
  );
}
