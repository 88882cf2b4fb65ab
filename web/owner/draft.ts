import { z } from 'zod';
import { keepText, keptText } from './store.ts';

const DRAFT = 'owner-draft';
const PHOTO = 'owner-draft-photo';

const stored = z.object({ estateId: z.string(), buildingId: z.string(), spot: z.string(), category: z.string(), body: z.string(), name: z.string(), isForFamily: z.boolean(), familyRelation: z.string().default(''), familyName: z.string().default(''), phone: z.string(), hasAsked: z.boolean(), intent: z.string() });
/** 没写完的一件: kept on the device until it is sent, so that leaving for the message with the code loses nothing. The code itself is not kept. */
export type Draft = z.output<typeof stored>;

/** 提交标记: 128 random bits; the same for every try to send this one. */
const newIntent = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** 接着写 what was begun for this estate, or begin: where, as the poster said, and what, as the link said. */
export function draftFor(estateId: string, { buildingId, spot, category }: Pick<Draft, 'buildingId' | 'spot' | 'category'>): Draft {
  const kept = stored.safeParse(jsonOf(keptText(DRAFT))).data;
  if (kept?.estateId === estateId) return kept;
  return { estateId, buildingId, spot, category, body: '', name: '', isForFamily: false, familyRelation: '', familyName: '', phone: '', hasAsked: false, intent: newIntent() };
}

/** 记下写到哪里. */
export const keepDraft = (draft: Draft): void => { keepText(DRAFT, JSON.stringify(draft)); };
/** 照片另存: where the device has no room for it, the words at least stay. */
export const keptPhoto = (): string | null => keptText(PHOTO);
export const keepDraftPhoto = (base64: string | null): void => { keepText(PHOTO, base64); };
/** 写完了或不写了. */
export const dropDraft = (): void => { keepText(DRAFT, null); keepText(PHOTO, null); };

const receipt = z.object({ no: z.string(), token: z.string(), estate: z.string(), on: z.string() });
const RECEIPTS = 'owner-receipts';
const MOST = 20;
/** 这台手机上提交过的. */
export type KeptReceipt = z.output<typeof receipt>;
export const keptReceipts = (): readonly KeptReceipt[] => z.array(receipt).safeParse(jsonOf(keptText(RECEIPTS))).data ?? [];
export const keepReceipt = (one: KeptReceipt): void => { keepText(RECEIPTS, JSON.stringify([one, ...keptReceipts().filter(({ no }) => no !== one.no)].slice(0, MOST))); };
export const dropReceipts = (): void => { keepText(RECEIPTS, null); };

function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
