import { useCallback, useEffect, useRef, useState } from 'react';
import { Refusal } from './api.ts';

/** 一次查询: what came, or why nothing did; `again` asks anew. */
export interface Answered<T> { readonly data: T | undefined; readonly refusal: Refusal | null; readonly again: () => void }

/** 查询 by a key: asked when the key changes; what an older key still brings is dropped. Null asks nothing. */
export function useAnswer<T>(key: string | null, ask: () => Promise<T>): Answered<T> {
  const [state, setState] = useState<{ readonly key: string | null; readonly round: number; readonly data: T | undefined; readonly refusal: Refusal | null }>({ key: null, round: 0, data: undefined, refusal: null });
  const [round, setRound] = useState(0);
  // `ask` is made anew with each drawing of the page; the key says whether it asks for something else.
  const asking = useRef(ask);
  useEffect(() => { asking.current = ask; });
  useEffect(() => {
    if (key === null) return undefined;
    let isCurrent = true;
    asking.current().then(
      (data) => { if (isCurrent) setState({ key, round, data, refusal: null }); },
      (error: unknown) => { if (isCurrent) setState({ key, round, data: undefined, refusal: error instanceof Refusal ? error : new Refusal(500, '系统出错了，请稍后再试') }); },
    );
    return () => { isCurrent = false; };
  }, [key, round]);
  const again = useCallback(() => { setRound((before) => before + 1); }, []);
  return state.key === key && state.round === round ? { data: state.data, refusal: state.refusal, again } : { data: undefined, refusal: null, again };
}
