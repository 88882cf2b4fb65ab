import { Alert, Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { getWorkingDays } from '#contract/administration/calendar.ts';
import { DateField } from '#web/kit/fields/DateField.tsx';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { Section } from '#web/kit/Page.tsx';
import { dateWords, todayOfClock } from '#web/kit/schema/words.ts';
import { Failed, Loading } from '#web/kit/states.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import type { Column } from '#web/kit/table/columns.tsx';
import { Table } from '#web/kit/table/Table.tsx';

type Line = Answer<typeof getWorkingDays>['lines'][number];

const columns: readonly Column<Line>[] = [
  { key: 'on', title: '日期', cell: (row) => `${dateWords(row.on)} ${row.weekday}` },
  { key: 'counted', title: '是否计入', cell: (row) => (row.counted ? <StatusTag tone="good">第 {row.nth} 个工作日</StatusTag> : <StatusTag>不计</StatusTag>) },
  { key: 'reason', title: '原因', cell: (row) => <span>{row.reason} {row.provisional && <StatusTag tone="warn">暂定</StatusTag>}</span> },
];

/** 推算工作日: the last day of a term, explained day by day; the question stays in the address. */
export function WorkingDays() {
  const id = useId();
  const [url, change] = useUrlState();
  const asked = { from: url['from'] ?? '', days: url['days'] ?? '' };
  const [from, setFrom] = useState(asked.from === '' ? todayOfClock() : asked.from);
  const [days, setDays] = useState(asked.days === '' ? '15' : asked.days);
  const isAsked = asked.from !== '' || asked.days !== '';
  const query = getWorkingDays.query.safeParse(asked);
  const answer = useRoute(getWorkingDays, query.success ? { query: query.data } : {}, { enabled: query.success });
  return (
    <Section title="推算工作日">
      <form className="sz-as-of" onSubmit={(event) => { event.preventDefault(); change({ from, days }); }}>
        <label htmlFor={`${id}f`}><span>起算日（当日不计）</span><DateField id={`${id}f`} value={from} onChange={setFrom} /></label>
        <label htmlFor={`${id}d`}><span>工作日数</span><Input id={`${id}d`} inputMode="numeric" value={days} onChange={(event) => setDays(event.target.value)} /></label>
        <Button type="primary" htmlType="submit">推算</Button>
      </form>
      {isAsked && !query.success && <p className="sz-error" role="alert">请填写起算日，工作日数填 1 至 1000 的整数</p>}
      {query.success && (answer.data !== undefined ? <Explained answer={answer.data} /> : answer.error !== null ? <Failed error={answer.error} onRetry={() => void answer.refetch()} /> : <Loading rows={2} />)}
    </Section>
  );
}

function Explained({ answer }: { answer: Answer<typeof getWorkingDays> }) {
  return (
    <>
      <Alert type={answer.provisional ? 'warning' : 'success'} showIcon role="status" title={answer.message} style={{ marginBottom: 12 }} />
      <div className="sz-days"><Table name="逐日说明" columns={columns} rows={answer.lines} rowKey={(row) => row.on} empty="没有" /></div>
    </>
  );
}
