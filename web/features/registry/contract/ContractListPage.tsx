import { Link } from '@tanstack/react-router';
import { exportContracts, listContracts, ServiceContract } from '#contract/registry/service.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { RecordTags } from '../EstateTags.tsx';

const columns = columnsOf(ServiceContract, ['estate', 'township', 'company', 'kind', 'feeBasis', 'feeFenPerM2Month', 'startsOn', 'endsOn', 'terminatedOn', 'isCurrent'], {
  extra: ['terminatedOn'],
  cells: {
    estate: (row) => <><Link to={paths.estate(row.estate.id)}>{row.estate.name}</Link> <RecordTags archivedAt={row.supersededAt} /></>,
    company: (row) => <Link to={paths.company(row.company.id)}>{row.company.name}</Link>,
  },
});

/** 物业服务合同列表. */
export function ContractListPage() {
  return (
    <ListPage
      route={listContracts} exportRoute={exportContracts} title="物业服务合同" lead="登记新合同请在小区页面上办理。" without={['estateId']} columns={columns} rowKey={(row) => row.versionId} empty="还没有登记物业服务合同"
      actions={(row) => <ActionLink to={paths.contract(row.contractId)}>查看</ActionLink>}
    />
  );
}
