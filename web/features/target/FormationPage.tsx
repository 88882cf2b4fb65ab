import { Link, useLocation } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { ALL_STANDINGS, formationParts, meetsStanding } from '#domain/committee/formation-parts.ts';
import { exportFormation, exportFormationEstates, FormationEstate, getFormationEstates, listFormationReadings, postFormationReading, Reading } from '#contract/target.ts';
import { AsOf, useAsOf } from '#web/kit/AsOf.tsx';
import { Explain } from '#web/kit/Explain.tsx';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { fieldOf } from '#web/kit/schema/field-facts.ts';
import { dateWords, numberWords } from '#web/kit/schema/words.ts';
import { useMay, useMe } from '#web/kit/session/use-me.ts';
import { ShareBar } from '#web/kit/share/ShareBar.tsx';
import { columnsOf, type Column } from '#web/kit/table/columns.tsx';
import { ExportButton } from '#web/kit/table/ExportButton.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { paths } from '#web/paths.ts';
import { estateColumns } from './estate-columns.tsx';
import { FormationCount } from '#web/kit/domain/FormationCount.tsx';
import { FormationTile } from '#web/kit/domain/FormationTile.tsx';
import { RateBar } from '#web/kit/domain/RateBar.tsx';

type Formation = Answer<typeof getFormationEstates>;
type Township = Formation['byTownship'][number];

const NOT_COUNTED = 'not-counted';
const readings = columnsOf(Reading, ['asOfOn', 'rateText', 'part', 'whole', 'reportedTo', 'signer', 'reportedAt'], { cells: { asOfOn: (row) => <Link to={paths.reading(row.id)}>{dateWords(row.asOfOn)}</Link> } });

/** 业委会组建率: the first number of the cockpit, with every estate behind it. */
export function FormationPage() {
  const may = useMay();
  const post = useMe().data?.active;
  const place = post?.level === 'county' || post === null || post === undefined ? '全县' : post.scopeName;
  const asOf = useAsOf();
  const formation = useRoute(getFormationEstates, { query: asOf }, { keeps: true });
  const value = formation.data;
  return (
    <Page
      title="业委会组建率" lead="已成立业主委员会的小区占已入住小区的比例。点数字看它怎么来的。" needs={[formation]}
      actions={value !== undefined && may(postFormationReading.permission) && (
        <RouteDialog
          route={postFormationReading} params={{}} words="上报并固定" title="上报并固定这个数字" submit="确认上报" done="已固定，今后不再随台账变化" first={{ on: value.on }}
          extras={{ on: { help: '按这一天的台账计算。固定后，数字、口径和每个小区的情况都不再变' }, reportedTo: { help: '如：市住房和城乡建设局' } }}
        />
      )}
    >
      {value !== undefined && (
        <>
          <AsOf />
          <ShareBar name="业委会组建率" of="formation" text={() => value.text} />
          <div id="formation">
            <Section title={place} actions={<Definition value={value} />}><FormationTile value={value} hasLink={false} /></Section>
            <Townships value={value} />
            <Estates value={value} />
          </div>
          <Readings />
        </>
      )}
    </Page>
  );
}

function Definition({ value }: { value: Formation }) {
  return (
    <Explain value="口径和依据" title="组建率的口径" clauses={value.sources}>
      <p>{value.definitionText}</p>
      <h3>对照线</h3>
      <ul>{value.lines.map((line) => <li key={line.key}>{line.title}：{line.valueText}。依据：{line.basis}{line.isConfirmed ? '' : '（待核实）'}</li>)}</ul>
    </Explain>
  );
}

function Townships({ value }: { value: Formation }) {
  const asOf = useAsOf();
  const [, change] = useUrlState();
  const columns: readonly Column<Township>[] = [
    { key: 'township', title: '乡镇街道', cell: (row) => row.township.name },
    { key: 'rate', title: '组建率', cell: (row) => <div className="sz-grow"><strong>{row.rateText}</strong><RateBar rateBp={row.rateBp} lines={value.lines} /></div> },
    { key: 'with', title: '已成立', isNumber: true, cell: (row) => <FormationCount value={row.withCommittee} part="all-counted" townshipId={row.township.id} /> },
    { key: 'occupied', title: '已入住小区', isNumber: true, cell: (row) => <FormationCount value={row.occupied} part="occupied" townshipId={row.township.id} /> },
    { key: 'expired', title: '其中届满未换届', isNumber: true, cell: (row) => <FormationCount value={row.expired} part="past-term" townshipId={row.township.id} /> },
    { key: 'preparing', title: '筹备中', isNumber: true, cell: (row) => <FormationCount value={row.preparing} part="preparing" townshipId={row.township.id} /> },
  ];
  const show = (id: string) => {
    change({ townshipId: id });
    document.getElementById('formation-estates')?.scrollIntoView();
  };
  return (
    <Section title="分乡镇" actions={<ExportButton route={exportFormation} filtered={asOf} />}>
      <Table name="分乡镇组建率" columns={columns} rows={value.byTownship} rowKey={(row) => row.township.id} empty="没有可统计的乡镇街道" actions={(row) => <Button size="small" onClick={() => show(row.township.id)}>看小区</Button>} />
    </Section>
  );
}

function Estates({ value }: { value: Formation }) {
  const asOf = useAsOf();
  const [url, change] = useUrlState();
  const { townshipId, standing = NOT_COUNTED } = url;
  const { hash } = useLocation();
  // A number was pressed, here or on the first page: what it counts comes into sight.
  useEffect(() => { if (hash === 'formation-estates') document.getElementById(hash)?.scrollIntoView(); }, [hash]);
  const rows = value.estates.filter((row) => (townshipId === undefined || row.township.id === townshipId) && meetsStanding(row, standing));
  const townships = Object.fromEntries(value.byTownship.map((row) => [row.township.id, row.township.name]));
  return (
    <div id="formation-estates">
      <Section title="各小区，以及为什么没有计入" note={`${numberWords(rows.length)} 个小区`} actions={<ExportButton route={exportFormationEstates} filtered={{ ...asOf, standing, ...(townshipId === undefined ? {} : { townshipId }) }} />}>
        <div className="sz-as-of no-print" role="group" aria-label="筛选小区">
          <label><span>乡镇街道</span><Choice value={townshipId ?? ''} blank="全部" choices={townships} onChange={(next) => change({ townshipId: next })} /></label>
          <label><span>计入情况</span><Choice value={standing} choices={{ ...formationParts, [ALL_STANDINGS]: '全部小区', ...fieldOf(FormationEstate, 'standing').choices }} onChange={(next) => change({ standing: next })} /></label>
        </div>
        <Table name="各小区计入情况" columns={estateColumns} rows={rows} rowKey={(row) => row.estate.id} empty="没有符合条件的小区" />
      </Section>
    </div>
  );
}

function Readings() {
  const list = useRoute(listFormationReadings, { query: {} });
  return (
    <Section title="已上报的数字" note="上报后不再变化">
      <Table name="已上报的数字" columns={readings} rows={list.data?.rows} rowKey={(row) => row.id} empty="还没有上报过" error={list.error} />
    </Section>
  );
}
