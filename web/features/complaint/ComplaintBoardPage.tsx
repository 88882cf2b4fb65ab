import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { boardFilters, getComplaintBoard, type ComplaintBoard } from '#contract/complaint.ts';
import { categoryLabels } from '#domain/complaint/category.ts';
import { stageLabels, type Stage } from '#domain/complaint/stage.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { useUrlState } from '#web/kit/hooks/use-url-state.ts';
import { Page } from '#web/kit/Page.tsx';
import { fieldsOf } from '#web/kit/schema/field-facts.ts';
import { numberWords } from '#web/kit/schema/words.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { Filters } from '#web/kit/table/Filters.tsx';
import { paths } from '#web/paths.ts';
import { ComplaintTabs } from './ComplaintTabs.tsx';
import { NextDue } from './status.tsx';
import './complaint.css';

type Board = z.output<typeof ComplaintBoard>;
type Column = Board['columns'][number];
const countWords = ({ total, totalIsExact }: Pick<Column, 'total' | 'totalIsExact'>) => `${numberWords(total)}${totalIsExact ? '' : ' 以上'} 件`;

/** 投诉看板: what waits for what, the soonest due first; every count opens its list. */
export function ComplaintBoardPage() {
  const [url, change] = useUrlState();
  const facts = fieldsOf(boardFilters);
  const filtered = Object.fromEntries(facts.flatMap(({ name }) => (url[name] === undefined ? [] : [[name, url[name]]])));
  const parsed = boardFilters.safeParse(filtered);
  const asked = useRoute(getComplaintBoard, { query: parsed.success ? parsed.data : {} }, { keeps: true });
  const board = asked.data;
  return (
    <Page title="投诉看板" lead="各阶段的投诉件，期限近的在前；点数字看全部。" needs={[asked]}>
      <ComplaintTabs />
      <Filters facts={facts} values={url} onChange={change} />
      {board !== undefined && (
        <>
          <p className="sz-board-notes">
            <Link to={paths.complaintsLongOpen} search={filtered}>超过 {board.longOpenDays} 天未办结：{countWords(board.longOpen)}</Link>　<Link to={paths.complaintAgenda} search={{ ...filtered, state: 'open' }}>拟提请联席会议、仍在办：{countWords(board.agenda)}</Link>
          </p>
          <div className="sz-board">{board.columns.map((column) => <BoardColumn key={column.stage} column={column} filtered={filtered} closedDays={board.closedDays} />)}</div>
        </>
      )}
    </Page>
  );
}

function BoardColumn({ column, filtered, closedDays }: { column: Column; filtered: Readonly<Record<string, string>>; closedDays: number }) {
  const title = columnTitle(column.stage, closedDays);
  const search = { ...filtered, stage: column.stage };
  return (
    <section className="sz-board-column" aria-label={title}>
      <h2>{title}<Link to={paths.complaints} search={search} className="sz-number" aria-label={`${title}，${countWords(column)}`}>{countWords(column)}</Link></h2>
      {column.rows.length === 0 && <p className="sz-muted">没有</p>}
      <ul>{column.rows.map((row) => (
        <li key={row.id}>
          <p><Link to={paths.complaint(row.id)}>{row.no}</Link>{row.isEmergency && <StatusTag tone="bad">紧急</StatusTag>}{row.relapseNo > 0 && <StatusTag tone="warn">反弹</StatusTag>}</p>
          <p>{row.estate ?? '小区待改正'}　{categoryLabels[row.category]}</p>
          <p className="sz-muted">{row.handler}</p>
          {(column.stage !== 'closed' || row.nextDueOn !== null) && <p><NextDue row={row} /></p>}
        </li>
      ))}</ul>
      {column.total > column.rows.length && <p><Link to={paths.complaints} search={search}>查看全部 {countWords(column)}</Link></p>}
    </section>
  );
}

const columnTitle = (stage: Stage, closedDays: number): string => (stage === 'closed' ? `近 ${String(closedDays)} 天办结` : stageLabels[stage]);
