import { Link } from '@tanstack/react-router';
import { getEstate } from '#contract/registry/estate.ts';
import { listOwnerPurposes, listOwners, OwnerPurpose, postOwnerPurpose } from '#contract/registry/unit.ts';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Section } from '#web/kit/Page.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';
import { ownerColumns } from './owner-columns.tsx';

const purposes = columnsOf(OwnerPurpose, ['purpose', 'document', 'deleteOn', 'recordedAt', 'endedAt']);

/** 一个小区的业主, with the purpose their data were loaded for. */
export function EstateOwnersPage() {
  const estateId = useParam('Estate', 'estateId');
  const may = useMay();
  const estate = useRoute(getEstate, { params: { estateId }, query: {} });
  const list = useRoute(listOwnerPurposes, { params: { estateId } });
  const name = estate.data?.name ?? '';
  return (
    <ListPage
      route={listOwners} title={`${name}业主`} lead={<Link to={paths.estate(estateId)}>回到{name === '' ? '小区' : name}</Link>} fixed={{ estateId }} without={['estateId', 'townshipId', 'neighbourhoodId']}
      columns={ownerColumns.filter((column) => column.key !== 'estate')} rowKey={(row) => row.id} empty="还没有导入这个小区的业主"
      buttons={may('registry.edit') && <RouteDialog route={postOwnerPurpose} params={{ estateId }} words="登记使用目的" title="登记业主信息使用目的" submit="登记" done="已登记" extras={{ document: { help: '如：《关于调取业主名册的函》及文号' } }} />}
    >
      <Section title="业主信息使用目的" note="到删除日期应删除业主个人信息"><Table name="业主信息使用目的" columns={purposes} rows={list.data?.rows} rowKey={(row) => row.id} empty="没有登记使用目的" error={list.error} /></Section>
    </ListPage>
  );
}
