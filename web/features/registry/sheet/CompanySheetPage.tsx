import { getCompanySheet } from '#contract/registry/sheet.ts';
import { useAsOf } from '#web/kit/AsOf.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { paths } from '#web/paths.ts';
import { SheetPage } from './SheetPage.tsx';

/** 一企一档: all that is known, on one sheet. */
export function CompanySheetPage() {
  const companyId = useParam('Company', 'companyId');
  return <SheetPage title="一企一档" sheet={useRoute(getCompanySheet, { params: { companyId }, query: useAsOf() })} back={{ to: paths.company(companyId), words: '企业详情' }} />;
}
