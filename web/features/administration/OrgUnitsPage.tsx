import type { Answer } from '#contract/define-route.ts';
import { postOrgUnit, putOrgUnit, putOrgUnitStatus, type listOrgUnits } from '#contract/administration.ts';
import { useOrgUnits } from '#web/kit/fields/use-org-units.ts';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { Page } from '#web/kit/Page.tsx';
import { plainLabel } from '#web/kit/schema/labels.ts';
import { useMay } from '#web/kit/session/use-me.ts';
import type { Column } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';

type Unit = Answer<typeof listOrgUnits>['rows'][number];

/** 组织机构. */
export function OrgUnitsPage() {
  const may = useMay()(postOrgUnit.permission);
  const units = useOrgUnits();
  const rows = units.data?.rows ?? [];
  const nameOf = (id: string | null) => rows.find((row) => row.id === id)?.name ?? '—';
  const columns: readonly Column<Unit>[] = [
    { key: 'name', title: '名称', cell: (row) => row.name },
    { key: 'kind', title: '类别', cell: (row) => `${plainLabel(row.kind)}${row.subkind === null ? '' : `（${row.subkind}）`}` },
    { key: 'parent', title: '上级', cell: (row) => nameOf(row.parentId) },
    { key: 'code', title: '代码', cell: (row) => row.code ?? '—' },
    { key: 'address', title: '地址', cell: (row) => row.address ?? '—' },
  ];
  return (
    <Page
      title="组织机构" lead="县、乡镇街道、社区，以及住建局和其他部门。" needs={[units]}
      actions={may && <RouteDialog route={postOrgUnit} params={{}} words="新增机构" title="新增机构" submit="新增" done="已新增" extras={{ parentId: { help: '如：社区的上级是所在乡镇街道' } }} />}
    >
      <Table
        name="组织机构" columns={columns} rows={units.data?.rows} rowKey={(row) => row.id} empty="还没有组织机构" keep="org-units"
        {...(may ? { actions: (row: Unit) => (
          <>
            <RouteDialog route={putOrgUnit} params={{ orgUnitId: row.id }} version={row.version} first={row} words="修改" title={`修改：${row.name}`} submit="保存" done="已保存" />
            {row.kind !== 'county' && <RouteDialog route={putOrgUnitStatus} params={{ orgUnitId: row.id }} fixed={{ status: 'archived' }} words="撤销" title={`撤销：${row.name}`} submit="撤销" done="已撤销" isDanger />}
          </>
        ) } : {})}
      />
    </Page>
  );
}
