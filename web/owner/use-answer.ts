import { useCallback, useEffect, useState } from 'react';
import { Refusal } from './api.ts';

/** 一次查询: what came, or why nothing did; `again` asks anew. */
export interface Answered<T> { readonly data: T | undefined; readonly refusal: Refusal | null; readonly again: () => void }

/** 查询 by a key: asked when the key changes; what an older key still brings is dropped. Null asks nothing. */
export function useAnswer<T>(key: string | null, ask: () => Promise<T>): Answered<T> {
  const [state, setState] = useState<{ readonly key: string | null; readonly data: T | undefined; readonly refusal: Refusal | null }>({ key: null, data: undefined, refusal: null });
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (key === null) return undefined;
    let isCurrent = true;
    ask().then(
      (data) => { if (isCurrent) setState({ key, data, refusal: null }); },
      (error: unknown) => { if (isCurrent) setState({ key, data: undefined, refusal: error instanceof Refusal ? error : new Refusal(500, '系统出错了，请稍后再试') }); },
    );
    return () => { isCurrent = false; };
    // `ask` is made anew with each drawing of the page; the key says whether it asks for something else.
  }, [key, round]);
  const again = useCallback(() => { setRound((before) => before + 1); }, []);
  return state.key === key ? { data: state.data, refusal: state.refusal, again } : { data: undefined, refusal: null, again };
}
