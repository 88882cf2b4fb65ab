import { Link } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { ContractBrief, type getEstate } from '#contract/registry/estate.ts';
import { postContract } from '#contract/registry/service.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useFix } from '#web/kit/hooks/use-fix.ts';
import { Section } from '#web/kit/Page.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';

const columns = columnsOf(ContractBrief, ['company', 'kind', 'feeBasis', 'feeFenPerM2Month', 'startsOn', 'endsOn', 'terminatedOn', 'isCurrent'], {
  cells: { company: (row) => <Link to={paths.company(row.company.id)}>{row.company.name}</Link> },
});

/** 小区的物业服务合同. */
export function EstateContracts({ estate }: { estate: Answer<typeof getEstate> }) {
  return (
    <Section
      title="物业服务合同"
      actions={<RouteDialog route={postContract} params={{ estateId: estate.id }} fix={useFix() === 'contract' ? 'companyId' : undefined} words="登记合同" title="登记物业服务合同" submit="登记" done="已登记合同" ability={estate.can.contract} first={{ kind: 'ordinary' }} />}
    >
      <Table
        name="物业服务合同" columns={columns} rows={estate.contracts} rowKey={(row) => `${row.contractId}${row.recordedAt}`} empty="没有登记物业服务合同"
        actions={(row) => <ActionLink to={paths.contract(row.contractId)}>查看</ActionLink>}
      />
    </Section>
  );
}
