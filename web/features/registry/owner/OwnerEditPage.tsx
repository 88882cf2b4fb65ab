import { useNavigate } from '@tanstack/react-router';
import { getOwner, putOwner } from '#contract/registry/unit.ts';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useFix } from '#web/kit/hooks/use-fix.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';

/** 修改业主; numbers left blank stay as stored. */
export function OwnerEditPage() {
  const ownerId = useParam('Owner', 'ownerId');
  const navigate = useNavigate();
  const fix = useFix();
  const owner = useRoute(getOwner, { params: { ownerId }, query: {} });
  const back = () => void navigate({ to: paths.owner(ownerId) });
  const value = owner.data;
  return (
    <Page title={value === undefined ? '修改业主' : `修改：${value.name}`} needs={[owner]}>
      {value !== undefined && (
        <Section title="业主">
          <RouteForm
            route={putOwner} params={{ ownerId }} version={value.version} fix={fix} submit="保存" onDone={back} onCancel={back} first={{ name: value.name, kind: value.kind }} keepsBlank={['idNumber', 'phone']}
            extras={{ idNumber: { help: `现为 ${value.idNumber ?? '未登记'}；不填则不改` }, phone: { help: `现为 ${value.phone ?? '未登记'}；不填则不改` } }}
          />
        </Section>
      )}
    </Page>
  );
}
