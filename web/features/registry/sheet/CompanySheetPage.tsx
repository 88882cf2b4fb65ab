import { getCompanySheet } from '#contract/registry/sheet.ts';
import { AsOf, useAsOf } from '#web/kit/AsOf.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page } from '#web/kit/Page.tsx';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { paths } from '#web/paths.ts';
import { SheetView } from './SheetView.tsx';

/** 一企一档: all that is known, on one sheet. */
export function CompanySheetPage() {
  const companyId = useParam('Company', 'companyId');
  const sheet = useRoute(getCompanySheet, { params: { companyId }, query: useAsOf() });
  const value = sheet.data;
  return (
    <Page title="一企一档" needs={[sheet]} actions={<LinkButton to={paths.company(companyId)}>企业详情</LinkButton>}>
      {value !== undefined && (
        <>
          <AsOf />
          <ShareBar name={value.title} of="sheet" text={() => value.text} />
          <SheetView sheet={value} id="sheet" />
        </>
      )}
    </Page>
  );
}
