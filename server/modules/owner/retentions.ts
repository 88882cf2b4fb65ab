import { sql } from 'kysely';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import type { Retention } from '#platform/module.ts';

const DAYS_OF_FILINGS = 7;
const before = (by: LocalDate) => sql`(${by}::date::timestamp at time zone 'Asia/Shanghai')`;

/** 业主端的到期删除: codes asked for before the day, when none is good any more; and the marks by which a repeat is known, once nobody tries again. */
export const ownerRetentions: readonly Retention[] = [{
  kind: 'owner.phone-codes', title: '手机验证码（号码、地址、验证码的摘要）', rule: '10分钟内有效，次日删除', periods: [],
  count: async (db, countyId, by) => (await sql<{ n: number }>`select count(*)::integer as n from owner.phone_code where county_id = ${countyId}::uuid and created_at < ${before(by)}`.execute(db)).rows[0]?.n ?? 0,
  purge: async ({ db }, countyId, by) => Number((await sql`delete from owner.phone_code where county_id = ${countyId}::uuid and created_at < ${before(by)}`.execute(db)).numAffectedRows ?? 0n),
}, {
  kind: 'owner.filings', title: '手机提交的记录（号码、地址的摘要；投诉件本身另有期限）', rule: '七日后删除', periods: [],
  count: async (db, countyId, by) => (await sql<{ n: number }>`select count(*)::integer as n from owner.filing where county_id = ${countyId}::uuid and created_at < ${before(addDays(by, -DAYS_OF_FILINGS))}`.execute(db)).rows[0]?.n ?? 0,
  purge: async ({ db }, countyId, by) => Number((await sql`delete from owner.filing where county_id = ${countyId}::uuid and created_at < ${before(addDays(by, -DAYS_OF_FILINGS))}`.execute(db)).numAffectedRows ?? 0n),
}];
