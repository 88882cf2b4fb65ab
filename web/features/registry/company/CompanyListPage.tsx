import { Link } from '@tanstack/react-router';
import { CompanyRow, exportCompanies, listCompanies } from '#contract/registry/company.ts';
import { creditCodeCheckLabels } from '#contract/registry/words.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { numberWords } from '#web/kit/schema/words.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { ListPage } from '#web/kit/table/ListPage.tsx';
import { paths } from '#web/paths.ts';
import { RecordTags } from '../EstateTags.tsx';

const columns = columnsOf(CompanyRow, ['name', 'shortName', 'creditCode', 'legalPerson', 'phone', 'estateCount', 'claimedEstates', 'practitionerCount', 'status', 'registeredOn'], {
  extra: ['shortName', 'claimedEstates', 'registeredOn'],
  cells: {
    name: (row) => <><Link to={paths.company(row.id)}>{row.name}</Link> <RecordTags archivedAt={row.archivedAt} /></>,
    estateCount: (row) => <Link to={paths.estates} search={{ companyId: row.id }}>{numberWords(row.estateCount)}</Link>, practitionerCount: (row) => <Link to={paths.practitioners} search={{ companyId: row.id }}>{numberWords(row.practitionerCount)}</Link>,
    creditCode: (row) => <>{row.creditCode ?? '—'} {row.creditCodeCheck !== 'ok' && row.creditCodeCheck !== 'missing' && <StatusTag tone="warn">{creditCodeCheckLabels[row.creditCodeCheck]}</StatusTag>}</>,
  },
});

/** 企业列表. */
export function CompanyListPage() {
  // Whoever may never edit is spared a refusal in every row.
  const mayEdit = useMay()('registry.edit');
  return (
    <ListPage
      route={listCompanies} exportRoute={exportCompanies} title="物业服务企业" columns={columns} rowKey={(row) => row.id} empty="还没有物业服务企业，可以先导入物业服务企业台账"
      create={{ to: paths.companyNew, words: '登记企业', permission: 'registry.edit' }}
      actions={(row) => <><ActionLink to={paths.companySheet(row.id)}>一企一档</ActionLink>{mayEdit && <ActionLink to={paths.companyEdit(row.id)} ability={row.can.edit}>修改</ActionLink>}</>}
    />
  );
}
