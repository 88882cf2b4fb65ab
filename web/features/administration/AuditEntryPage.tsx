import './administration.css';
import { Link } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { getAuditEntry } from '#contract/administration/audit.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';
import { valueWords } from './audit/value-words.ts';

type Entry = Answer<typeof getAuditEntry>;
type Change = Entry['changes'][number];

const isChanged = ({ before, after }: Change) => before !== after;

const columns: readonly Column<Change>[] = [
  { key: 'field', title: '内容', cell: (row) => row.field },
  { key: 'before', title: '改前', cell: (row) => valueWords(row.before) },
  { key: 'after', title: '改后', cell: (row) => (isChanged(row) ? <strong>{valueWords(row.after)}</strong> : valueWords(row.after)) },
];

/** 操作记录详情: what changed in words, and the seal over it. */
export function AuditEntryPage() {
  const entryId = useParam('Entry', 'entryId');
  const entry = useRoute(getAuditEntry, { params: { entryId } });
  const value = entry.data;
  return (
    <Page title={value === undefined ? '操作记录' : `操作记录第 ${value.entryNo} 条`} needs={[entry]} actions={<LinkButton to={paths.audit}>全部操作记录</LinkButton>}>
      {value !== undefined && <><What entry={value} /><Changes changes={value.changes} /><Seal seal={value.seal} /></>}
    </Page>
  );
}

function What({ entry }: { entry: Entry }) {
  const { subjectKind, subjectId, actorId, action } = entry;
  return (
    <Section title="经过">
      <dl className="sz-facts">
        <div><dt>时间</dt><dd><DateText value={entry.at} /></dd></div>
        <div><dt>操作人</dt><dd>{entry.actorName}{entry.roleTitle === null ? '' : `（${entry.roleTitle}）`}</dd></div>
        <div><dt>操作</dt><dd>{entry.actionTitle}</dd></div>
        <div><dt>对象</dt><dd>{entry.subjectTitle}</dd></div>
        <div><dt>理由</dt><dd>{entry.reason ?? '—'}</dd></div>
        <div><dt>网络地址</dt><dd>{entry.ip ?? '—'}</dd></div>
      </dl>
      <p className="no-print sz-chips">
        <Link className="sz-action" to={paths.audit} search={{ subjectKind, subjectId }}>同一对象的全部记录</Link>
        <Link className="sz-action" to={paths.audit} search={{ action }}>同一种操作</Link>
        {actorId !== null && <Link className="sz-action" to={paths.audit} search={{ actorId }}>同一操作人</Link>}
      </p>
    </Section>
  );
}

function Changes({ changes }: { changes: readonly Change[] }) {
  const changed = changes.filter(isChanged);
  const kept = changes.filter((one) => !isChanged(one));
  return (
    <Section title="改动" note={changes.length === 0 ? undefined : `改动 ${changed.length} 项`}>
      <Table name="改动" columns={columns} rows={changed} rowKey={(row) => row.field} empty="这次操作没有改动内容" />
      {kept.length > 0 && <details><summary>没有改动的内容（{kept.length} 项）</summary><Table name="没有改动的内容" columns={columns} rows={kept} rowKey={(row) => row.field} empty="没有" /></details>}
    </Section>
  );
}

function Seal({ seal }: { seal: Entry['seal'] }) {
  if (seal === null) return <Section title="封存"><p>等待封存，通常一分钟内完成。</p></Section>;
  return (
    <Section title="封存">
      <dl className="sz-facts sz-facts-long">
        <div><dt>封存</dt><dd>第 {seal.sealNo} 号，<DateText value={seal.sealedAt} /></dd></div>
        <div><dt>本条校验值</dt><dd><code className="sz-hash">{seal.hash}</code></dd></div>
        <div><dt>前一条校验值</dt><dd><code className="sz-hash">{seal.previous}</code></dd></div>
        <div><dt>算法</dt><dd>{seal.algorithm === 'sm3' ? '国密 SM3' : 'SHA-256'}</dd></div>
      </dl>
    </Section>
  );
}
