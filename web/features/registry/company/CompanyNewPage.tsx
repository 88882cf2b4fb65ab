import { useNavigate } from '@tanstack/react-router';
import { postCompany } from '#contract/registry/company.ts';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';

/** 登记企业. */
export function CompanyNewPage() {
  const navigate = useNavigate();
  return (
    <Page title="登记物业服务企业">
      <Section title="基本情况">
        <RouteForm
          route={postCompany} submit="登记" first={{ status: 'active' }} extras={{ creditCode: { help: '校验位不符时只提醒，不拦截：个别真实代码不合标准' } }}
          onDone={(company) => void navigate({ to: paths.company(company.id) })} onCancel={() => void navigate({ to: paths.companies })}
        />
      </Section>
    </Page>
  );
}
