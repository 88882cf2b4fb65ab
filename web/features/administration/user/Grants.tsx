import type { Answer } from '#contract/define-route.ts';
import { putGrantEnd } from '#contract/administration/grant.ts';
import type { getUser } from '#contract/administration/user.ts';
import { DateText } from '#web/kit/DateText.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';

type Grant = Answer<typeof getUser>['grants'][number];

const columns: readonly Column<Grant>[] = [
  { key: 'role', title: '角色', cell: (row) => row.roleTitle },
  { key: 'scope', title: '管辖', cell: (row) => row.scopeName },
  { key: 'org', title: '所在单位', cell: (row) => row.orgUnitName ?? '—' },
  { key: 'title', title: '职务', cell: (row) => row.title ?? '—' },
  { key: 'from', title: '到岗日期', cell: (row) => <DateText value={row.startedOn} /> },
  { key: 'end', title: '状态', cell: (row) => (row.endedAt === null ? <StatusTag tone="good">在任</StatusTag> : <span><StatusTag>已终止</StatusTag> <DateText value={row.endedAt} />{row.successor !== null && `，移交给${row.successor.name}`}{row.endedReason !== null && `（${row.endedReason}）`}</span>) },
];

/** 岗位表: posts in force first, ended ones with their reason. */
export function Grants({ grants, mayEnd }: { grants: readonly Grant[]; mayEnd: boolean }) {
  return (
    <Table
      name="岗位" columns={columns} rows={grants} rowKey={(row) => row.id} empty="还没有岗位，授予后才能办事"
      {...(mayEnd && grants.some((one) => one.endedAt === null) ? { actions: (row: Grant) => row.endedAt === null && <RouteDialog route={putGrantEnd} params={{ grantId: row.id }} words="终止" title={`终止岗位：${row.roleTitle}（${row.scopeName}）`} submit="终止" done="已终止" isDanger /> } : {})}
    />
  );
}
