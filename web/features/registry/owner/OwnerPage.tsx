import { Link } from '@tanstack/react-router';
import { getOwner, Owner, revealOwner } from '#contract/registry/unit.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
import { AsOf, useAsOf } from '#web/kit/AsOf.tsx';
import { Facts } from '#web/kit/Facts.tsx';
import { History } from '#web/kit/History.tsx';
import { useParam } from '#web/kit/hooks/use-param.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { Reveal } from '#web/kit/Reveal.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { columnsOf } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';

const units = columnsOf(Owner.shape.units.element, ['unit', 'kind', 'share', 'validFrom', 'validTo'], { cells: { unit: (row) => <Link to={paths.unit(row.unit.id)}>{row.unit.name}</Link> } });

/** 业主详情(脱敏). */
export function OwnerPage() {
  const ownerId = useParam('Owner', 'ownerId');
  const owner = useRoute(getOwner, { params: { ownerId }, query: useAsOf() });
  const value = owner.data;
  return (
    <Page title={value?.name ?? '业主'} needs={[owner]} actions={value !== undefined && <ActionLink to={paths.ownerEdit(ownerId)} ability={value.can.edit} isButton>修改</ActionLink>}>
      {value !== undefined && (
        <>
          <AsOf />
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
