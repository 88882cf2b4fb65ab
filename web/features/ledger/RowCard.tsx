import { rowOutcomeLabels, type LedgerRow } from '#contract/ledger.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import type { Batch } from './ImportPage.tsx';
import { Mend } from './Mend.tsx';
import { Resolve } from './Resolve.tsx';

const tones = { new: 'good', changed: 'info', unchanged: 'plain', refused: 'bad' } as const;

/** 一行: where it stands in the workbook, what is wrong, what would change, and how to mend it. */
export function RowCard({ batch, row }: { batch: Batch; row: LedgerRow }) {
  const file = batch.files.length > 1 ? `${batch.files.find((one) => one.fileNo === row.fileNo)?.name ?? ''} · ` : '';
  return (
    <section className="sz-section sz-row" aria-label={`${row.sheet}第 ${row.row} 行`}>
      <p><StatusTag tone={tones[row.outcome]}>{rowOutcomeLabels[row.outcome]}</StatusTag> <strong>{row.title}</strong>　<span className="sz-muted">{file}{row.sheet} 第 {row.row} 行</span></p>
      {row.problems.length > 0 && (
        <ul className="sz-problems">
          {row.problems.map((problem) => (
            <li key={`${problem.code}${problem.column ?? ''}${problem.row}${problem.field ?? ''}`} className={problem.severity === 'error' ? 'sz-problem-error' : 'sz-problem-warn'}>
              {problem.severity === 'error' ? '退回：' : '提醒：'}{problem.message}<span className="sz-muted">{problem.column === null ? '' : `（${problem.column}${problem.row}单元格${problem.header === null ? '' : `，${problem.header}`}）`}</span>
            </li>
          ))}
        </ul>
      )}
      {row.outcome === 'changed' && (
        <div className="sz-table-scroll" tabIndex={0} role="region" aria-label="改动">
          <table className="sz-table">
            <thead><tr><th scope="col">内容</th><th scope="col">现在登记的</th><th scope="col">改为</th></tr></thead>
            <tbody>{row.changes.map((change) => <tr key={change.field}><td data-title="内容">{change.title}</td><td data-title="现在登记的">{change.before ?? '空'}</td><td data-title="改为"><strong>{change.after ?? '空'}</strong></td></tr>)}</tbody>
          </table>
        </div>
      )}
      {row.outcome === 'new' && <p className="sz-excerpt">{excerptOf(row)}</p>}
      <Resolve batch={batch} row={row} />
      <Mend batch={batch} row={row} />
    </section>
  );
}

/** What a new row would bring, as it stands in the workbook; the blanks are left out. */
function excerptOf(row: LedgerRow): string {
  const filled = row.cells.filter((cell) => cell.text.trim() !== '');
  return `${filled.slice(0, 10).map((cell) => `${cell.header}：${cell.text}`).join('；')}${filled.length > 10 ? '；……' : ''}`;
}
