import { getEstateSheet } from '#contract/registry/sheet.ts';
import { AsOf, useAsOf } from '#web/kit/AsOf.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page } from '#web/kit/Page.tsx';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { paths } from '#web/paths.ts';
import { SheetView } from './SheetView.tsx';

/** 小区一页纸: all that is known, on one sheet. */
export function EstateSheetPage() {
  const estateId = useParam('Estate', 'estateId');
  const sheet = useRoute(getEstateSheet, { params: { estateId }, query: useAsOf() });
  const value = sheet.data;
  return (
    <Page title="小区一页纸" needs={[sheet]} actions={<LinkButton to={paths.estate(estateId)}>小区详情</LinkButton>}>
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
