import { sql } from 'kysely';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { endedBindingDays, phoneSessionDays } from '#domain/owner/policy.ts';
import type { Db } from '#platform/db/types.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import type { Retention } from '#platform/module.ts';

const DAYS_OF_FILINGS = 7;
const before = (by: LocalDate) => sql`(${by}::date::timestamp at time zone 'Asia/Shanghai')`;

const CLEARED = sql`name_cipher = null, phone_cipher = null, phone_index = null, phone_last4 = null`;
/** Bindings that ended before the day their time was over. */
const overdue = async (db: Db, countyId: string, by: LocalDate) => sql`county_id = ${countyId}::uuid and status in ('refused', 'ended') and erased_at is null and ended_on < ${addDays(by, -await parameterValue(db, countyId, endedBindingDays, by))}::date`;

/** 业主端的到期删除: codes asked for before the day, when none is good any more; and the marks by which a repeat is known, once nobody tries again. */
export const ownerRetentions: readonly Retention[] = [{
  kind: 'owner.phone-codes', title: '手机验证码（号码、地址、验证码的摘要）', rule: '10分钟内有效，次日删除', periods: [],
  count: async (db, countyId, by) => (await sql<{ n: number }>`select count(*)::integer as n from owner.phone_code where county_id = ${countyId}::uuid and created_at < ${before(by)}`.execute(db)).rows[0]?.n ?? 0,
  purge: async ({ db }, countyId, by) => Number((await sql`delete from owner.phone_code where county_id = ${countyId}::uuid and created_at < ${before(by)}`.execute(db)).numAffectedRows ?? 0n),
}, {
  kind: 'owner.filings', title: '手机提交的记录（号码、地址的摘要；投诉件本身另有期限）', rule: '七日后删除', periods: [],
  count: async (db, countyId, by) => (await sql<{ n: number }>`select count(*)::integer as n from owner.filing where county_id = ${countyId}::uuid and created_at < ${before(addDays(by, -DAYS_OF_FILINGS))}`.execute(db)).rows[0]?.n ?? 0,
  purge: async ({ db }, countyId, by) => Number((await sql`delete from owner.filing where county_id = ${countyId}::uuid and created_at < ${before(addDays(by, -DAYS_OF_FILINGS))}`.execute(db)).numAffectedRows ?? 0n),
}, {
  kind: 'owner.phone-sessions', title: '业主手机登录', rule: '退出或者到期后次日删除', periods: [phoneSessionDays],
  count: async (db, countyId, by) => (await sql<{ n: number }>`select count(*)::integer as n from owner.phone_session where county_id = ${countyId}::uuid and least(valid_until, ended_at) < ${before(by)}`.execute(db)).rows[0]?.n ?? 0,
  purge: async ({ db }, countyId, by) => Number((await sql`delete from owner.phone_session where county_id = ${countyId}::uuid and least(valid_until, ended_at) < ${before(by)}`.execute(db)).numAffectedRows ?? 0n),
}, {
  kind: 'owner.bindings', title: '已解除、未通过的业主绑定（姓名、手机号）', rule: '解除或者未通过起满规定天数为止；同意的文本版本和时间保留，不再写明是谁', periods: [endedBindingDays],
  count: async (db, countyId, by) => (await sql<{ n: number }>`select count(*)::integer as n from owner.binding where ${await overdue(db, countyId, by)}`.execute(db)).rows[0]?.n ?? 0,
  purge: async ({ db, now }, countyId, by) => Number((await sql`update owner.binding set ${CLEARED}, erased_at = ${now} where ${await overdue(db, countyId, by)}`.execute(db)).numAffectedRows ?? 0n),
}];
