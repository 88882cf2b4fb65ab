import { createHash, randomBytes } from 'node:crypto';
import { instant, type Id, type LocalDate } from '#domain/kernel/brand.ts';
import { addDays, todayIn } from '#domain/kernel/local-date.ts';
import { phoneSessionDays } from '#domain/owner/policy.ts';
import type { Ctx, Tx } from '#platform/context.ts';
import { edgeOf } from '#platform/http/serve-route.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { Problem } from '#platform/problem.ts';
import { sessionByHash } from './wide.ts';

/** 手机登录的业主: whose telephone it is was shown; nothing more is known of him. */
export interface PhoneOwner { readonly sessionId: string; readonly countyId: Id<'OrgUnit'>; readonly phoneIndex: string; readonly phone: string; readonly untilOn: LocalDate }
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const DAY_SECONDS = 86_400;

/** 建立手机登录: 256 random bits, of which only the hash is stored. It ends at the end of its last day. */
export async function beginPhoneSession(tx: Tx, ctx: Ctx, { countyId, phone, phoneIndex }: Pick<PhoneOwner, 'countyId' | 'phone' | 'phoneIndex'>): Promise<{ readonly token: string; readonly seconds: number; readonly owner: PhoneOwner }> {
  const days = await parameterValue(tx, countyId, phoneSessionDays, ctx.today);
  const token = randomBytes(32).toString('base64url');
  const untilOn = addDays(ctx.today, days);
  await tx.db.insertInto('owner.phoneSession').values({ id: hashOf(token), countyId, phoneIndex, phoneCipher: ctx.kit.vault.seal(phone), validUntil: instant(`${untilOn}T16:00:00.000Z`), createdAt: tx.now }).execute();
  return { token, seconds: (days + 1) * DAY_SECONDS, owner: { sessionId: hashOf(token), countyId, phoneIndex, phone, untilOn } };
}

/** 谁的手机. @throws Problem session.required when nothing was shown, or it is over */
export async function phoneOwnerOf(ctx: Ctx): Promise<PhoneOwner> {
  const token = edgeOf(ctx).ownerToken;
  const row = token === null ? undefined : await sessionByHash(ctx, hashOf(token));
  if (row === undefined) throw new Problem('session.required', '请先用手机验证码登录');
  return { sessionId: row.id, countyId: row.countyId, phoneIndex: row.phoneIndex, phone: ctx.kit.vault.open(row.phoneCipher), untilOn: addDays(todayIn(row.validUntil), -1) };
}

/** 退出: this session, or every one of a telephone. */
export const endPhoneSession = async (tx: Tx, sessionId: string): Promise<void> => { await tx.db.updateTable('owner.phoneSession').set({ endedAt: tx.now }).where('id', '=', sessionId).where('endedAt', 'is', null).execute(); };
