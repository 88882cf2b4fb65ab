import { z } from 'zod';
import { CollectionDraft } from '#contract/collection.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import type { CollectionValue } from './words.tsx';

/** 正在拟的任务: every field as text or list, as it stands in the form. */
export type Drafting = z.input<typeof CollectionDraft>;
export type DraftColumn = Drafting['columns'][number];

const A_WEEK = 7;

/** 空白的任务: due in a week, ended in two. */
export const blankDraft = (today: LocalDate, issuerName: string): Drafting => ({
  title: '', ground: '', clause: null, issuerName, note: null, dueOn: addDays(today, A_WEEK), endsOn: addDays(today, 2 * A_WEEK), isByLink: false, recipientKind: 'township', rowUnit: 'estate', condition: null, recipientIds: [], columns: [],
});

/** 已有的任务 as a draft. */
export function draftOf(value: CollectionValue): Drafting {
  const { title, ground, clause, issuerName, note, dueOn, endsOn, isByLink, recipientKind, rowUnit, condition, recipientIds, columns } = value;
  return { title, ground, clause, issuerName, note, dueOn, endsOn, isByLink, recipientKind, rowUnit, condition, recipientIds: [...recipientIds], columns: columns.map((column) => ({ ...column, choices: [...column.choices] })) };
}

/** A column's number that is still free. */
export function freeKey(columns: readonly DraftColumn[]): string {
  const taken = new Set(columns.map(({ key }) => key));
  for (let at = 1; at < 100; at += 1) if (!taken.has(`c${at}`)) return `c${at}`;
  return 'c99';
}

const kept = z.object({ ...CollectionDraft.shape, title: z.string(), ground: z.string(), issuerName: z.string(), dueOn: z.string(), endsOn: z.string(), recipientIds: z.array(z.string()), columns: z.array(z.looseObject({ key: z.string() })) });

/** 恢复: what was typed and not saved; null where it is no draft of this form any more. */
export function readKept(text: string | undefined): Drafting | null {
  if (text === undefined || text === '') return null;
  try {
    const value: unknown = JSON.parse(text);
    return kept.safeParse(value).success && isDraft(value) ? value : null;
  } catch {
    return null;
  }
}

// The form's own words, checked above as far as drawing needs it; the server checks every field.
const isDraft = (value: unknown): value is Drafting => typeof value === 'object' && value !== null;
