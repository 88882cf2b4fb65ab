import { useId, useState } from 'react';

/** 写几句再交上去; what was written stays when it is refused. */
export function Say({ title, label, words, send }: { title: string; label: string; words: string; send: (text: string) => Promise<boolean> }) {
  const id = useId();
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    if (await send(text)) setText('');
    setBusy(false);
  };
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <label htmlFor={id}>{label}</label>
      <textarea id={id} value={text} maxLength={1_000} onChange={(event) => { setText(event.target.value); }} />
      <button type="button" disabled={isBusy || text.trim() === ''} onClick={() => { void submit(); }}>{words}</button>
    </section>
  );
}
