import { useNavigate } from '@tanstack/react-router';
import { postEstate } from '#contract/registry/estate.ts';
import { RouteForm } from '#web/kit/form/RouteForm.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';

/** 登记小区. */
export function EstateNewPage() {
  const navigate = useNavigate();
  return (
    <Page title="登记小区" lead="先登记已知的内容，其余可以以后补。企业、合同、项目经理和业委会在小区页面上分别登记。">
      <Section title="基本情况">
        <RouteForm route={postEstate} submit="登记" onDone={(estate) => void navigate({ to: paths.estate(estate.id) })} onCancel={() => void navigate({ to: paths.estates })} />
      </Section>
    </Page>
  );
}
