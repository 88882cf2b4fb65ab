import { Button } from 'antd';
import { useId, useState } from 'react';
import { DateField } from '#web/kit/fields/DateField.tsx';

/** 挑选日期: for those who would rather pick than type. */
export function AddRange({ onAdd }: { onAdd: (kind: 'off' | 'work', text: string) => void }) {
  const id = useId();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const add = (kind: 'off' | 'work') => {
    onAdd(kind, to === '' || to === from ? from : `${from}至${to}`);
    setFrom('');
    setTo('');
  };
  const isWrong = to !== '' && to < from;
  return (
    <fieldset className="sz-range">
      <legend>也可以挑选日期加入</legend>
      <div className="sz-as-of">
        <label htmlFor={`${id}f`}><span>从</span><DateField id={`${id}f`} value={from} onChange={setFrom} /></label>
        <label htmlFor={`${id}t`}><span>到（含，只一天可不填）</span><DateField id={`${id}t`} value={to} onChange={setTo} /></label>
        <Button disabled={from === '' || isWrong} onClick={() => add('off')}>加入放假日</Button>
        <Button disabled={from === '' || isWrong} onClick={() => add('work')}>加入调休上班日</Button>
      </div>
      {isWrong && <p className="sz-error" role="alert">结束日早于开始日</p>}
    </fieldset>
  );
}
