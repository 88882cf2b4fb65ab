import { Link } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { getEstate } from '#contract/registry/estate.ts';
import { Building, listBuildings, postBuilding } from '#contract/registry/unit.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page } from '#web/kit/Page.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';
import { BuildingActions } from './BuildingActions.tsx';

type Row = Answer<typeof listBuildings>['rows'][number];
const columns = columnsOf(Building, ['name', 'floors', 'liftCount', 'unitCount', 'areaCm2'], {
  cells: { name: (row: Row) => <Link to={paths.building(row.id)}>{row.name}</Link> },
});

/** 一个小区的楼栋: add, correct and archive them. */
export function EstateBuildingsPage() {
  const estateId = useParam('Estate', 'estateId');
  const estate = useRoute(getEstate, { params: { estateId }, query: {} });
  const buildings = useRoute(listBuildings, { params: { estateId } });
  const name = estate.data?.name ?? '';
  return (
    <Page
      title={`${name}楼栋`} lead={<Link to={paths.estate(estateId)}>回到{name === '' ? '小区' : name}</Link>} needs={[estate, buildings]}
      actions={<RouteDialog route={postBuilding} params={{ estateId }} words="登记楼栋" title="登记楼栋" submit="登记" done="已登记楼栋" {...(estate.data === undefined ? {} : { ability: estate.data.can.units })} />}
    >
      <Table name="楼栋" columns={columns} rows={buildings.data?.rows} rowKey={(row) => row.id} empty="还没有登记楼栋，导入房屋业主名册时会一并登记" actions={(row) => <><ActionLink to={`${paths.estateUnits(row.estate.id)}?buildingId=${row.id}`}>房屋</ActionLink><BuildingActions row={row} isQuiet /></>} />
    </Page>
  );
}
