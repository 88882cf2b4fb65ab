import { Link } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { orgUnitKindLabels, putOrgUnit, putOrgUnitStatus, type listOrgUnits } from '#contract/administration/org-unit.ts';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';
import { MergeUnit } from './MergeUnit.tsx';

export type OrgUnit = Answer<typeof listOrgUnits>['rows'][number];

/** 机构类别: the closed kind with the office's own word beside it. */
export const kindWords = ({ kind, subkind }: OrgUnit): string => `${orgUnitKindLabels[kind]}${subkind === null || subkind === orgUnitKindLabels[kind] ? '' : `（${subkind}）`}`;

const columns: readonly Column<OrgUnit>[] = [
  { key: 'name', title: '名称', cell: (row) => <><Link to={paths.orgUnit(row.id)}>{row.name}</Link> {row.archivedAt !== null && <StatusTag>已撤销</StatusTag>}</> },
  { key: 'kind', title: '类别', cell: kindWords },
  { key: 'code', title: '代码', cell: (row) => row.code ?? '—' },
  { key: 'address', title: '地址', cell: (row) => row.address ?? '—' },
];

/** 机构表. */
export function UnitTable({ name, rows, mayEdit, empty }: { name: string; rows: readonly OrgUnit[]; mayEdit: boolean; empty: string }) {
  // A column in which nobody has anything only takes room, most of all on a phone.
  const shown = columns.filter(({ key }) => (key !== 'code' && key !== 'address') || rows.some((row) => row[key] !== null));
  return <Table name={name} columns={shown} rows={rows} rowKey={(row) => row.id} empty={empty} {...(mayEdit ? { actions: (row: OrgUnit) => <UnitActions unit={row} /> } : {})} />;
}

/** 机构操作: edit, close, open again. */
export function UnitActions({ unit }: { unit: OrgUnit }) {
  const params = { orgUnitId: unit.id };
  if (unit.archivedAt !== null) return <RouteDialog route={putOrgUnitStatus} params={params} fixed={{ status: 'active' }} words="恢复" title={`恢复：${unit.name}`} submit="恢复" done="已恢复" />;
  return (
    <>
      <RouteDialog route={putOrgUnit} params={params} version={unit.version} first={unit} words="修改" title={`修改：${unit.name}`} submit="保存" done="已保存" extras={{ subkind: { help: '如：街道、镇、乡、开发区管委会、村委会' }, code: { help: '统计用区划代码，6 至 12 位' }, sortNo: { help: '数字小的排在前面' } }} />
      <MergeUnit unit={unit} />
      <RouteDialog
        route={putOrgUnitStatus} params={params} fixed={{ status: 'archived' }} words="撤销" title={`撤销：${unit.name}`} submit="撤销" done="已撤销" isDanger
        ability={unit.kind === 'county' ? '县不能撤销' : true} extras={{ reason: { help: '写明文件名称和文号；并入别处的请用“合并”。撤销后不再供选择，原有记录保留' } }}
      />
    </>
  );
}
