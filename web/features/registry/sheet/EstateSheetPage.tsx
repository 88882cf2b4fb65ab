import { getEstateSheet } from '#contract/registry/sheet.ts';
import { useAsOf } from '#web/kit/AsOf.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { paths } from '#web/paths.ts';
import { SheetPage } from './SheetPage.tsx';

/** 小区一页纸: all that is known, on one sheet. */
export function EstateSheetPage() {
  const estateId = useParam('Estate', 'estateId');
  return <SheetPage title="小区一页纸" sheet={useRoute(getEstateSheet, { params: { estateId }, query: useAsOf() })} back={{ to: paths.estate(estateId), words: '小区详情' }} />;
}
