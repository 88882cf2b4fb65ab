import { useNavigate } from '@tanstack/react-router';
import { getPractitioner, putPractitioner } from '#contract/registry/practitioner.ts';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useFix } from '#web/kit/hooks/use-fix.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';

/** 修改从业人员; numbers left blank stay as stored. */
export function PractitionerEditPage() {
  const practitionerId = useParam('Practitioner', 'practitionerId');
  const navigate = useNavigate();
  const fix = useFix();
  const one = useRoute(getPractitioner, { params: { practitionerId } });
  const back = () => void navigate({ to: paths.practitioner(practitionerId) });
  const value = one.data;
  return (
    <Page title={value === undefined ? '修改从业人员' : `修改：${value.name}`} needs={[one]}>
      {value !== undefined && (
        <Section title="基本情况">
          <RouteForm
            route={putPractitioner} params={{ practitionerId }} version={value.version} fix={fix} submit="保存" onDone={back} onCancel={back} keepsBlank={['idNumber', 'phone']}
            first={{ ...value, companyId: value.company?.id ?? null, idNumber: null, phone: null }}
            extras={{ companyId: { known: value.company?.name }, idNumber: { help: `现为 ${value.idNumber ?? '未登记'}；不填则不改` }, phone: { help: `现为 ${value.phone ?? '未登记'}；不填则不改` } }}
          />
        </Section>
      )}
    </Page>
  );
}
