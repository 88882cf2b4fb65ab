import { Alert, App, Button, Checkbox, Input } from 'antd';
import { useId, useState } from 'react';
import { categoryCode } from '#contract/complaint.ts';
import { patchOrderRow } from '#contract/hotline.ts';
import { categoryLabels } from '#domain/complaint/category.ts';
import { isId } from '#domain/kernel/brand.ts';
import { Choice } from '#web/kit/fields/Choice.tsx';
import { EstatePicker } from '#web/kit/fields/EstatePicker.tsx';
import { useMutationOf } from '#web/kit/hooks/use-mutation-of.ts';
import type { Batch } from './OrderImportPage.tsx';
import type { OrderRowItem } from './OrderRows.tsx';

const LONG = new Set(['content', 'answer']);

/** 修正一行: the place and the category by choice, the cells by typing; judged again at once. */
export function MendOrder({ batch, row }: { batch: Batch; row: OrderRowItem }) {
  const id = useId();
  const [isOpen, open] = useState(false);
  const [forAllAlike, setAll] = useState(true);
  const [isRemembered, remember] = useState(true);
  const [typed, type] = useState<Readonly<Record<string, string>>>({});
  const { message } = App.useApp();
  const save = useMutationOf(patchOrderRow, (answer) => {
    if (answer.row.outcome === 'refused') message.warning('已保存，这一行还有问题，请看红字');
    else message.success(answer.alsoJudged > 0 ? `已处理，写法相同的另外 ${String(answer.alsoJudged)} 行也已处理` : '已处理，这一行可以导入');
    type({});
  });
  const params = { orderBatchId: batch.id, rowNo: row.rowNo };
  const pick = (estateId: string) => { if (isId<'Estate'>(estateId)) save.mutate({ params, body: { estateId, forAllAlike } }); };
  const faulty = new Set<string>(row.problems.filter(({ severity }) => severity === 'error').map(({ field }) => field));
  const cells = isOpen ? row.cells : row.cells.filter(({ field }) => faulty.has(field) && field !== 'type');
  const asksPlace = row.offers.isPlaceOpen && row.outcome !== 'unchanged' && row.complaintId === null && row.changes.length === 0;
  return (
    <>
      {(row.offers.categories || asksPlace) && (
        <div className="sz-offers" role="group" aria-label="请选择">
          {row.offers.categories && <div className="sz-field"><label htmlFor={`${id}c`}>这件是哪一类投诉？</label><Choice id={`${id}c`} value="" blank="请选择类别" choices={categoryLabels} onChange={(value) => { const category = categoryCode.safeParse(value); if (category.success) save.mutate({ params, body: { category: category.data, forAllAlike, isRemembered } }); }} /></div>}
          {row.offers.categories && <Checkbox checked={isRemembered} onChange={(event) => remember(event.target.checked)}>以后这个诉求类型都算这一类</Checkbox>}
          {asksPlace && row.offers.estates.length > 0 && <div className="sz-actions"><span>是哪个小区？</span>{row.offers.estates.map((one) => <Button key={one.id} size="small" onClick={() => pick(one.id)}>{one.name}{one.detail === null ? '' : `（${one.detail}）`}</Button>)}</div>}
          {asksPlace && <div className="sz-field"><label htmlFor={`${id}e`}>{row.offers.estates.length > 0 ? '都不是，另选小区' : '选择小区（不选也可以导入）'}</label><EstatePicker id={`${id}e`} value="" onChange={pick} /></div>}
          <Checkbox checked={forAllAlike} onChange={(event) => setAll(event.target.checked)}>其他写法相同的行也这样处理</Checkbox>
        </div>
      )}
      {cells.length > 0 && (
        <form className="sz-form" onSubmit={(event) => { event.preventDefault(); save.mutate({ params, body: { cells: typed } }); }}>
          <div className="sz-fields">
            {cells.map((cell) => (
              <div key={cell.field} className="sz-field"><label htmlFor={`${id}${cell.field}`}>{cell.title}</label>
                {LONG.has(cell.field) ? <Input.TextArea id={`${id}${cell.field}`} rows={3} maxLength={5000} value={typed[cell.field] ?? cell.text} onChange={(event) => type({ ...typed, [cell.field]: event.target.value })} />
                  : <Input id={`${id}${cell.field}`} status={faulty.has(cell.field) ? 'warning' : ''} maxLength={500} value={typed[cell.field] ?? cell.text} onChange={(event) => type({ ...typed, [cell.field]: event.target.value })} />}
              </div>
            ))}
          </div>
          <div className="sz-form-foot"><Button htmlType="submit" type="primary" loading={save.isPending} disabled={Object.keys(typed).length === 0}>保存修正</Button>{isOpen && <Button onClick={() => { open(false); type({}); }}>收起</Button>}</div>
        </form>
      )}
      {save.error !== null && <Alert type="error" showIcon role="alert" title={save.error.message} />}
      {!isOpen && <Button size="small" onClick={() => open(true)}>看整行、修正</Button>}
    </>
  );
}
