import { linkPath } from '#contract/link.ts';
import { invitationDays, resetLinkHours } from '#domain/administration/policy.ts';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { makeLink, revokeLinks } from '#platform/identity/link.ts';
import { parameterValue } from '#platform/parameters/read.ts';

export type AccountPurpose = 'invitation' | 'password-reset';
/** A link just made: `path`, which ends in `token`, is told to whoever hands it over, and kept nowhere. */
export interface HandedLink { readonly path: string; readonly validUntil: Instant; readonly purpose: AccountPurpose; readonly token: string }

const HOUR_MS = 3_600_000;

/** 造账号链接 for somebody, in place of every earlier one; good once, for the county's time. */
export async function makeAccountLink(ctx: Ctx, tx: Tx, user: { readonly id: Id<'AppUser'>; readonly countyId: Id<'OrgUnit'> }, purpose: AccountPurpose, reason?: string): Promise<HandedLink> {
  const hours = purpose === 'invitation' ? 24 * await parameterValue(tx, user.countyId, invitationDays, ctx.today) : await parameterValue(tx, user.countyId, resetLinkHours, ctx.today);
  const validUntil = instantOf(epochOf(ctx.now) + hours * HOUR_MS);
  await endAccountLinks(ctx, tx, user.id, '换发了新的链接');
  const { token } = await makeLink(tx, { purpose, subject: ['AppUser', user.id], validUntil, uses: 'once', now: ctx.now, madeBy: ctx.actor.userId });
  tx.audit({ action: purpose === 'invitation' ? 'user.invite' : 'user.reset-link', subject: ['AppUser', user.id], before: null, after: { validUntil }, reason, countyId: user.countyId });
  return { path: linkPath(purpose, token), validUntil, purpose, token };
}

/** 作废账号链接 that still open, of either purpose. @returns how many */
export async function endAccountLinks(ctx: Ctx, tx: Tx, userId: Id<'AppUser'>, reason: string): Promise<number> {
  let ended = 0;
  for (const purpose of ['invitation', 'password-reset'] as const) ended += await revokeLinks(tx, { purpose, subject: ['AppUser', userId] }, { now: ctx.now, reason });
  return ended;
}
