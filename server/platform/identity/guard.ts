import { sql } from 'kysely';
import type { Instant } from '#domain/kernel/brand.ts';
import { epochOf, instantOf } from '#domain/kernel/local-date.ts';
import type { Db } from '../db/types.ts';
import { Problem } from '../problem.ts';

/** 登录限制 in force that day. `limit` failures lock the key for `minutes`; from `slowFrom` on each try must wait a little longer. */
export interface GuardLimit { readonly limit: number; readonly minutes: number; readonly slowFrom: number; readonly mostSeconds: number }

export const accountKey = (login: string) => `account:${login.toLowerCase()}`;
export const addressKey = (ip: string) => `address:${ip}`;

/** 账号: after the second failure the next try waits 2, 4, 8 … seconds, at most a minute. */
export const accountLimit = (limit: number, minutes: number): GuardLimit => ({ limit, minutes, slowFrom: Math.min(3, limit - 1), mostSeconds: 60 });
/** 地址: a whole office may share one, so it slows later and less. */
export const addressLimit = (limit: number, minutes: number): GuardLimit => ({ limit, minutes, slowFrom: Math.max(3, Math.floor(limit / 2)), mostSeconds: 4 });

/** 是否可以再试. @throws Problem session.locked while the key is locked or must still wait */
export async function refuseTooMany(db: Db, key: string, limit: GuardLimit, now: Instant, whose: '账号' | '网络地址'): Promise<void> {
  const row = await db.selectFrom('platform.signInGuard').select(['failures', 'lastFailedAt', 'lockedUntil']).where('key', '=', key).executeTakeFirst();
  if (!row) return;
  if (row.lockedUntil !== null && row.lockedUntil > now) {
    const minutes = Math.ceil((epochOf(row.lockedUntil) - epochOf(now)) / 60_000);
    throw new Problem('session.locked', `该${whose}登录失败次数过多，已暂时锁定，请 ${minutes} 分钟后再试${whose === '账号' ? '，或请安全管理员重置密码' : ''}`);
  }
  const wait = epochOf(row.lastFailedAt) + 1000 * pauseSeconds(row.failures, limit) - epochOf(now);
  if (isCounted(row.lastFailedAt, limit, now) && wait > 0) throw new Problem('session.locked', `尝试过于频繁，请 ${Math.ceil(wait / 1000)} 秒后再试`);
}

const isCounted = (last: Instant, limit: GuardLimit, now: Instant) => epochOf(last) + limit.minutes * 60_000 > epochOf(now);

function pauseSeconds(failures: number, { slowFrom, mostSeconds }: GuardLimit): number {
  return failures < slowFrom ? 0 : Math.min(2 ** (failures - slowFrom + 1), mostSeconds);
}

/** 记一次失败, in one statement, so that failures side by side all count. @returns true when this one locked the key */
export async function countFailure(db: Db, key: string, { limit, minutes }: GuardLimit, now: Instant): Promise<boolean> {
  const since = instantOf(epochOf(now) - minutes * 60_000);
  const until = instantOf(epochOf(now) + minutes * 60_000);
  const failures = sql<number>`case when platform.sign_in_guard.last_failed_at <= ${since} then 1 else platform.sign_in_guard.failures + 1 end`;
  const row = await db.insertInto('platform.signInGuard').values({ key, failures: 1, lastFailedAt: now, lockedUntil: limit <= 1 ? until : null })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({
      failures, lastFailedAt: now,
      lockedUntil: sql<Instant | null>`case when ${failures} >= ${limit} then ${until}::timestamptz end`,
    }))
    .returning('failures').executeTakeFirstOrThrow();
  return row.failures >= limit;
}

/** 清除失败计数, after a success or a reset. */
export const clearGuard = (db: Db, key: string) => db.deleteFrom('platform.signInGuard').where('key', '=', key).execute();
