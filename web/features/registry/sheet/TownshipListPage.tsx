import { Link } from '@tanstack/react-router';
import { useOrgUnits } from '#web/kit/fields/use-org-units.ts';
import { Page } from '#web/kit/Page.tsx';
import { useMe } from '#web/kit/session/use-me.ts';
import { Nothing } from '#web/kit/states.tsx';
import { paths } from '#web/paths.ts';

/** 一镇一表: choose a township; a township has its own, and whoever sees only a part of one has none. */
export function TownshipListPage() {
  const units = useOrgUnits();
  const me = useMe();
  const post = me.data?.active;
  const townships = (units.data?.rows ?? []).filter((row) => row.kind === 'township' && (post?.level === 'county' || post?.scopeId === row.id));
  return (
    <Page title="一镇一表" lead="选一个乡镇街道，看它的小区、企业和业委会情况，可打印或生成长图。" needs={[units, me]}>
      {townships.length === 0 ? <Nothing words="一镇一表由县局和乡镇街道查看。您可以查看小区一页纸和一企一档。" /> : (
        <div className="sz-tiles">{townships.map((row) => <Link key={row.id} className="sz-tile" to={paths.townshipSheet(row.id)}>{row.name}</Link>)}</div>
      )}
    </Page>
  );
}
