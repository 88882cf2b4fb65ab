import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import type { Id, Instant } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import { CODE_MINUTES, MOST_TRIES, codeRefusal, type Asked } from '#domain/owner/code-limits.ts';
import type { Tx } from '#platform/context.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import { subscriberOf } from '#platform/http/limits.ts';
import { newId } from '#platform/ids.ts';
import { Problem } from '#platform/problem.ts';
import { acrossEstates } from './wide.ts';

const HOUR_MS = 3_600_000;
/** 手机号和来源地址 as they are kept: by keyed digest only. */
export interface Caller { readonly phoneIndex: string; readonly addressIndex: string }
export const callerOf = (vault: Vault, phone: string, ip: string | null): Caller => ({ phoneIndex: vault.index('phone', phone), addressIndex: vault.index('network-address', subscriberOf(ip ?? '0.0.0.0')) });
const codeIndex = (vault: Vault, id: string, code: string): string => vault.index('phone-code', `${id}:${code}`);

/** 出一个验证码 for what is done in one estate, under whose scope it is drawn, tried and used; the ones before it there are void. Told here and kept nowhere but as a digest. @throws Problem rate.limited */
export async function drawCode(tx: Tx, vault: Vault, { caller, countyId, estateId, keeps }: { readonly caller: Caller; readonly countyId: Id<'OrgUnit'>; readonly estateId: Id<'Estate'>; readonly keeps: (code: string) => string | null }): Promise<{ readonly id: Id<'PhoneCode'>; readonly code: string }> {
  // Two at once from one telephone or one address are counted one after the other.
  for (const one of [caller.phoneIndex, caller.addressIndex].toSorted()) await sql`select pg_advisory_xact_lock(hashtextextended(${one}, 0))`.execute(tx.db);
  const refusal = codeRefusal(await acrossEstates(tx, () => askedBefore(tx, caller, estateId)));
  if (refusal !== null) throw new Problem('rate.limited', refusal);
  await tx.db.updateTable('owner.phoneCode').set({ validUntil: tx.now }).where('phoneIndex', '=', caller.phoneIndex).where('usedAt', 'is', null).where('validUntil', '>', tx.now).execute();
  const id = newId<'PhoneCode'>();
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await tx.db.insertInto('owner.phoneCode').values({ id, countyId, estateId, ...caller, codeIndex: codeIndex(vault, id, code), validUntil: instantOf(epochOf(tx.now) + CODE_MINUTES * 60_000), demoCipher: keeps(code), createdAt: tx.now }).execute();
  return { id, code };
}

async function askedBefore({ db, now }: Tx, { phoneIndex, addressIndex }: Caller, estateId: Id<'Estate'>): Promise<Asked> {
  const since = (ms: number): Instant => instantOf(epochOf(now) - ms);
  const count = async (column: 'phoneIndex' | 'addressIndex' | 'estateId', value: string, ms: number) =>
    (await db.selectFrom('owner.phoneCode').select((eb) => eb.fn.countAll<number>().as('n')).where(sql<boolean>`${sql.ref(column)} = ${column === 'estateId' ? sql`${value}::uuid` : value}`).where('createdAt', '>', since(ms)).executeTakeFirstOrThrow()).n;
  const last = await db.selectFrom('owner.phoneCode').select('createdAt').where('phoneIndex', '=', phoneIndex).orderBy('createdAt', 'desc').limit(1).executeTakeFirst();
  return {
    secondsSince: last === undefined ? null : Math.floor((epochOf(now) - epochOf(last.createdAt)) / 1_000), byPhoneHour: await count('phoneIndex', phoneIndex, HOUR_MS), byPhoneDay: await count('phoneIndex', phoneIndex, 24 * HOUR_MS),
    byAddressHour: await count('addressIndex', addressIndex, HOUR_MS), byEstateHour: await count('estateId', estateId, HOUR_MS),
  };
}

/** 核对的结果: the code that fits, or why none does. Not thrown: a wrong try must be counted, and a refusal would undo the count. */
export type Tried = { readonly id: Id<'PhoneCode'> } | { readonly refusal: string };

/** 核对验证码, counting the try; it is not used up yet. */
export async function tryCode({ db, now }: Tx, vault: Vault, { phoneIndex, code }: { readonly phoneIndex: string; readonly code: string }): Promise<Tried> {
  const row = await db.selectFrom('owner.phoneCode').select(['id', 'codeIndex', 'attempts']).where('phoneIndex', '=', phoneIndex).where('usedAt', 'is', null).where('validUntil', '>', now).orderBy('createdAt', 'desc').limit(1).forUpdate().executeTakeFirst();
  if (row === undefined) return { refusal: '验证码已过期或已用过，请重新获取' };
  if (row.attempts >= MOST_TRIES) return { refusal: '验证码填错的次数太多，请重新获取' };
  if (row.codeIndex === codeIndex(vault, row.id, code)) return { id: row.id };
  await db.updateTable('owner.phoneCode').set({ attempts: row.attempts + 1 }).where('id', '=', row.id).execute();
  return { refusal: row.attempts + 1 >= MOST_TRIES ? '验证码填错的次数太多，请重新获取' : `验证码不对，请核对短信，还可以试 ${MOST_TRIES - row.attempts - 1} 次` };
}

/** 用掉验证码, with what it was asked for. @throws Problem owner.wrong-code when somebody was faster */
export async function useCode({ db, now }: Tx, id: Id<'PhoneCode'>): Promise<void> {
  const used = await db.updateTable('owner.phoneCode').set({ usedAt: now }).where('id', '=', id).where('usedAt', 'is', null).where('validUntil', '>', now).executeTakeFirst();
  if (used.numUpdatedRows !== 1n) throw new Problem('owner.wrong-code', '验证码已过期或已用过，请重新获取');
}
