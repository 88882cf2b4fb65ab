import { Link } from '@tanstack/react-router';
import { ContractBrief } from '#contract/registry/estate.ts';
import { archiveContract, getContract, putContract, ServiceContract } from '#contract/registry/service.ts';
import { AsOf, useAsOf } from '#web/kit/AsOf.tsx';
import { Facts } from '#web/kit/Facts.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { History } from '#web/kit/History.tsx';
import { useFix } from '#web/kit/hooks/use-fix.ts';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';
import { RecordTags } from '../EstateTags.tsx';

const columns = columnsOf(ContractBrief, ['company', 'kind', 'feeBasis', 'feeFenPerM2Month', 'startsOn', 'endsOn', 'terminatedOn', 'recordedAt', 'supersededAt']);

/** 合同详情, with every version that was recorded. */
export function ContractPage() {
  const contractId = useParam('Contract', 'contractId');
  const contract = useRoute(getContract, { params: { contractId }, query: useAsOf() });
  const fix = useFix();
  const value = contract.data;
  return (
    <Page
      title={value === undefined ? '物业服务合同' : `${value.estate.name}物业服务合同`} needs={[contract]}
      lead={value !== undefined && <RecordTags archivedAt={value.archivedAt} />}
      actions={value !== undefined && <>
        <RouteDialog
          route={putContract} fix={fix} params={{ contractId }} version={value.version} words="修改" title="修改合同（另存一版）" submit="保存" done="已保存为新的一版" ability={value.can.edit}
          first={{ ...value, companyId: value.company.id }} extras={{ companyId: { known: value.company.name }, terminatedOn: { help: '提前解除时填写' } }}
        />
        <RouteDialog
          route={archiveContract} params={{ contractId }} version={value.version} words="归档" title="归档这份合同" submit="归档" done="已归档，不再计入统计" ability={value.can.archive} isDanger
          extras={{ reason: { help: '只用于登记有误、重复登记的合同。合同已解除的，请点“修改”填写提前终止日期' } }}
        />
      </>}
    >
      {value !== undefined && (
        <>
          <AsOf />
          <Section title="合同内容">
            <Facts
              of={ServiceContract} value={value} names={['estate', 'township', 'company', 'kind', 'feeBasis', 'feeFenPerM2Month', 'startsOn', 'endsOn', 'terminatedOn', 'isCurrent']}
              instead={{ estate: <Link to={paths.estate(value.estate.id)}>{value.estate.name}</Link>, company: <Link to={paths.company(value.company.id)}>{value.company.name}</Link> }}
            />
          </Section>
          <Section title="历次修改"><Table name="历次修改" columns={columns} rows={value.versions} rowKey={(row) => row.recordedAt} empty="没有修改过" /></Section>
          <Section title="操作历史"><History entries={value.history} /></Section>
        </>
      )}
    </Page>
  );
}
