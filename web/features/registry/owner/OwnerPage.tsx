import { Link, useNavigate } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { archiveOwner, getOwner, mergeOwner, Owner, revealOwner } from '#contract/registry/unit.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { AsOf, useAsOf } from '#web/kit/AsOf.tsx';
import { Facts } from '#web/kit/Facts.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { History } from '#web/kit/History.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { Reveal } from '#web/kit/Reveal.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';
import { RecordTags } from '../EstateTags.tsx';
import { MergedInto } from '../MergedInto.tsx';
import { OwnerPicker } from './OwnerPicker.tsx';

const units = columnsOf(Owner.shape.units.element, ['unit', 'kind', 'share', 'validFrom', 'validTo'], { cells: { unit: (row) => <Link to={paths.unit(row.unit.id)}>{row.unit.name}</Link> } });

/** 业主详情(脱敏). */
export function OwnerPage() {
  const ownerId = useParam('Owner', 'ownerId');
  const owner = useRoute(getOwner, { params: { ownerId }, query: useAsOf() });
  const value = owner.data;
  return (
    <Page title={value?.name ?? '业主'} needs={[owner]} lead={value !== undefined && <RecordTags archivedAt={value.archivedAt} />} actions={value !== undefined && <Actions owner={value} />}>
      {value !== undefined && (
        <>
          <AsOf />
          <MergedInto what="这条记录" into={value.mergedInto} to={paths.owner} />
          <Section title="基本情况" actions={<><Reveal route={revealOwner} params={{ ownerId }} field="phone" title="电话" ability={value.can.reveal} /><Reveal route={revealOwner} params={{ ownerId }} field="idNumber" title="证件号" ability={value.can.reveal} /></>}>
            <Facts of={Owner} value={value} names={['estate', 'kind', 'phone', 'idNumber', 'unitCount', 'areaCm2']} instead={{ estate: <Link to={paths.estate(value.estate.id)}>{value.estate.name}</Link> }} />
          </Section>
          <Section title="名下房屋" note="本小区"><Table name="名下房屋" columns={units} rows={value.units} rowKey={(row) => `${row.unit.id}${row.validFrom ?? ''}`} empty="这一天名下没有房屋" /></Section>
          <Section title="信息使用目的">{value.purpose === null ? <p className="sz-muted">没有登记使用目的</p> : <p>{value.purpose.purpose}；依据：{value.purpose.document}；<DateText value={value.purpose.deleteOn} /> 删除</p>}</Section>
          <Section title="操作历史"><History entries={value.history} /></Section>
        </>
      )}
    </Page>
  );
}

function Actions({ owner }: { owner: Answer<typeof getOwner> }) {
  const navigate = useNavigate();
  const shared = { params: { ownerId: owner.id }, version: owner.version };
  return (
    <>
      <ActionLink to={paths.ownerEdit(owner.id)} ability={owner.can.edit} isButton>修改</ActionLink>
      <RouteDialog
        {...shared} route={mergeOwner} words="合并" title={`把“${owner.name}”并入本小区的另一条记录`} submit="合并" done="已合并" ability={owner.can.merge} isDanger
        extras={{ intoId: { help: '同一业主登记了两次时使用；合并后名下房屋都归到所选的记录', control: ({ text, onType, ...rest }) => <OwnerPicker {...rest} value={text} onChange={onType} estateId={owner.estate.id} except={owner.id} /> } }}
        onDone={(into) => void navigate({ to: paths.owner(into.id) })}
      />
      <RouteDialog {...shared} route={archiveOwner} words="归档" title={`归档“${owner.name}”`} submit="归档" done="已归档，列表中默认不再显示" ability={owner.can.archive} isDanger extras={{ reason: { help: '名下没有房屋的业主才能归档' } }} />
    </>
  );
}
