import { useNavigate } from '@tanstack/react-router';
import { listBuildings, postBuilding, postUnit } from '#contract/registry/unit.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';

/** 登记房屋. */
export function UnitNewPage() {
  const estateId = useParam('Estate', 'estateId');
  const navigate = useNavigate();
  const buildings = useRoute(listBuildings, { params: { estateId } });
  const choices = Object.fromEntries((buildings.data?.rows ?? []).map((one) => [one.id, one.name]));
  const back = () => void navigate({ to: paths.estateUnits(estateId) });
  return (
    <Page title="登记房屋" needs={[buildings]} actions={<RouteDialog route={postBuilding} params={{ estateId }} words="登记楼栋" title="登记楼栋" submit="登记" done="已登记楼栋" />}>
      <Section title="房屋">
        <RouteForm
          route={postUnit} params={{ estateId }} submit="登记" first={{ usage: 'residential' }} onDone={back} onCancel={back}
          extras={{ buildingId: { help: '没有这栋楼时，请先点右上角“登记楼栋”', control: ({ text, onType, ...rest }) => <Choice {...rest} value={text} blank="请选择" choices={choices} onChange={onType} /> } }}
        />
      </Section>
    </Page>
  );
}
