const PREFIX = 'shanzhi.draft.';
const WHOSE = 'shanzhi.drafts-of';

/** 草稿存放处, of one form in this tab. */
export const draftPlace = (key: string): string => `${PREFIX}${key}`;

/** 弃全部草稿: on signing out, so that the next person at this screen reads nothing of what was typed. */
export function dropDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}

/** 草稿归本人: what was typed waits for whoever typed it through a session that ran out, and for nobody else. */
export function ownDrafts(userId: string): void {
  const before = sessionStorage.getItem(WHOSE);
  if (before !== null && before !== userId) dropDrafts();
  sessionStorage.setItem(WHOSE, userId);
}
