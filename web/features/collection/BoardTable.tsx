import { Button } from 'antd';
import { useState } from 'react';
import { getCollectionBoard } from '#contract/collection.ts';
import { writeCellText } from '#domain/collection/cell-text.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Failed, Loading, Nothing } from '#web/kit/states.tsx';
import { StatusTag } from '#web/kit/StatusTag.tsx';
import { answerWords, contentWords, type BoardValue } from './words.tsx';

/** Rows of a page, about: a part is not torn apart. */
const ROWS = 100;

/** 合并表, page by page: each content with where it came from; sums of the number columns. At first only what is new or open: most of a county's rows say 无变化. */
export function BoardTable({ collectionId }: { collectionId: Id<'Collection'> }) {
  const [isAll, showAll] = useState(false);
  const [trail, turn] = useState<readonly string[]>([]);
  const after = trail.at(-1);
  const found = useRoute(getCollectionBoard, { params: { collectionId }, query: { show: isAll ? 'all' : 'changed', limit: ROWS, ...(after === undefined ? {} : { after }) } }, { keeps: true });
  const board = found.data;
  if (board === undefined) return found.error !== null ? <Failed error={found.error} onRetry={() => void found.refetch()} /> : <Loading />;
  const { next } = board;
  return (
    <>
      <div className="sz-form-foot no-print" style={{ marginBottom: 8 }}>
        <Button aria-pressed={isAll} onClick={() => { turn([]); showAll(!isAll); }}>{isAll ? `只看有变化的 ${board.changedRows} 行` : `看全部 ${board.rowCount} 行`}</Button>
        <span className="sz-muted">{isAll ? '' : `有变化或不一致的 ${board.changedRows} 行，其余与台账相同或还没有提交`}</span>
      </div>
      {board.lines.length === 0 ? <Nothing words={isAll ? '没有要填的行' : '还没有与台账不同的填报'} /> : <BoardPage board={board} />}
      {board.lines.length > 0 && (trail.length > 0 || next !== null) && (
        <div className="sz-form-foot no-print" style={{ marginTop: 8 }}>
          <Button disabled={trail.length === 0} onClick={() => turn(trail.slice(0, -1))}>上一页</Button>
          <Button disabled={next === null} onClick={() => { if (next !== null) turn([...trail, next]); }}>下一页</Button>
          <span className="sz-muted">本页 {board.lines.length} 行；合计是全部已提交的</span>
        </div>
      )}
    </>
  );
}

function BoardPage({ board }: { board: BoardValue }) {
  const words = new Map(board.answers.map((answer) => [answer.id, answerWords(answer)]));
  return (
    <div className="sz-table-scroll sz-board" tabIndex={0} role="region" aria-label="合并表列表">
      <table className="sz-table">
        <thead><tr><th scope="col">对象</th><th scope="col">名称</th>{board.columns.map(({ key, title }) => <th key={key} scope="col">{title}</th>)}</tr></thead>
        <tbody>
          {board.lines.map((line) => (
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
  );
}
