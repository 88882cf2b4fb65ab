import { Alert, App, Button, Radio } from 'antd';
import { useState } from 'react';
import { decideCollection, getCollectionBoard } from '#contract/collection.ts';
import type { Id } from '#domain/kernel/brand.ts';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import { useRoute } from '#web/kit/hooks/use-route.ts';
import { Section } from '#web/kit/Page.tsx';
import { Failed } from '#web/kit/states.tsx';
import { answerWords, contentWords, type BoardValue } from './words.tsx';

type Line = BoardValue['lines'][number];

/** 不一致: what two answers say differently, side by side; decided cell by cell or all of one source. The first of them, and the next once these are decided. */
export function Conflicts({ collectionId, ability }: { collectionId: Id<'Collection'>; ability: true | string }) {
  const { message } = App.useApp();
  const found = useRoute(getCollectionBoard, { params: { collectionId }, query: { show: 'conflict' } }, { keeps: true });
  const decide = useMutationOf(decideCollection, () => message.success('已取定'));
  const board = found.data;
  if (board === undefined) return found.error === null ? null : <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (board.openConflicts === 0) return null;
  const parts = Map.groupBy(board.lines, ({ partId }) => partId);
  return (
    <Section title="不一致" note={`${board.openConflicts} 格，取定以前不计入合计${board.next === null ? '' : '；先列出一部分，取定后接着列出后面的'}`}>
      {decide.error !== null && <Alert type="error" showIcon role="alert" title="没有取定" description={decide.error.message} />}
      {[...parts.values()].map((lines) => <PartConflicts key={`${lines[0]?.partId}${lines[0]?.partVersion}`} lines={lines} board={board} isBusy={decide.isPending || ability !== true} onDecide={(answerId, cells) => { const [line] = lines; if (line !== undefined) decide.mutate({ params: { collectionId, partId: line.partId }, version: line.partVersion, body: { answerId, cells } }); }} />)}
    </Section>
  );
}

function PartConflicts({ lines, board, isBusy, onDecide }: { lines: readonly Line[]; board: BoardValue; isBusy: boolean; onDecide: (answerId: Id<'Answer'>, cells: { row: string; column: string }[] | null) => void }) {
  const open = lines.flatMap(({ row, title, cells }) => cells.filter(({ state }) => state === 'conflict').map((cell) => ({ row, title, ...cell })));
  const sources = [...new Set(open.flatMap(({ claims }) => claims.map(({ answerId }) => answerId)))];
  const words = (id: Id<'Answer'>) => { const answer = board.answers.find((one) => one.id === id); return answer === undefined ? '' : answerWords(answer); };
  return (
    <div>
      <h3>{lines[0]?.recipientName}</h3>
      <div className="sz-form-foot">{sources.map((id) => <Button key={id} disabled={isBusy} onClick={() => onDecide(id, null)}>全部取{words(id)}</Button>)}</div>
      {open.map((cell) => <OneConflict key={`${cell.row}${cell.column}`} cell={cell} column={board.columns.find(({ key }) => key === cell.column)} words={words} isBusy={isBusy} onDecide={(answerId) => onDecide(answerId, [{ row: cell.row, column: cell.column }])} />)}
    </div>
  );
}

function OneConflict({ cell, column, words, isBusy, onDecide }: { cell: Line['cells'][number] & { readonly title: string }; column: BoardValue['columns'][number] | undefined; words: (id: Id<'Answer'>) => string; isBusy: boolean; onDecide: (answerId: Id<'Answer'>) => void }) {
  const [chosen, choose] = useState<Id<'Answer'> | null>(null);
  if (column === undefined) return null;
  return (
    <fieldset className="sz-conflict">
      <legend>{cell.title}　{column.title}</legend>
      <Radio.Group value={chosen} onChange={(event) => { const id = cell.claims.find(({ answerId }) => answerId === event.target.value)?.answerId; if (id !== undefined) choose(id); }}>
        {cell.claims.map(({ answerId, value }) => <Radio key={answerId} value={answerId}><strong>{contentWords(column, value)}</strong>　<span className="sz-muted">{words(answerId)}</span></Radio>)}
      </Radio.Group>
      <p className="sz-muted">{column.field === null ? '上次填的是' : '台账为'} {contentWords(column, cell.base)}</p>
      <Button size="small" disabled={isBusy || chosen === null} onClick={() => { if (chosen !== null) onDecide(chosen); }}>取选中的</Button>
    </fieldset>
  );
}
