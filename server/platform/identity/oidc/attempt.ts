import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Instant } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import type { Db } from '../../db/types.ts';
import type { Kit } from '../../kit.ts';
import { newTies, type Ties } from './provider.ts';

/** How long somebody may take at the provider, in seconds. */
export const ATTEMPT_SECONDS = 600;

const Attempt = z.object({
  kind: z.literal('oidc'), state: z.string(), nonce: z.string(), verifier: z.string(), until: z.string(),
  /** An address of ours to go to afterwards. */
  next: z.string().nullable(),
  /** Whose account the identity is to be bound to; null to sign in. */
  bindsTo: z.string().nullable(),
});

/** 一次前往认证平台: what is remembered of it, in the browser alone. */
export type Attempt = z.output<typeof Attempt>;

/** Only an address of ours: one slash, then no second one and no backslash. */
const ownPath = (path: string | null | undefined): string | null => (path != null && /^\/(?![/\\])[^\p{C}\\]*$/u.test(path) ? path : null);

/** 开始一次; the ties are new, and the cookie that holds them is sealed with the deployment's key. */
export function beginAttempt(kit: Kit, { next, bindsTo, now }: { readonly next?: string | null | undefined; readonly bindsTo: string | null; readonly now: Instant }): { readonly ties: Ties; readonly cookie: string } {
  const ties = newTies();
  const attempt: Attempt = { kind: 'oidc', ...ties, until: instantOf(epochOf(now) + ATTEMPT_SECONDS * 1000), next: ownPath(next), bindsTo };
  return { ties, cookie: kit.vault.seal(JSON.stringify(attempt)) };
}

const Proved = z.object({ kind: z.literal('oidc-proved'), oidcBindingId: z.string(), next: z.string().nullable(), until: z.string(), idToken: z.string().nullable() });

/** 已由认证平台证明、还差动态口令的身份, kept by the browser as long as somebody looks for the phone. */
export type Proved = z.output<typeof Proved>;
const PROVED_MS = 300_000;
/** A browser keeps four thousand characters of a cookie, and sealing makes a third more of them: a longer identity is left out, and the provider asks when leaving. */
const MOST_CHARACTERS = 2_400;

/** 记住已证明的身份. */
export const sealProved = (kit: Kit, { oidcBindingId, next, idToken, now }: Pick<Proved, 'oidcBindingId' | 'next' | 'idToken'> & { readonly now: Instant }): string =>
  kit.vault.seal(JSON.stringify({ kind: 'oidc-proved', oidcBindingId, next, idToken: idToken !== null && idToken.length <= MOST_CHARACTERS ? idToken : null, until: instantOf(epochOf(now) + PROVED_MS) } satisfies Proved));

/** 这个浏览器里已证明的身份: null as for `attemptOf`. */
export const provedOf = (kit: Kit, cookie: string | null, now: Instant): Proved | null => sealedIn(kit, Proved, cookie, now);

/** 这个浏览器开始的那一次: null when the cookie is missing, altered or too old. */
export const attemptOf = (kit: Kit, cookie: string | null, now: Instant): Attempt | null => sealedIn(kit, Attempt, cookie, now);

function sealedIn<T extends { readonly until: string }>(kit: Kit, shape: z.ZodType<T>, cookie: string | null, now: Instant): T | null {
  if (cookie === null) return null;
  try {
    const found = shape.safeParse(JSON.parse(kit.vault.open(cookie)));
    return found.success && found.data.until > now ? found.data : null;
  } catch {
    // Not sealed by us, or not what we seal there.
    return null;
  }
}

/** 用掉这一次: false when it was used before, from whatever browser. */
export async function spendAttempt(db: Db, { state }: Attempt, now: Instant): Promise<boolean> {
  const digest = createHash('sha256').update(state).digest('hex');
  const spent = await db.insertInto('platform.oidcSpentState').values({ digest, spentAt: now }).onConflict((conflict) => conflict.doNothing()).returning('digest').executeTakeFirst();
  return spent !== undefined;
}
