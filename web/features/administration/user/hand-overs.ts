import type { Answer } from '#contract/define-route.ts';
import type { getUser } from '#contract/administration/user.ts';

type User = Answer<typeof getUser>;
type Grant = User['grants'][number];

/** 一次移交: posts of one person that ended at one instant in favour of one successor. */
export interface HandOver { readonly at: NonNullable<Grant['endedAt']>; readonly successor: NonNullable<Grant['successor']>; readonly reason: string | null; readonly grants: readonly Grant[] }

/** 历次移交, newest first, read out of the posts that ended with a successor. */
export function handOversOf(grants: readonly Grant[]): readonly HandOver[] {
  const found = new Map<string, HandOver>();
  for (const grant of grants) {
    const { endedAt: at, successor } = grant;
    if (at === null || successor === null) continue;
    const key = `${at} ${successor.id}`;
    const known = found.get(key);
    found.set(key, { at, successor, reason: grant.endedReason, grants: [...(known?.grants ?? []), grant] });
  }
  return [...found.values()].toSorted((one, other) => (one.at < other.at ? 1 : -1));
}
