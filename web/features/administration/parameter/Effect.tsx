import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { getParameterEffect } from '#contract/obligation.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { dateWords, numberWords } from '#web/kit/schema/words.ts';
import { paths } from '#web/paths.ts';
import { useMay } from '#web/kit/session/use-me.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { Failed, Loading } from '#web/kit/states.tsx';
import { Table } from '#web/kit/table/Table.tsx';
import type { Parameter, Value } from './value.ts';

/** 试算: before a number of days is set, what would have changed over the last twelve months had it been so. */
export function Effect({ parameter, value }: { parameter: Parameter; value: Value | null }) {
  const may = useMay()(getParameterEffect.permission);
  const [asked, ask] = useState<number | null>(null);
  if (!may) return null;
  if (parameter.kind !== 'number' || !['天', '日', '个工作日', '工作日', '小时', '次'].includes(parameter.unit)) return <p>“试算”只对以天、小时、次计的数提供，这一项没有；改动只用于生效日以后的事。</p>;
  return (
    <div>
      <Button onClick={() => { if (typeof value === 'number') ask(value); }}>试算对过去 12 个月的影响</Button>
      {asked !== null && <Answer parameter={parameter} value={asked} />}
    </div>
  );
}

function Answer({ parameter, value }: { parameter: Parameter; value: number }) {
  const effect = useRoute(getParameterEffect, { params: { parameterId: parameter.id }, query: { value } }, { keeps: true });
  const found = effect.data;
  if (found === undefined) return effect.error === null ? <Loading rows={2} /> : <Failed error={effect.error} />;
  if (found.total === 0) return <p role="status">{dateWords(found.since)}以来没有用到这个数的义务，改了不影响已有的期限。</p>;
  return (
    <div role="status" style={{ marginTop: 8 }}>
      <p>
        {dateWords(found.since)}以来用到这个数的义务有 {numberWords(found.total)} 件{found.isAll ? '' : '以上'}，实际逾期 {numberWords(found.late)} 件；假如一直是{value}{parameter.unit}，逾期 {numberWords(found.lateThen)} 件，期限会变的 {numberWords(found.changed)} 件。这只是试算，不改变任何期限。
      </p>
      {found.rows.length > 0 && (
        <Table
          name="期限会变的义务" rows={found.rows} rowKey={(row) => row.id} empty="没有"
          columns={[
            { key: 'title', title: '事项', cell: (row) => <Link to={paths.obligation(row.id)} target="_blank" rel="noopener">{row.title}：{row.dutyTitle}</Link> }, { key: 'holder', title: '责任单位', cell: (row) => row.holderName ?? '—' },
            { key: 'was', title: '期限', cell: (row) => <span>{row.dueOn === null ? '中止' : dateWords(row.dueOn)} {row.isLate && <StatusTag tone="bad">逾期</StatusTag>}</span> },
            { key: 'turn', title: '会怎样', cell: (row) => (row.isLate === row.isLateThen ? '只是期限不同' : row.isLateThen ? <StatusTag tone="bad">按期变为逾期</StatusTag> : <StatusTag tone="good">逾期变为按期</StatusTag>) },
            { key: 'then', title: `假如是${value}${parameter.unit}`, cell: (row) => <span>{row.dueOnThen === null ? '中止' : dateWords(row.dueOnThen)} {row.isLateThen && <StatusTag tone="bad">逾期</StatusTag>}</span> },
          ]}
        />
      )}
    </div>
  );
}
