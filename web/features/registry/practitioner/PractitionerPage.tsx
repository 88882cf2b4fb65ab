import { Link, useNavigate } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { archivePractitioner, getPractitioner, mergePractitioner, Practitioner, revealPractitioner } from '#contract/registry/practitioner.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { Facts } from '#web/kit/Facts.tsx';
import { PractitionerPicker } from '#web/kit/fields/PractitionerPicker.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { History } from '#web/kit/History.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { Reveal } from '#web/kit/Reveal.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';
import { RecordTags } from '../EstateTags.tsx';
import { MergedInto } from '../MergedInto.tsx';
import { Warnings } from '../Warnings.tsx';

const columns = columnsOf(Practitioner.shape.estates.element, ['estate', 'validFrom', 'validTo'], { cells: { estate: (row) => <Link to={paths.estate(row.estate.id)}>{row.estate.name}</Link> } });

/** 从业人员详情. */
export function PractitionerPage() {
  const practitionerId = useParam('Practitioner', 'practitionerId');
  const one = useRoute(getPractitioner, { params: { practitionerId } });
  const value = one.data;
  return (
    <Page title={value?.name ?? '从业人员'} needs={[one]} lead={value !== undefined && <RecordTags archivedAt={value.archivedAt} isDemo={value.isDemo} />} actions={value !== undefined && <Actions value={value} />}>
      {value !== undefined && (
        <>
          <MergedInto what="这条记录" into={value.mergedInto} to={paths.practitioner} />
          <Warnings items={value.warnings} />
          <Section title="基本情况" actions={<><Reveal route={revealPractitioner} params={{ practitionerId }} field="phone" title="手机号" ability={value.can.reveal} /><Reveal route={revealPractitioner} params={{ practitionerId }} field="idNumber" title="身份证号" ability={value.can.reveal} /></>}>
            <Facts of={Practitioner} value={value} names={['company', 'post', 'phone', 'idNumber', 'hiredOn', 'leftOn', 'certificate']} instead={{ company: value.company === null ? undefined : <Link to={paths.company(value.company.id)}>{value.company.name}</Link> }} />
          </Section>
          <Section title="担任项目经理的小区" note="包括以前的"><Table name="担任项目经理的小区" columns={columns} rows={value.estates} rowKey={(row) => `${row.estate.id}${row.validFrom ?? ''}`} empty="没有担任过项目经理" /></Section>
          <Section title="操作历史"><History entries={value.history} /></Section>
        </>
      )}
    </Page>
  );
}

function Actions({ value }: { value: Answer<typeof getPractitioner> }) {
  const navigate = useNavigate();
  const shared = { params: { practitionerId: value.id }, version: value.version };
  return (
    <>
      <ActionLink to={paths.practitionerEdit(value.id)} ability={value.can.edit} isButton>修改</ActionLink>
      <RouteDialog
        {...shared} route={mergePractitioner} words="合并" title={`把“${value.name}”并入另一条记录`} submit="合并" done="已合并" ability={value.can.merge} isDanger
        extras={{ intoId: { help: '同一个人登记了两次时使用', control: ({ text, onType, ...rest }) => <PractitionerPicker {...rest} value={text} onChange={onType} /> } }}
        onDone={(into) => void navigate({ to: paths.practitioner(into.id) })}
      />
      <RouteDialog {...shared} route={archivePractitioner} words="归档" title={`归档“${value.name}”`} submit="归档" done="已归档" ability={value.can.archive} isDanger />
    </>
  );
}
