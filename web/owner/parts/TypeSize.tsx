import { useState } from 'react';
import { isLarge, setLarge } from '../type-size.ts';

/** 大字开关. */
export function TypeSize() {
  const [isOn, setOn] = useState(isLarge);
  return <button type="button" className="size" aria-pressed={isOn} onClick={() => { setLarge(!isOn); setOn(!isOn); }}>{isOn ? '标准字' : '大字'}</button>;
}
