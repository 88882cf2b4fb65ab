import type { ReactNode } from 'react';
import { OidcBinding, type listMyOidcBindings } from '#contract/administration/oidc.ts';
import type { Answer } from '#contract/define-route.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { instantWords } from '#web/kit/schema/words.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { columnsOf, type Column } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';

type Binding = Answer<typeof listMyOidcBindings>['rows'][number];

const columns: readonly Column<Binding>[] = [
  { key: 'status', title: '状态', cell: (row) => (row.endedAt === null ? <StatusTag tone="good">有效</StatusTag> : <StatusTag tone="bad">已解除</StatusTag>) },
  ...columnsOf(OidcBinding, ['subject', 'issuer']),
  { key: 'bound', title: '绑定', cell: (row) => <>{instantWords(row.boundAt)} {row.origin === 'self' ? '本人' : row.boundByName}</> },
  { key: 'used', title: '最近使用', cell: (row) => (row.lastUsedAt === null ? '没有用过' : <DateText value={row.lastUsedAt} />) },
  { key: 'ended', title: '解除', cell: (row) => (row.endedAt === null ? '—' : <>{instantWords(row.endedAt)} {row.endedByName}：{row.endedReason}</>) },
];

/** 统一身份绑定的记录, past ones too. */
export function BindingTable({ rows, empty, actions }: { rows: readonly Binding[]; empty: string; actions?: (row: Binding) => ReactNode }) {
  return <Table name="统一身份绑定" columns={columns} rows={rows} rowKey={(row) => row.id} empty={empty} {...(actions === undefined ? {} : { actions })} />;
}
