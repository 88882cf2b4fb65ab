import { sql } from 'kysely';
import { randomBytes } from 'node:crypto';
import type { SignInWay } from '#contract/administration/sign-in.ts';
import { sessionMaxHours } from '#domain/administration/policy.ts';
import type { Id, Instant, LocalDate } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import type { Ctx, Tx } from '../context.ts';
import type { Db } from '../db/types.ts';
import { parameterValue } from '../parameters/read.ts';
import { sessionIdOf } from './facts.ts';
import { recordSignIn } from './sign-in-record.ts';

/** Who comes in, by which way and from what device; whoever calls has made sure of it. */
export interface Admission { readonly userId: Id<'AppUser'>; readonly countyId: Id<'OrgUnit'> | null; readonly way: SignInWay; readonly token: string; readonly ip: string; readonly userAgent: string; /** Sealed: what the county's provider gave, for when the person leaves. */ readonly idTokenCipher?: string | null }

/** 令牌: 32 random bytes; the browser has it, we have its hash. */
export const newToken = (): string => randomBytes(32).toString('base64url');
/** 跨站令牌. */
export const newCsrfToken = (): string => randomBytes(16).toString('base64url');

/** 开会话: records the sign-in and opens its session, with an audit entry; every way in ends here. */
export async function openNewSession(ctx: Ctx, tx: Tx, { userId, countyId, way, token, ip, userAgent, idTokenCipher = null }: Admission): Promise<void> {
  const hours = await parameterValue(tx, countyId, sessionMaxHours, ctx.today);
  const grantId = await usualGrant(tx.db, userId, ctx.today);
  const signInId = await recordSignIn(tx.db, { userId, countyId, at: ctx.now, ip, userAgent, way, result: 'in' });
  await tx.db.insertInto('platform.session').values({
    id: sessionIdOf(token), userId, grantId, signInId, csrfToken: newCsrfToken(), ip, userAgent: userAgent.slice(0, 300), idTokenCipher,
    createdAt: ctx.now, lastSeenAt: ctx.now, expiresAt: later(ctx.now, hours),
  }).execute();
  tx.audit({ action: 'session.sign-in', subject: ['AppUser', userId], before: null, after: { grantId, way }, countyId });
}

/** The post the person worked under last, if it still is one; else the first. */
async function usualGrant(db: Db, userId: Id<'AppUser'>, today: LocalDate): Promise<Id<'UserGrant'> | null> {
  const row = await db.selectFrom('platform.userGrant as g').select('g.id')
    .leftJoin('platform.session as s', (join) => join.onRef('s.grantId', '=', 'g.id').onRef('s.userId', '=', 'g.userId'))
    .where('g.userId', '=', userId).where('g.endedAt', 'is', null).where('g.startedOn', '<=', today)
    .orderBy((eb) => sql`${eb.ref('s.lastSeenAt')} desc nulls last`).orderBy('g.startedOn').orderBy('g.id').limit(1).executeTakeFirst();
  return row?.id ?? null;
}

const later = (from: Instant, hours: number): Instant => instantOf(epochOf(from) + hours * 3_600_000);
