import { generateSecret, generateURI, verifySync } from 'otplib';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import { epochOf } from '#domain/kernel/local-date.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../db/types.ts';

/** Seconds of one step, RFC 6238's usual; a code holds in its own step and in the one before and after. */
export const STEP_SECONDS = 30;

/** 动态口令密钥: 160 random bits in base 32, as authenticators take them. */
export const newTotpSecret = (): string => generateSecret();

/** 绑定地址: what the QR code says. */
export const totpUri = (secret: string, { issuer, label }: { readonly issuer: string; readonly label: string }): string => generateURI({ issuer, label, secret });

const digitsOf = (text: string): string | null => {
  const digits = text.replaceAll(/[\s-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : null;
};

/** 口令所属的步: the step whose code this is, one before and one after now included; null when it is none of them. */
export function stepOf(secret: string, text: string, now: Instant): number | null {
  const token = digitsOf(text);
  if (token === null) return null;
  const found = verifySync({ secret, token, epoch: Math.floor(epochOf(now) / 1000), epochTolerance: STEP_SECONDS, period: STEP_SECONDS });
  return found.valid && 'timeStep' in found ? found.timeStep : null;
}

/** 用掉口令: in one statement, so that of two that show the same code one gets it; a step once used, and every one before it, is refused. */
export async function spendStep(db: Db, userId: Id<'AppUser'>, step: number): Promise<boolean> {
  const spent = await db.updateTable('platform.totp').set({ lastStep: step }).where('userId', '=', userId)
    .where((eb) => eb.or([eb('lastStep', 'is', null), eb('lastStep', '<', step)])).executeTakeFirst();
  return spent.numUpdatedRows === 1n;
}

/** 恢复码的摘要, per person; groups and case do not matter. */
export const recoveryIndex = (vault: Vault, userId: string, text: string): string => vault.index('recovery-code', `${userId}:${text.toLowerCase().replaceAll(/[\s-]/g, '')}`);

/** A second factor that is set up: the account's secret, sealed. */
export interface Factor { readonly userId: Id<'AppUser'>; readonly secretCipher: string }

/** 核对第二因素: a code of the device, or a recovery code, used up by this. @returns which, or null when it is neither or was used before */
export async function spendFactor(db: Db, vault: Vault, { userId, secretCipher }: Factor, text: string, now: Instant): Promise<'code' | 'recovery-code' | null> {
  const step = stepOf(vault.open(secretCipher), text, now);
  if (step !== null) return await spendStep(db, userId, step) ? 'code' : null;
  const spent = await db.updateTable('platform.recoveryCode').set({ usedAt: now })
    .where('userId', '=', userId).where('codeIndex', '=', recoveryIndex(vault, userId, text)).where('usedAt', 'is', null).executeTakeFirst();
  return spent.numUpdatedRows === 1n ? 'recovery-code' : null;
}
