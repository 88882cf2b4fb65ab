import { Alert, App, Button, Input } from 'antd';
import { useId, useState } from 'react';
import { patchLedgerRow, type LedgerRow } from '#contract/ledger.ts';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import type { Batch } from './ImportPage.tsx';

/** 修正一行: the cells as they stand, those with a problem first; judged again when saved. */
export function Mend({ batch, row }: { batch: Batch; row: LedgerRow }) {
  const id = useId();
  const [typed, type] = useState<Readonly<Record<string, string>>>({});
  const [isOpen, open] = useState(false);
  const { message } = App.useApp();
  const save = useMutationOf(patchLedgerRow, (answer) => {
    if (answer.row.outcome === 'refused') message.warning('已保存，这一行还有问题，请看红字');
    else message.success('已修正，这一行可以导入');
    type({});
    open(false);
  });
  if (batch.can.mend !== true) return null;
  const isVoid = row.problems.some(({ code }) => code === 'row-struck');
  const faulty = new Set(row.problems.flatMap((problem) => (problem.field === null ? [] : [problem.field])));
  const cells = isOpen || row.outcome !== 'refused' ? row.cells : row.cells.filter((cell) => faulty.has(cell.field));
  if (!isOpen && row.outcome !== 'refused') return <Button size="small" onClick={() => open(true)}>查看、修正这一行</Button>;
  return (
    <form className="sz-form" onSubmit={(event) => { event.preventDefault(); save.mutate({ params: { batchId: batch.id, rowNo: row.rowNo }, body: { cells: typed } }); }}>
      <div className="sz-fields">
        {cells.map((cell) => (
          <div key={cell.field} className="sz-field">
            <label htmlFor={`${id}${cell.field}`}>{cell.header}{cell.letter === null ? '' : `（${cell.letter}${row.row}）`}{cell.isMended ? '，已改' : ''}</label>
            <Input id={`${id}${cell.field}`} status={faulty.has(cell.field) ? 'warning' : ''} maxLength={500} value={typed[cell.field] ?? cell.text} onChange={(event) => type({ ...typed, [cell.field]: event.target.value })} />
          </div>
        ))}
      </div>
      {save.error !== null && <Alert type="error" showIcon role="alert" title={save.error.message} />}
      <div className="sz-form-foot">
        <Button htmlType="submit" type="primary" loading={save.isPending} disabled={Object.keys(typed).length === 0 && !isVoid}>{isVoid ? '仍然有效，照常导入' : '保存修正'}</Button>
        {!isOpen && <Button onClick={() => open(true)}>看整行</Button>}
        {isOpen && <Button onClick={() => { open(false); type({}); }}>收起</Button>}
      </div>
    </form>
  );
}
