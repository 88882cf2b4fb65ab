import type { Answer } from '#contract/define-route.ts';
import { getAuditEntry } from '#contract/administration.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';

const columns: readonly Column<Answer<typeof getAuditEntry>['changes'][number]>[] = [
  { key: 'field', title: '内容', cell: (row) => row.field },
  { key: 'before', title: '改前', cell: (row) => row.before ?? '空' },
  { key: 'after', title: '改后', cell: (row) => row.after ?? '空' },
];

/** 操作记录详情. */
export function AuditEntryPage() {
  const entryId = useParam('Entry', 'entryId');
  const entry = useRoute(getAuditEntry, { params: { entryId } });
  const value = entry.data;
  return (
    <Page title={value === undefined ? '操作记录' : `操作记录第 ${value.entryNo} 条`} needs={[entry]} actions={<LinkButton to={paths.audit}>全部操作记录</LinkButton>}>
      {value !== undefined && (
        <>
          <Section title="内容">
            <dl className="sz-facts">
              <div><dt>时间</dt><dd><DateText value={value.at} /></dd></div>
              <div><dt>操作人</dt><dd>{value.actorName}{value.roleTitle === null ? '' : `（${value.roleTitle}）`}</dd></div>
              <div><dt>操作</dt><dd>{value.actionTitle}</dd></div>
              <div><dt>对象</dt><dd>{value.subjectTitle}</dd></div>
              <div><dt>理由</dt><dd>{value.reason ?? '—'}</dd></div>
              <div><dt>网络地址</dt><dd>{value.ip ?? '—'}</dd></div>
              <div><dt>请求编号</dt><dd>{value.requestId}</dd></div>
            </dl>
          </Section>
          <Section title="改动"><Table name="改动" columns={columns} rows={value.changes} rowKey={(row) => row.field} empty="没有字段改动" /></Section>
          <Section title="封存">
            {value.seal === null ? <p>待封存</p> : <p>第 {value.seal.sealNo} 号，<DateText value={value.seal.sealedAt} />，{value.seal.algorithm.toUpperCase()}<br /><code>{value.seal.hash}</code></p>}
          </Section>
        </>
      )}
    </Page>
  );
}
