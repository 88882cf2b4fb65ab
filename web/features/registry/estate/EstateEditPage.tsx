import { useNavigate } from '@tanstack/react-router';
import { getEstate, putEstate } from '#contract/registry/estate.ts';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useFix } from '#web/kit/hooks/use-fix.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';

/** 修改小区; its name is changed apart, so that the former one is kept. */
export function EstateEditPage() {
  const estateId = useParam('Estate', 'estateId');
  const navigate = useNavigate();
  const fix = useFix();
  const estate = useRoute(getEstate, { params: { estateId }, query: {} });
  const back = () => void navigate({ to: paths.estate(estateId) });
  const value = estate.data;
  return (
    <Page title={value === undefined ? '修改小区' : `修改：${value.name}`} lead="更名请在小区页面上办理，会保留曾用名。" needs={[estate]}>
      {value !== undefined && (
        <Section title="基本情况">
          <RouteForm
            route={putEstate} params={{ estateId }} version={value.version} fix={fix} submit="保存" onDone={back} onCancel={back}
            first={{ ...value, townshipId: value.township.id, neighbourhoodId: value.neighbourhood?.id ?? null }}
          />
        </Section>
      )}
    </Page>
  );
}
