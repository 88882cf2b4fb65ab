import { FilePdfOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { estatePath } from '#contract/owner-paths.ts';
import { printPosters } from '#contract/owner.ts';
import { getEstate } from '#contract/registry/estate.ts';
import { Building, listBuildings } from '#contract/registry/unit.ts';
import { apiUrl } from '#web/kit/api/url.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { DownloadLink } from '#web/kit/table/DownloadLink.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';

type Row = Answer<typeof listBuildings>['rows'][number];
const columns = columnsOf(Building, ['name', 'unitCount'], { cells: { name: (row: Row) => <Link to={paths.building(row.id)}>{row.name}</Link> } });

/** 单元门海报: to print for a whole estate or one building, a page for each door. */
export function EstatePostersPage() {
  const estateId = useParam('Estate', 'estateId');
  const estate = useRoute(getEstate, { params: { estateId }, query: {} });
  const buildings = useRoute(listBuildings, { params: { estateId } });
  const name = estate.data?.name ?? '';
  const address = `${window.location.origin}${estatePath(estateId)}`;
  const pdf = (buildingId?: Row['id']) => apiUrl(printPosters, { params: { estateId }, query: { buildingId } });
  return (
    <Page
      title={`${name}单元门海报`} lead={<Link to={paths.estate(estateId)}>回到{name === '' ? '小区' : name}</Link>} needs={[estate, buildings]}
      actions={estate.data?.archivedAt === null && <DownloadLink href={pdf()} icon={<FilePdfOutlined />}>全小区的海报（PDF）</DownloadLink>}
    >
      <p>每个单元门一张 A4，业主扫码就到本小区的页面，楼栋和单元已经带好。张贴前请自己先扫一遍，确认打开的是<a href={address} target="_blank" rel="noopener">{address}</a>。</p>
      <Section title="按楼栋打印" note="没有登记单元的楼栋，整栋一张；没有登记楼栋的小区，用“全小区的海报”打一张贴在大门">
        <Table name="楼栋" columns={columns} rows={buildings.data?.rows} rowKey={(row) => row.id} empty="还没有登记楼栋" actions={(row) => <DownloadLink href={pdf(row.id)}>海报</DownloadLink>} />
      </Section>
    </Page>
  );
}
