import type { Answer } from '#contract/define-route.ts';
import { listParameters, postParameterOverride, putParameterOverrideWithdrawal } from '#contract/administration.ts';
import { AsOf, useAsOf } from '#web/kit/AsOf.tsx';
import { DateText } from '#web/kit/DateText.tsx';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Page, Section } from '#web/kit/Page.tsx';
import { useMay } from '#web/kit/session/use-me.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import { ParameterDialog } from './ParameterDialog.tsx';

type Parameter = Answer<typeof listParameters>['rows'][number];
type Span = Parameter['spans'][number];

const columns: readonly Column<Span>[] = [
  { key: 'value', title: '值', cell: (row) => <>{row.valueText} {row.withdrawnAt !== null && <StatusTag tone="warn">已撤回</StatusTag>}</> },
  { key: 'from', title: '自', cell: (row) => <DateText value={row.from} /> },
  { key: 'until', title: '至（含当日）', cell: (row) => (row.until === null ? '另行改变为止' : <DateText value={row.until} />) },
  { key: 'origin', title: '来源', cell: (row) => (row.origin === 'county' ? `本县设置${row.setBy === null ? '' : `（${row.setBy}）`}` : '系统默认') },
  { key: 'basis', title: '依据', cell: (row) => <>{[row.basis.title, row.basis.clause].filter(Boolean).join(' ')} {row.needsConfirmation && <StatusTag tone="warn">待核实</StatusTag>}</> },
];

/** 参数: numbers that differ by place or year, each with its dates and its source. */
export function ParametersPage() {
  const { on } = useAsOf();
  const parameters = useRoute(listParameters, { query: on === undefined ? {} : { on } }, { keeps: true });
  return (
    <Page title="参数" lead="随地方和年份变化的数，都有生效日期和依据；办事当天按当天有效的数。" needs={[parameters]}>
      <AsOf hasKnownOn={false} />
      {(parameters.data?.rows ?? []).map((row) => <ParameterBlock key={row.id} parameter={row} />)}
    </Page>
  );
}

function ParameterBlock({ parameter }: { parameter: Parameter }) {
  const may = useMay()(postParameterOverride.permission);
  return (
    <Section title={parameter.title} actions={may && <ParameterDialog parameter={parameter} />}>
      <p>当日有效：<strong>{parameter.inForce.valueText}</strong>　依据：{[parameter.inForce.basis.title, parameter.inForce.basis.clause].filter(Boolean).join(' ')}{parameter.inForce.basis.summary === null ? '' : `（${parameter.inForce.basis.summary}）`}</p>
      <Table
        name={`${parameter.title}的历次设置`} columns={columns} rows={parameter.spans} rowKey={(row) => `${row.overrideId ?? 'default'}${row.from}`} empty="没有设置过"
        {...(may ? { actions: (row: Span) => row.overrideId !== null && row.withdrawnAt === null && <RouteDialog route={putParameterOverrideWithdrawal} params={{ overrideId: row.overrideId }} words="撤回" title="撤回这次设置" submit="撤回" done="已撤回" isDanger extras={{ from: { help: '不填则从今天起' } }} /> } : {})}
      />
    </Section>
  );
}
