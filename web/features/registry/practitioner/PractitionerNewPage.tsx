import { useNavigate } from '@tanstack/react-router';
import { postPractitioner } from '#contract/registry/practitioner.ts';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';

/** 登记从业人员. */
export function PractitionerNewPage() {
  const navigate = useNavigate();
  return (
    <Page title="登记从业人员">
      <Section title="基本情况">
        <RouteForm route={postPractitioner} submit="登记" extras={{ idNumber: { help: '可以不填' } }} onDone={(one) => void navigate({ to: paths.practitioner(one.id) })} onCancel={() => void navigate({ to: paths.practitioners })} />
      </Section>
    </Page>
  );
}
