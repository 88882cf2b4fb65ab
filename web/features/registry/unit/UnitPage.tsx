import { Link, useNavigate } from '@tanstack/react-router';
import type { Answer } from '#contract/define-route.ts';
import { archiveUnit, AreaVersion, getUnit, Holder, mergeUnit, putUnitArea, Unit } from '#contract/registry/unit.ts';
import { ActionLink } from '#web/kit/ActionLink.tsx';
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
import { MergedInto } from '../MergedInto.tsx';
import { Warnings } from '../Warnings.tsx';
import { TransferDialog } from './TransferDialog.tsx';
import { UnitPicker } from './UnitPicker.tsx';

const holderCells = { name: (row: Answer<typeof getUnit>['holders'][number]) => <Link to={paths.owner(row.ownerId)}>{row.name}</Link> };
const now = columnsOf(Holder, ['name', 'ownerKind', 'kind', 'share', 'basis', 'phone', 'idNumber', 'validFrom'], { cells: holderCells });
const all = columnsOf(Holder, ['name', 'kind', 'share', 'validFrom', 'validTo', 'recordedAt', 'supersededAt'], { cells: holderCells });
const areas = columnsOf(AreaVersion, ['areaCm2', 'areaSource', 'validFrom', 'validTo', 'recordedAt', 'supersededAt']);

/** 房屋详情: whose it is on a day, as we knew it on a day, and everything recorded before. */
export function UnitPage() {
  const unitId = useParam('Unit', 'unitId');
  const unit = useRoute(getUnit, { params: { unitId }, query: useAsOf() });
  return (
    <Page title={unit.data === undefined ? '房屋' : `${unit.data.estate.name} ${unit.data.title}`} needs={[unit]} lead={unit.data !== undefined && <RecordTags archivedAt={unit.data.archivedAt} />} actions={unit.data !== undefined && <Actions unit={unit.data} />}>
      {unit.data !== undefined && <><AsOf /><Content unit={unit.data} /></>}
    </Page>
  );
}

function Content({ unit }: { unit: Answer<typeof getUnit> }) {
  const estate = <Link to={paths.estate(unit.estate.id)}>{unit.estate.name}</Link>;
  return (
    <>
      <MergedInto what="这一户" into={unit.mergedInto} to={paths.unit} />
      <Warnings items={unit.warnings} />
      <Section title="基本情况"><Facts of={Unit} value={unit} names={['estate', 'building', 'entrance', 'room', 'usage', 'areaCm2', 'areaSource', 'deliveredOn']} instead={{ estate }} /></Section>
      <Section title="产权人"><Table name="产权人" columns={now} rows={unit.holders} rowKey={(row) => row.ownershipId} empty="这一天没有登记产权人" /></Section>
      <Section title="产权变动" note="包括已更正的记录"><Table name="产权变动" columns={all} rows={unit.ownerships} rowKey={(row) => `${row.ownershipId}${row.recordedAt}`} empty="没有产权变动记录" /></Section>
      <Section title="面积记录" note="依据的先后：不动产登记簿、测绘成果、买卖合同"><Table name="面积记录" columns={areas} rows={unit.areas} rowKey={(row) => `${row.areaSource}${row.recordedAt}${row.validFrom ?? ''}`} empty="没有登记面积" /></Section>
      <Section title="操作历史"><History entries={unit.history} /></Section>
    </>
  );
}

function Actions({ unit }: { unit: Answer<typeof getUnit> }) {
  const navigate = useNavigate();
  const fix = useFix();
  const shared = { params: { unitId: unit.id }, version: unit.version };
  return (
    <>
      <ActionLink to={paths.unitEdit(unit.id)} ability={unit.can.edit} isButton>修改</ActionLink>
      <RouteDialog {...shared} route={putUnitArea} fix={fix === 'area' ? 'areaCm2' : fix === 'areaSource' ? fix : undefined} words="登记面积" title="登记面积（保留原记录）" submit="登记" done="已登记面积" ability={unit.can.edit} first={{ areaSource: 'register', ...(fix === 'areaSource' ? { areaCm2: unit.areaCm2 } : {}) }} />
      <TransferDialog unit={unit} opensAtOnce={fix === 'holders'} />
      <RouteDialog
        {...shared} route={mergeUnit} words="合并" title={`把“${unit.title}”并入本小区的另一户`} submit="合并" done="已合并" ability={unit.can.merge} isDanger
        extras={{ intoId: { help: '同一房屋登记了两次时使用；所选的一户没有的产权人和面积会带过去', control: ({ text, onType, ...rest }) => <UnitPicker {...rest} value={text} onChange={onType} estateId={unit.estate.id} except={unit.id} /> } }}
        onDone={(into) => void navigate({ to: paths.unit(into.id) })}
      />
      <RouteDialog {...shared} route={archiveUnit} words="归档" title={`归档“${unit.title}”`} submit="归档" done="已归档" ability={unit.can.archive} isDanger />
    </>
  );
}
