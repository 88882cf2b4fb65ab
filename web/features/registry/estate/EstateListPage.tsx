import { Link } from '@tanstack/react-router';
import { EstateRow, exportEstates, listEstates } from '#contract/registry/estate.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { CommitteeTag, RecordTags } from '../EstateTags.tsx';

const names = ['name', 'township', 'neighbourhood', 'managementKind', 'company', 'managerName', 'totalUnits', 'occupiedUnits', 'committee', 'totalCm2', 'buildingCount', 'deliveredOn', 'feeFenPerM2Month', 'feeBasis', 'collectionRateBp', 'unitsRecorded', 'headCount'] as const;
const columns = columnsOf(EstateRow, names, {
  extra: ['neighbourhood', 'totalCm2', 'buildingCount', 'deliveredOn', 'feeBasis', 'collectionRateBp', 'unitsRecorded', 'headCount'],
  cells: {
    name: (row) => <><Link to={paths.estate(row.id)}>{row.name}</Link> <RecordTags archivedAt={row.archivedAt} /></>,
    company: (row) => (row.company === null ? <span className="sz-muted">—</span> : <Link to={paths.company(row.company.id)}>{row.company.name}</Link>),
    committee: (row) => <CommitteeTag committee={row.committee} />,
  },
});

/** 小区列表. */
export function EstateListPage() {
  // Whoever may never edit is spared a refusal in every row.
  const mayEdit = useMay()('registry.edit');
  return (
    <ListPage
      route={listEstates} exportRoute={exportEstates} title="小区" lead="住宅小区基础台账。没有物业服务企业的小区也在其中，按管理方式区分。"
      without={['problem']}
      columns={columns} rowKey={(row) => row.id} empty="管辖范围内还没有小区，可以先导入住宅小区台账"
      create={{ to: paths.estateNew, words: '登记小区', permission: 'registry.edit' }}
      actions={(row) => <><ActionLink to={paths.estateSheet(row.id)}>一页纸</ActionLink>{mayEdit && <ActionLink to={paths.estateEdit(row.id)} ability={row.can.edit}>修改</ActionLink>}</>}
    />
  );
}
