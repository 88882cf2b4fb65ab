import { Button } from 'antd';
import type { Answer } from '#contract/define-route.ts';
import { Finding, type getQuality } from '#contract/registry/sheet.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { repairPath } from './repair-path.ts';

/** 逐条问题的列. */
export const findingColumns = columnsOf(Finding, ['subjectName', 'township', 'severity', 'title', 'message'], {
  cells: { severity: (row) => (row.severity === 'error' ? <StatusTag tone="bad">矛盾</StatusTag> : <StatusTag tone="warn">缺漏或临期</StatusTag>) },
});

/** 逐条问题: each line with the way to its repair, or who repairs it. */
export function FindingTable({ findings, isFirst, next, onPage }: { findings: Answer<typeof getQuality>['findings']; isFirst: boolean; next: number | null; onPage: (after: string | undefined) => void }) {
  return (
    <>
      <Table name="逐条" columns={findingColumns} rows={findings} rowKey={(row) => `${row.rule}${row.target.id}${row.subjectName}`} empty="没有待完善的内容" actions={(row) => <ActionLink to={repairPath(row.target)} ability={row.repair}>去补</ActionLink>} />
      <div className="sz-pager no-print">
        <Button disabled={isFirst} onClick={() => onPage(undefined)}>回到第一页</Button>
        <Button disabled={next === null} onClick={() => onPage(String(next ?? ''))}>下一页</Button>
      </div>
    </>
  );
}
