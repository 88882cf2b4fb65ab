import { useRef, useState } from 'react';
import { canListen, listen } from '../speech.ts';

/** 说一句话: typed, or spoken where the browser listens. */
export function Body({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const [isListening, setListening] = useState(false);
  const stop = useRef<(() => void) | null>(null);
  const talk = () => {
    if (isListening) { stop.current?.(); return; }
    const before = value;
    stop.current = listen({ onText: (text) => { onChange(`${before}${text}`.slice(0, 1_000)); }, onEnd: () => { setListening(false); } });
    setListening(stop.current !== null);
  };
  return (
    <p>
      <label htmlFor="body">说说情况，一句话也行</label>
      <textarea id="body" value={value} maxLength={1_000} onChange={(event) => { onChange(event.target.value); }} />
      {canListen && <button type="button" aria-pressed={isListening} onClick={talk}>{isListening ? '正在听，说完点这里' : '不想打字？点这里说'}</button>}
    </p>
  );
}
