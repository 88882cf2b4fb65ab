import { exportUnits, listUnits } from '#contract/registry/unit.ts';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { unitColumns } from './unit-columns.tsx';

/** 房屋列表, of all estates in scope. */
export function UnitListPage() {
  return (
    <ListPage
      route={listUnits} exportRoute={exportUnits} title="房屋" lead="按小区导入的房屋业主名册。姓名以外的号码都已遮盖。" without={['estateId', 'buildingId']}
      columns={unitColumns} rowKey={(row) => row.id} empty="还没有导入房屋业主名册"
    />
  );
}
