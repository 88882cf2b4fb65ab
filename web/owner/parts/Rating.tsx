import { useId, useState } from 'react';

type Verdict = 'satisfied' | 'fair' | 'dissatisfied';

/** 评价答复: one tap; whoever is not content may say why, so that somebody can act on it. */
export function Rating({ send }: { send: (verdict: Verdict, why: string) => Promise<boolean> }) {
  const id = useId();
  const [isAsked, setAsked] = useState(false);
  const [why, setWhy] = useState('');
  const [isBusy, setBusy] = useState(false);
  const rate = (verdict: Verdict, words = '') => { setBusy(true); void send(verdict, words).finally(() => { setBusy(false); }); };
  return (
    <section aria-label="评价">
      <h2>对答复满意吗</h2>
      <div className="choices">
        <button type="button" disabled={isBusy} onClick={() => { rate('satisfied'); }}>满意</button>
        <button type="button" disabled={isBusy} onClick={() => { rate('fair'); }}>基本满意</button>
        <button type="button" disabled={isBusy} aria-expanded={isAsked} onClick={() => { setAsked(true); }}>不满意</button>
      </div>
      {isAsked && (
        <div className="more">
          <label htmlFor={id}>哪里不满意（可以不填）</label>
          <textarea id={id} value={why} maxLength={500} onChange={(event) => { setWhy(event.target.value); }} />
          <p className="soft">答复以后又有新的情况的，请到下面“不同意这个答复”里写，写了会重新办理。</p>
          <button type="button" disabled={isBusy} onClick={() => { rate('dissatisfied', why.trim()); }}>提交“不满意”</button>
        </div>
      )}
    </section>
  );
}
