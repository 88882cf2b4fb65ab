import { Link } from '@tanstack/react-router';
import { ContractBrief } from '#contract/registry/estate.ts';
import { getContract, putContract, ServiceContract } from '#contract/registry/service.ts';
import { Facts } from '#web/kit/Facts.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';

const columns = columnsOf(ContractBrief, ['company', 'kind', 'feeBasis', 'feeFenPerM2Month', 'startsOn', 'endsOn', 'terminatedOn', 'recordedAt', 'supersededAt']);

/** 合同详情, with every version that was recorded. */
export function ContractPage() {
  const contractId = useParam('Contract', 'contractId');
  const contract = useRoute(getContract, { params: { contractId } });
  const value = contract.data;
  return (
    <Page
      title={value === undefined ? '物业服务合同' : `${value.estate.name}物业服务合同`} needs={[contract]}
      actions={value !== undefined && (
        <RouteDialog
          route={putContract} params={{ contractId }} fixed={{ basedOn: value.versionId }} words="修改" title="修改合同（另存一版）" submit="保存" done="已保存为新的一版" ability={value.can.edit}
          first={{ ...value, companyId: value.company.id }} extras={{ companyId: { known: value.company.name }, terminatedOn: { help: '提前解除时填写' } }}
        />
      )}
    >
      {value !== undefined && (
        <>
          <Section title="现行内容">
            <Facts
              of={ServiceContract} value={value} names={['estate', 'township', 'company', 'kind', 'feeBasis', 'feeFenPerM2Month', 'startsOn', 'endsOn', 'terminatedOn', 'isCurrent']}
              instead={{ estate: <Link to={paths.estate(value.estate.id)}>{value.estate.name}</Link>, company: <Link to={paths.company(value.company.id)}>{value.company.name}</Link> }}
            />
          </Section>
          <Section title="历次修改"><Table name="历次修改" columns={columns} rows={value.versions} rowKey={(row) => row.recordedAt} empty="没有修改过" /></Section>
        </>
      )}
    </Page>
  );
}
