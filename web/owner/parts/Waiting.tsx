import type { Answered } from '../use-answer.ts';

/** 等待或失败 of what a page asked for. */
export function Waiting({ of }: { of: Pick<Answered<unknown>, 'refusal' | 'again'> }) {
  if (of.refusal === null) return <p role="status" className="soft">正在打开……</p>;
  return (
    <div role="alert" className="bad">
      <p>{of.refusal.message}</p>
      <button type="button" onClick={of.again}>再试一次</button>
    </div>
  );
}
