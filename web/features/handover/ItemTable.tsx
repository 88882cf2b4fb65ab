import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import type { Answer } from '#contract/define-route.ts';
import type { getHandOver } from '#contract/handover.ts';
import { groupLabels, type ItemGroup } from '#domain/handover/words.ts';
import type { Column } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';

type Item = Answer<typeof getHandOver>['items'][number];
const groups: readonly ItemGroup[] = ['post', 'duty', 'file'];

/** What is written beside each line: an answer, or an objection. */
export interface Writing { readonly title: string; readonly texts: Readonly<Record<string, string>>; readonly onType: (key: string, text: string) => void }

/** 交接清单 by group; each line can be opened, and written beside when asked. */
export function ItemTable({ items, writing }: { items: readonly Item[]; writing?: Writing | undefined }) {
  return groups.map((group) => <Group key={group} group={group} items={items.filter((item) => item.group === group)} writing={writing} />);
}

function Group({ group, items, writing }: { group: ItemGroup; items: readonly Item[]; writing: Writing | undefined }) {
  const title = groupLabels[group];
  return (
    <div className="sz-hand-group">
      <h3>{title}（{items.length} 项）</h3>
      {items.length === 0 ? <p className="sz-muted">没有。</p> : <Table name={title} columns={columnsFor(items, writing)} rows={items} rowKey={(row) => row.key} empty="没有" />}
    </div>
  );
}

function columnsFor(items: readonly Item[], writing: Writing | undefined): readonly Column<Item>[] {
  const columns: Column<Item>[] = [
    { key: 'title', title: '事项', cell: (row) => (row.path === null ? row.title : <Link to={row.path}>{row.title}</Link>) },
    { key: 'detail', title: '情况', cell: (row) => row.detail },
  ];
  if (items.some((row) => row.objection !== null)) columns.push({ key: 'objection', title: '接手人异议', cell: (row) => row.objection ?? '—' });
  if (writing === undefined && items.some((row) => row.note !== '')) columns.push({ key: 'note', title: '移交人说明', cell: (row) => row.note || '—' });
  if (writing !== undefined) {
    columns.push({ key: 'writing', title: writing.title, cell: (row) => <Input size="small" maxLength={200} aria-label={`${writing.title}：${row.title}`} value={writing.texts[row.key] ?? ''} onChange={(event) => writing.onType(row.key, event.target.value)} /> });
  }
  return columns;
}

/** 清单的文字, for 复制文字. */
export const itemsText = (items: readonly Item[]): string =>
  groups.map((group) => [`【${groupLabels[group]}】`, ...items.filter((item) => item.group === group).map((item) => `${item.title}（${item.detail}）`)].join('\n')).join('\n');
