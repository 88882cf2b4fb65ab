import { getTownshipSheet } from '#contract/registry/sheet.ts';
import { useAsOf } from '#web/kit/AsOf.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { paths } from '#web/paths.ts';
import { SheetPage } from './SheetPage.tsx';

/** 一镇一表: all that is known, on one sheet. */
export function TownshipSheetPage() {
  const townshipId = useParam('OrgUnit', 'townshipId');
  return <SheetPage title="一镇一表" sheet={useRoute(getTownshipSheet, { params: { townshipId }, query: useAsOf() })} back={{ to: paths.townships, words: '全部乡镇街道' }} more={<LinkButton to={paths.orgUnit(townshipId)}>社区和区划沿革</LinkButton>} />;
}
