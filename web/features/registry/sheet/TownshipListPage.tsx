import { Link } from '@tanstack/react-router';
import { useOrgUnits } from '#web/kit/fields/use-org-units.ts';
import { Page } from '#web/kit/Page.tsx';
import { Nothing } from '#web/kit/states.tsx';
import { paths } from '#web/paths.ts';

/** 一镇一表: choose a township. */
export function TownshipListPage() {
  const units = useOrgUnits();
  const townships = (units.data?.rows ?? []).filter((row) => row.kind === 'township');
  return (
    <Page title="一镇一表" lead="选一个乡镇街道，看它的小区、企业和业委会情况，可打印或生成长图。" needs={[units]}>
      {townships.length === 0 ? <Nothing words="没有可以查看的乡镇街道" /> : (
        <div className="sz-tiles">{townships.map((row) => <Link key={row.id} className="sz-tile" to={paths.townshipSheet(row.id)}>{row.name}</Link>)}</div>
      )}
    </Page>
  );
}
