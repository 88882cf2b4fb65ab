import { useState } from 'react';
import { draftPlace } from './drafts.ts';

type Texts = Readonly<Record<string, string>>;

/** 草稿: what was typed survives a reload, a wrong click, or WeChat's switch for a code; it is dropped when saved. */
export function useDraft(key: string, first: Texts, isKept: boolean): { texts: Texts; type: (name: string, text: string) => void; drop: () => void; isRestored: boolean } {
  const place = draftPlace(key);
  const [kept] = useState(() => (isKept ? readKept(place) : {}));
  const [typed, setTyped] = useState<Texts>(kept);
  return {
    texts: { ...first, ...typed },
    type: (name, text) => setTyped((before) => {
      const next = { ...before, [name]: text };
      if (isKept) sessionStorage.setItem(place, JSON.stringify(next));
      return next;
    }),
    drop: () => {
      sessionStorage.removeItem(place);
      setTyped({});
    },
    isRestored: Object.keys(kept).length > 0 && Object.keys(typed).length > 0,
  };
}

function readKept(place: string): Texts {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(place) ?? '{}');
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string')) : {};
  } catch {
    return {};
  }
}
