import { Link } from '@tanstack/react-router';
import { listCommittees } from '#contract/committee.ts';
import { listCompanies } from '#contract/registry/company.ts';
import { getRegistryRollup } from '#contract/registry/estate.ts';
import { listPractitioners } from '#contract/registry/practitioner.ts';
import { useOrgUnits } from '#web/kit/fields/use-org-units.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { numberWords } from '#web/kit/schema/words.ts';
import { useMay, useMe } from '#web/kit/session/use-me.ts';
import { paths } from '#web/paths.ts';

interface Total { readonly total: number; readonly totalIsExact: boolean }
const one = { query: { limit: 1 } };

/** 家底: how many townships, estates, companies, people, units and owners are in the books. */
export function Counts() {
  const seesOwners = useMay()('registry.owner.read');
  const level = useMe().data?.active?.level;
  // Companies and their people are the county's: every public body looks at all of them.
  const shared = level === 'township' || level === 'neighbourhood' ? '全县' : '';
  const townships = useOrgUnits().data?.rows.filter((row) => row.kind === 'township').length;
  const sums = useRoute(getRegistryRollup, {}).data;
  const companies = useRoute(listCompanies, one).data;
  const people = useRoute(listPractitioners, one).data;
  const committees = useRoute(listCommittees, one).data;
  return (
    <nav className="sz-tiles" aria-label="家底">
      {level === 'county' && <Tile to={paths.townships} title="乡镇街道" total={exact(townships)} />}
      <Tile to={paths.estates} title="小区" total={exact(sums?.estates)} />
      <Tile to={paths.estates} title="总户数" total={exact(sums?.totalUnits)} />
      <Tile to={paths.companies} title={`${shared}物业服务企业`} total={companies} />
      <Tile to={paths.committees} title="业委会" total={committees} />
      <Tile to={paths.practitioners} title={`${shared}从业人员`} total={people} />
      {seesOwners && <Tile to={paths.units} title="名册房屋" total={exact(sums?.unitsRecorded)} />}
      {seesOwners && <Tile to={paths.owners} title="业主人数" total={exact(sums?.headCount)} />}
    </nav>
  );
}

const exact = (total: number | undefined): Total | undefined => (total === undefined ? undefined : { total, totalIsExact: true });

function Tile({ to, title, total }: { to: string; title: string; total: Total | undefined }) {
  return <Link to={to} className="sz-tile">{title}<b>{total === undefined ? '…' : `${numberWords(total.total)}${total.totalIsExact ? '' : '+'}`}</b></Link>;
}
