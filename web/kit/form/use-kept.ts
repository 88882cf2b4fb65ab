import { useState } from 'react';
import type { z } from 'zod';
import { draftPlace } from './drafts.ts';

/** 半成品: work of more than plain fields (marks, lists of people) survives a reload like a draft; dropped when saved. `first` is what stands on record.
 * `saved` drops what was sent, and only that: what was changed meanwhile stays. Call it when the new record is on screen, else the old one shows for a moment. */
export function useKept<T>(key: string, schema: z.ZodType<T>, first: T): { value: T; keep: (next: T) => void; drop: () => void; saved: (sent: T) => void; isRestored: boolean } {
  const place = draftPlace(key);
  const [found] = useState(() => readKept(place, schema));
  const [kept, set] = useState(found);
  const drop = () => {
    sessionStorage.removeItem(place);
    set(undefined);
  };
  return {
    value: kept === undefined ? first : kept,
    keep: (next) => {
      set(next);
      sessionStorage.setItem(place, JSON.stringify(next));
    },
    drop,
    saved: (sent) => { if (sessionStorage.getItem(place) === JSON.stringify(sent)) drop(); },
    isRestored: found !== undefined && kept !== undefined,
  };
}

function readKept<T>(place: string, schema: z.ZodType<T>): T | undefined {
  const text = sessionStorage.getItem(place);
  if (text === null) return undefined;
  try {
    const read = schema.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
