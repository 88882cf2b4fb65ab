import { Button } from 'antd';
import { useState } from 'react';
import { writeCellText } from '#domain/collection/cell-text.ts';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { answerWords, contentWords, type BoardValue } from './words.tsx';

/** 合并表: each content with where it came from; sums of the number columns. At first only what is new or open: most of a county's rows say 无变化. */
export function BoardTable({ board }: { board: BoardValue }) {
  const [isAll, showAll] = useState(false);
  const words = new Map(board.answers.map((answer) => [answer.id, answerWords(answer)]));
  const fresh = board.lines.filter(({ isAnswered, cells }) => isAnswered && cells.some(({ state, value, base }) => state === 'conflict' || (state !== 'held' && value !== base)));
  const lines = isAll ? board.lines : fresh;
  return (
    <>
      <div className="sz-form-foot no-print" style={{ marginBottom: 8 }}>
        <Button aria-pressed={isAll} onClick={() => showAll(!isAll)}>{isAll ? `只看有变化的 ${fresh.length} 行` : `看全部 ${board.lines.length} 行`}</Button>
        <span className="sz-muted">{isAll ? '' : `有变化或不一致的 ${fresh.length} 行，其余与台账相同或还没有提交`}</span>
      </div>
      <div className="sz-table-scroll sz-board" tabIndex={0} role="region" aria-label="合并表列表">
        <table className="sz-table">
          <thead><tr><th scope="col">对象</th><th scope="col">名称</th>{board.columns.map(({ key, title }) => <th key={key} scope="col">{title}</th>)}</tr></thead>
          <tbody>
            {lines.map((line) => (
              <tr key={`${line.partId}${line.row}`}>
                <td data-title="对象">{line.recipientName}{!line.isAnswered && <small className="sz-muted">未提交，为台账所载</small>}</td>
                <td data-title="名称">{line.title}</td>
                {board.columns.map((column) => {
                  const cell = line.cells.find((one) => one.column === column.key);
                  if (cell === undefined) return <td key={column.key} data-title={column.title}>空</td>;
                  const from = [...new Set(cell.claims.filter(({ value }) => value === cell.value).map(({ answerId }) => words.get(answerId) ?? ''))].join('、');
                  return (
                    <td key={column.key} data-title={column.title} className={cell.state === 'conflict' ? 'sz-warn-cell' : undefined}>
                      <span>{cell.state === 'conflict' ? <StatusTag tone="warn">不一致</StatusTag> : <span className={line.isAnswered ? undefined : 'sz-muted'}>{contentWords(column, cell.value)}</span>}
                      {line.isAnswered && cell.state !== 'conflict' && <small className="sz-muted">{cell.state === 'held' ? (column.field === null ? '没有填' : '没有填，为台账所载') : cell.value !== cell.base ? from : cell.value === null ? '没有填' : `${from}，无变化`}</small>}</span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
          {board.totals.length > 0 && (
            <tfoot>
              <tr><th scope="row" colSpan={2}>合计（已提交的）</th>{board.columns.map((column) => {
                const sum = board.totals.find((one) => one.column === column.key);
                return <td key={column.key} data-title={`${column.title}合计`}>{sum === undefined ? '' : <span><strong>{writeCellText(column, sum.total)}</strong><small className="sz-muted">{sum.filled} 格{sum.open > 0 ? `，${sum.open} 格不一致没有计入` : ''}</small></span>}</td>;
              })}</tr>
            </tfoot>
          )}
        </table>
      </div>
    </>
  );
}
