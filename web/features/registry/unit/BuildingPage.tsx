import { Link } from '@tanstack/react-router';
import { BuildingDetail, getBuilding } from '#contract/registry/unit.ts';
import { Facts } from '#web/kit/Facts.tsx';
import { History } from '#web/kit/History.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { paths } from '#web/paths.ts';
import { RecordTags } from '../EstateTags.tsx';
import { MergedInto } from '../MergedInto.tsx';
import { BuildingActions } from './BuildingActions.tsx';

/** 楼栋详情: what is known of one building, and all that was done to it. */
export function BuildingPage() {
  const buildingId = useParam('Building', 'buildingId');
  const building = useRoute(getBuilding, { params: { buildingId } });
  const value = building.data;
  return (
    <Page
      title={value === undefined ? '楼栋' : `${value.estate.name} ${value.name}`} needs={[building]} lead={value !== undefined && <RecordTags archivedAt={value.archivedAt} />}
      actions={value !== undefined && <><LinkButton to={`${paths.estateUnits(value.estate.id)}?buildingId=${value.id}`}>查看房屋</LinkButton><BuildingActions row={value} /></>}
    >
      {value !== undefined && (
        <>
          <MergedInto what="这栋楼" into={value.mergedInto} to={paths.building} />
          <Section title="基本情况"><Facts of={BuildingDetail} value={value} names={['estate', 'name', 'floors', 'liftCount', 'unitCount', 'areaCm2']} instead={{ estate: <Link to={paths.estate(value.estate.id)}>{value.estate.name}</Link> }} /></Section>
          <Section title="操作历史"><History entries={value.history} /></Section>
        </>
      )}
    </Page>
  );
}
