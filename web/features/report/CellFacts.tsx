import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Answer } from '#contract/define-route.ts';
import type { getReportFilling, getReportFillingRows } from '#contract/report.ts';
import { paths } from '#web/paths.ts';

type Cell = Answer<typeof getReportFilling>['cells'][number];
type Subject = Answer<typeof getReportFillingRows>['rows'][number];
const pathOf: Readonly<Record<Subject['kind'], (id: string) => string>> = { estate: paths.estate, company: paths.company, practitioner: paths.practitioner };

/** 一格的口径和依据. */
export function CellFacts({ address, cell, children }: { address: string; cell: Cell | undefined; children: ReactNode }) {
  if (cell === undefined) return <p className="sz-muted">{address} 不是填入的格。点蓝色的格看它的口径和依据。</p>;
  return (
    <>
      <h3>{cell.address}　{cell.title}</h3>
      <p><strong>{cell.shown}</strong></p>
      {cell.reason !== null && <p className="sz-notice">{cell.reason}</p>}
      {cell.definition !== null && <p>口径：{cell.definition}</p>}
      {cell.notes.map((note) => <p key={note} className="sz-notice">{note}</p>)}
      {cell.rowCount > 0 && <h3>依据（{cell.rowCount} 条）</h3>}
      {children}
    </>
  );
}

/** 依据名单: the records behind a number, each a link. */
export function Subjects({ address, asked }: { address: string; asked: Pick<UseQueryResult<Answer<typeof getReportFillingRows>>, 'data' | 'error'> }) {
  if (asked.data === undefined) return asked.error === null ? <p role="status">正在读取…</p> : <p className="sz-error">{asked.error.message}</p>;
  return <ol className="sz-subjects" aria-label={`${address} 的依据`} tabIndex={0}>{asked.data.rows.map((row) => <li key={row.id}><Link className="sz-action" to={pathOf[row.kind](row.id)}>{row.name}</Link>{row.place !== null && <span className="sz-muted">　{row.place}</span>}</li>)}</ol>;
}
