import { sql } from 'kysely';
import type { Retention } from '#platform/module.ts';

/** 验证码的到期删除: what was asked for before the day; by then none is good any more and none is counted. */
export const ownerRetentions: readonly Retention[] = [{
  kind: 'owner.phone-codes', title: '手机验证码（号码、地址、验证码的摘要）', rule: '10分钟内有效，次日删除', periods: [],
  count: async (db, countyId, by) => (await sql<{ n: number }>`select count(*)::integer as n from owner.phone_code where county_id = ${countyId}::uuid and created_at < (${by}::date::timestamp at time zone 'Asia/Shanghai')`.execute(db)).rows[0]?.n ?? 0,
  purge: async ({ db }, countyId, by) => Number((await sql`delete from owner.phone_code where county_id = ${countyId}::uuid and created_at < (${by}::date::timestamp at time zone 'Asia/Shanghai')`.execute(db)).numAffectedRows ?? 0n),
}];
