import { Link, useNavigate } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { archiveCompany, Company, getCompany, mergeCompany } from '#contract/registry/company.ts';
import { postLabels } from '#contract/registry/words.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { AsOf, useAsOf, useAsOfWords } from '#web/kit/AsOf.tsx';
import { Facts, factsText } from '#web/kit/Facts.tsx';
import { CompanyPicker } from '#web/kit/fields/CompanyPicker.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { History } from '#web/kit/History.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { LinkButton } from '#web/kit/LinkButton.tsx';
import { Page, Section } from '#web/kit/Page.tsx';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';
import { RecordTags } from '../EstateTags.tsx';
import { MergedInto } from '../MergedInto.tsx';
import { Warnings } from '../Warnings.tsx';

const names = ['shortName', 'creditCode', 'creditCodeCheck', 'legalPerson', 'phone', 'address', 'registeredOn', 'status', 'estateCount', 'claimedEstates', 'totalUnits', 'totalCm2', 'practitionerCount', 'formerNames', 'note'] as const;
const columns = columnsOf(Company.shape.estates.element, ['name', 'township', 'totalUnits', 'startsOn', 'endsOn'], { cells: { name: (row) => <Link to={paths.estate(row.id)}>{row.name}</Link> } });

/** 企业详情. */
export function CompanyPage() {
  const companyId = useParam('Company', 'companyId');
  const company = useRoute(getCompany, { params: { companyId }, query: useAsOf() });
  const value = company.data;
  return (
    <Page
      title={value?.name ?? '物业服务企业'} needs={[company]} lead={value !== undefined && <RecordTags archivedAt={value.archivedAt} isDemo={value.isDemo} />}
      actions={value !== undefined && <><LinkButton to={paths.companySheet(companyId)} isPrimary>一企一档</LinkButton><Actions company={value} /></>}
    >
      {value !== undefined && <><AsOf /><Content company={value} /></>}
    </Page>
  );
}

function Content({ company }: { company: Answer<typeof getCompany> }) {
  const asOf = useAsOfWords();
  return (
    <div id="company">
      <p className="sz-as-of-words">{company.name}，{asOf}</p>
      <MergedInto what="这家企业" into={company.mergedInto} to={paths.company} />
      <Warnings items={company.warnings} />
      <ShareBar name={company.name} of="company" text={() => `${company.name}（${asOf}）\n${factsText(Company, company, names)}`} />
      <Section title="基本情况"><Facts of={Company} value={company} names={names} /></Section>
      <Section title="在管小区"><Table name="在管小区" columns={columns} rows={company.estates} rowKey={(row) => `${row.id}${row.startsOn ?? ''}`} empty="当前没有在管小区" /></Section>
      <Section title="从业人员" actions={<LinkButton to={`${paths.practitioners}?companyId=${company.id}`}>查看名册</LinkButton>}>
        <p>{company.practitionersByPost.length === 0 ? '没有登记从业人员' : company.practitionersByPost.map(({ post, count }) => `${postLabels[post]} ${count} 人`).join('，')}</p>
      </Section>
      <Section title="操作历史"><History entries={company.history} /></Section>
    </div>
  );
}

function Actions({ company }: { company: Answer<typeof getCompany> }) {
  const navigate = useNavigate();
  const shared = { params: { companyId: company.id }, version: company.version };
  return (
    <>
      <ActionLink to={paths.companyEdit(company.id)} ability={company.can.edit} isButton>修改</ActionLink>
      <RouteDialog
        {...shared} route={mergeCompany} words="合并" title={`把“${company.name}”并入另一家企业`} submit="合并" done="已合并" ability={company.can.merge} isDanger
        extras={{ intoId: { help: '同一家企业登记了两次时使用；合同和人员都归到选定的企业', control: ({ text, onType, ...rest }) => <CompanyPicker {...rest} value={text} onChange={onType} /> } }}
        onDone={(into) => void navigate({ to: paths.company(into.id) })}
      />
      <RouteDialog {...shared} route={archiveCompany} words="归档" title={`归档“${company.name}”`} submit="归档" done="已归档" ability={company.can.archive} isDanger />
    </>
  );
}
