import type { Ctx } from '#platform/context.ts';
import { ProviderError } from '#platform/identity/oidc/provider-error.ts';
import type { SessionFacts } from '#platform/identity/facts.ts';
import { beyondScope } from './provider.ts';

/** 还要不要退出认证平台: where to go on to; `staysOutside` when the browser is still signed in there and cannot be led out. */
export interface Leaving { readonly continueAt: string | null; readonly staysOutside: boolean }

const NOWHERE: Leaving = { continueAt: null, staysOutside: false };

/** 来自认证平台的会话, asked while it lives: what is to be shown there, or null when nothing was kept. */
export interface CameBy { readonly idToken: string | null }

/** 怎样进来的: null for a session that came in by another door. */
export async function cameBy(ctx: Ctx, { sessionId }: SessionFacts): Promise<CameBy | null> {
  if (ctx.kit.oidc === null) return null;
  const row = await beyondScope(ctx).read((db) => db.selectFrom('platform.session as s').innerJoin('platform.signIn as i', 'i.id', 's.signInId').select(['i.way', 's.idTokenCipher']).where('s.id', '=', sessionId).executeTakeFirst());
  return row?.way === 'single-sign-on' ? { idToken: row.idTokenCipher === null ? null : ctx.kit.vault.open(row.idTokenCipher) } : null;
}

/**
 * 退出认证平台, for a session that came in by it: on a shared machine the next person would else come in as this one by one click. Whatever the
 * provider does, nobody stays signed in here for it.
 */
export async function leaveProvider(ctx: Ctx, came: CameBy | null): Promise<Leaving> {
  const { oidc } = ctx.kit;
  if (oidc === null || came === null) return NOWHERE;
  try {
    const continueAt = await oidc.leaveAddressOf(signInPage(ctx), came.idToken, ctx.now);
    return { continueAt, staysOutside: continueAt === null };
  } catch (error) {
    if (error instanceof ProviderError) return { continueAt: null, staysOutside: true };
    throw error;
  }
}

/** Registered with the provider beside the way back of signing in. */
const signInPage = ({ kit }: Ctx): string => `${kit.origin}/sign-in`;
