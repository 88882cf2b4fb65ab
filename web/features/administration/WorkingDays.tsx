import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { getWorkingDays } from '#contract/administration.ts';
import { DateField } from '#web/kit/fields/DateField.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Section } from '#web/kit/Page.tsx';
import { dateWords, todayOfClock } from '#web/kit/schema/words.ts';
import { Failed, Loading } from '#web/kit/states.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';

type Line = Answer<typeof getWorkingDays>['lines'][number];

const columns: readonly Column<Line>[] = [
  { key: 'on', title: '日期', cell: (row) => `${dateWords(row.on)} ${row.weekday}` },
  { key: 'counted', title: '计入', cell: (row) => (row.counted ? <StatusTag tone="good">第 {row.nth} 个工作日</StatusTag> : <StatusTag>不计</StatusTag>) },
  { key: 'reason', title: '原因', cell: (row) => `${row.reason}${row.provisional ? '（暂定）' : ''}` },
];

/** 工作日推算: the last day of a term, explained line by line. */
export function WorkingDays() {
  const id = useId();
  const [from, setFrom] = useState(todayOfClock());
  const [days, setDays] = useState('3');
  const [asked, ask] = useState<Record<string, string> | null>(null);
  const query = getWorkingDays.query.safeParse(asked ?? {});
  const answer = useRoute(getWorkingDays, query.success ? { query: query.data } : {}, { enabled: query.success });
  return (
    <Section title="推算工作日">
      <form className="sz-as-of" onSubmit={(event) => { event.preventDefault(); ask({ from, days }); }}>
        <label htmlFor={`${id}f`}><span>起算日（当日不计）</span><DateField id={`${id}f`} value={from} onChange={setFrom} /></label>
        <label htmlFor={`${id}d`}><span>工作日数</span><Input id={`${id}d`} inputMode="numeric" value={days} onChange={(event) => setDays(event.target.value)} /></label>
        <Button type="primary" htmlType="submit">推算</Button>
      </form>
      {asked !== null && !query.success && <p className="sz-error" role="alert">请填写起算日和 1 至 1000 的工作日数</p>}
      {query.success && (answer.data !== undefined ? (
        <>
          <p role="status"><strong>{answer.data.message}</strong></p>
          <Table name="逐日说明" columns={columns} rows={answer.data.lines} rowKey={(row) => row.on} empty="没有" />
        </>
      ) : answer.error !== null ? <Failed error={answer.error} /> : <Loading rows={2} />)}
    </Section>
  );
}
