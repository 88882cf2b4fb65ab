import './administration.css';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { Answer } from '#contract/define-route.ts';
import { exportAuditEntries, listAuditEntries } from '#contract/administration/audit.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { instantWords } from '#web/kit/schema/words.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { Guarded } from './Guarded.tsx';
import { AuditVerification } from './audit/AuditVerification.tsx';

type Entry = Answer<typeof listAuditEntries>['rows'][number];
const NARROWED = ['action', 'subjectKind', 'subjectId', 'actorId'] as const;

const columns: readonly Column<Entry>[] = [
  { key: 'no', title: '序号', isNumber: true, cell: (row) => <Link to={paths.auditEntry(row.id)} aria-label={`第 ${row.entryNo} 条：${row.actionTitle}`}>{row.entryNo}</Link>, text: (row) => String(row.entryNo) },
  { key: 'at', title: '时间', cell: (row) => <DateText value={row.at} />, text: (row) => instantWords(row.at) },
  { key: 'actor', title: '操作人', cell: (row) => `${row.actorName}${row.roleTitle === null ? '' : `（${row.roleTitle}）`}`, text: (row) => row.actorName },
  { key: 'action', title: '做了什么', cell: (row) => row.actionTitle, text: (row) => row.actionTitle },
  { key: 'subject', title: '对象', cell: (row) => row.subjectTitle, text: (row) => row.subjectTitle },
  { key: 'reason', title: '理由', cell: (row) => row.reason ?? '—', text: (row) => row.reason ?? '' },
  { key: 'sealed', title: '封存', cell: (row) => (row.sealed ? <StatusTag tone="good">已封存</StatusTag> : <StatusTag>等待封存</StatusTag>) },
];

/** 操作记录: who did what, when and why; and whether nothing was altered since. */
export function AuditPage() {
  return <Guarded title="操作记录" route={listAuditEntries}><AuditList /></Guarded>;
}

function AuditList() {
  return (
    <ListPage route={listAuditEntries} exportRoute={exportAuditEntries} title="操作记录" lead="谁在什么时候因为什么改了什么。只增不改，任何人都不能删除。" columns={columns} rowKey={(row) => row.id} empty="还没有操作记录" without={NARROWED} actions={(row) => <Narrow entry={row} />}>
      <AuditVerification />
      <Narrowed />
    </ListPage>
  );
}

/** Narrows the list to what concerns one record; kept in the address like every filter. */
function Narrow({ entry }: { entry: Entry }) {
  const [, change] = useUrlState();
  return (
    <>
      <Link to={paths.auditEntry(entry.id)}>看改动</Link>
      <button type="button" className="sz-link" onClick={() => change({ subjectKind: entry.subjectKind, subjectId: entry.subjectId, action: undefined, actorId: undefined, after: undefined })}>同一对象</button>
    </>
  );
}

function Narrowed() {
  const [url, change] = useUrlState();
  const words = [url['subjectId'] !== undefined && '同一对象的记录', url['action'] !== undefined && '同一种操作', url['actorId'] !== undefined && '同一操作人'].filter((one) => one !== false);
  if (words.length === 0) return null;
  return <div className="sz-chips" role="status"><span>只看{words.join('、')}</span><Button size="small" onClick={() => change(Object.fromEntries([...NARROWED, 'after'].map((name) => [name, undefined])))}>看全部</Button></div>;
}
