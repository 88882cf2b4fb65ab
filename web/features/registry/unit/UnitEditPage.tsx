import { useNavigate } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { getUnit, listBuildings, putUnit } from '#contract/registry/unit.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useFix } from '#web/kit/hooks/use-fix.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';

/** 修改房屋; its area and its owners are recorded apart, because they are argued about. */
export function UnitEditPage() {
  const unitId = useParam('Unit', 'unitId');
  const unit = useRoute(getUnit, { params: { unitId }, query: {} });
  return (
    <Page title={unit.data === undefined ? '修改房屋' : `修改：${unit.data.title}`} lead="面积和产权人请在房屋页面上登记，会保留原记录。" needs={[unit]}>
      {unit.data !== undefined && <UnitForm unit={unit.data} />}
    </Page>
  );
}

function UnitForm({ unit }: { unit: Answer<typeof getUnit> }) {
  const navigate = useNavigate();
  const fix = useFix();
  const buildings = useRoute(listBuildings, { params: { estateId: unit.estate.id } });
  const choices = Object.fromEntries((buildings.data?.rows ?? [unit.building]).map((one) => [one.id, one.name]));
  const back = () => void navigate({ to: paths.unit(unit.id) });
  return (
    <Section title="房屋">
      <RouteForm
        route={putUnit} params={{ unitId: unit.id }} version={unit.version} first={{ ...unit, buildingId: unit.building.id }} fix={fix} submit="保存" onDone={back} onCancel={back}
        extras={{ buildingId: { control: ({ text, onType, ...rest }) => <Choice {...rest} value={text} choices={choices} onChange={onType} /> } }}
      />
    </Section>
  );
}
