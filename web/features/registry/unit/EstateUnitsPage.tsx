import { Link } from '@tanstack/react-router';
import { getEstate } from '#contract/registry/estate.ts';
import { exportUnits, listBuildings, listUnits } from '#contract/registry/unit.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { unitColumns } from './unit-columns.tsx';

/** 一个小区的房屋, by building. */
export function EstateUnitsPage() {
  const estateId = useParam('Estate', 'estateId');
  const estate = useRoute(getEstate, { params: { estateId }, query: {} });
  const buildings = useRoute(listBuildings, { params: { estateId } });
  const [{ buildingId = '' }, change] = useUrlState();
  const name = estate.data?.name ?? '';
  return (
    <ListPage
      route={listUnits} exportRoute={exportUnits} title={`${name}房屋`} lead={<Link to={paths.estate(estateId)}>回到{name === '' ? '小区' : name}</Link>}
      fixed={{ estateId }} without={['estateId', 'buildingId', 'townshipId', 'neighbourhoodId']}
      columns={unitColumns.filter((column) => column.key !== 'estate')} rowKey={(row) => row.id} empty="还没有导入这个小区的房屋业主名册"
      create={{ to: paths.estateUnitNew(estateId), words: '登记房屋', permission: 'registry.edit' }}
    >
      <label className="sz-filter no-print"><span>楼栋</span>
        <Choice value={buildingId} blank="全部楼栋" choices={Object.fromEntries((buildings.data?.rows ?? []).map((one) => [one.id, `${one.name}（${one.unitCount} 户）`]))} onChange={(next) => change({ buildingId: next, after: undefined })} />
      </label>
    </ListPage>
  );
}
