import type { Route } from '#contract/define-route.ts';
import { apiUrl } from '../api/url.ts';

const PREFIX = 'shanzhi.draft.';
const WHOSE = 'shanzhi.drafts-of';

/** 草稿存放处, of one form in this tab. */
export const draftPlace = (key: string): string => `${PREFIX}${key}`;

/** 草稿的名称: the route and its address, and what the form is about where these do not say it. */
export const draftKey = (route: Pick<Route, 'method' | 'path'>, params: unknown, of = ''): string => [route.method, apiUrl(route, { params }), of].filter(Boolean).join(' ');

/** 草稿随行: what was typed goes along when the form turns to another subject. */
export function carryDraft(from: string, to: string): void {
  const kept = sessionStorage.getItem(draftPlace(from));
  if (kept === null) return;
  sessionStorage.setItem(draftPlace(to), kept);
  sessionStorage.removeItem(draftPlace(from));
}

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
