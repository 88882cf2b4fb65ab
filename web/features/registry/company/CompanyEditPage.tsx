import { useNavigate } from '@tanstack/react-router';
import { getCompany, putCompany } from '#contract/registry/company.ts';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { useFix } from '#web/kit/hooks/use-fix.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';

/** 修改企业. */
export function CompanyEditPage() {
  const companyId = useParam('Company', 'companyId');
  const navigate = useNavigate();
  const fix = useFix();
  const company = useRoute(getCompany, { params: { companyId }, query: {} });
  const back = () => void navigate({ to: paths.company(companyId) });
  return (
    <Page title={company.data === undefined ? '修改企业' : `修改：${company.data.name}`} lead="改名后，原名称记为曾用名。" needs={[company]}>
      {company.data !== undefined && <Section title="基本情况"><RouteForm route={putCompany} params={{ companyId }} version={company.data.version} first={company.data} fix={fix} submit="保存" onDone={back} onCancel={back} /></Section>}
    </Page>
  );
}
