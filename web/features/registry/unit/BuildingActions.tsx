import { useNavigate } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { archiveBuilding, listBuildings, mergeBuilding, putBuilding } from '#contract/registry/unit.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { paths } from '#web/paths.ts';

type Row = Answer<typeof listBuildings>['rows'][number];

/** 楼栋操作: edit, merge, archive; small ones in a row of the list. */
export function BuildingActions({ row, isQuiet = false }: { row: Row; isQuiet?: boolean }) {
  const navigate = useNavigate();
  const shared = { params: { buildingId: row.id }, version: row.version, isQuiet };
  return (
    <>
      <RouteDialog {...shared} route={putBuilding} words="修改" title={`修改楼栋“${row.name}”`} submit="保存" done="已保存" ability={row.can.edit} first={row} />
      <RouteDialog
        {...shared} route={mergeBuilding} words="合并" title={`把“${row.name}”并入另一栋楼`} submit="合并" done="已合并" ability={row.can.merge} isDanger
        extras={{ intoId: { help: '同一栋楼写法不同、登记了两次时使用；合并后房屋都归到所选的楼栋', control: ({ text, onType, ...rest }) => <OtherBuilding {...rest} row={row} value={text} onChange={onType} /> } }}
        onDone={(into) => void navigate({ to: paths.building(into.id) })}
      />
      <RouteDialog {...shared} route={archiveBuilding} words="归档" title={`归档楼栋“${row.name}”`} submit="归档" done="已归档，列表中不再显示" ability={row.can.archive} isDanger />
    </>
  );
}

function OtherBuilding({ row, ...rest }: { row: Row; value: string; onChange: (value: string) => void; id: string; describedBy: string | undefined; isInvalid: boolean }) {
  const buildings = useRoute(listBuildings, { params: { estateId: row.estate.id } });
  const choices = Object.fromEntries((buildings.data?.rows ?? []).filter((one) => one.id !== row.id).map((one) => [one.id, `${one.name}（${one.unitCount} 户）`]));
  return <Choice {...rest} blank="请选择" choices={choices} />;
}
