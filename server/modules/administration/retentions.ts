import { sql } from 'kysely';
import { signInRetentionMonths } from '#domain/administration/policy.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { addDays, addMonths } from '#domain/kernel/local-date.ts';
import type { Parameter } from '#domain/kernel/parameter.ts';
import { answerDays, sessionDays } from '#domain/privacy/policy.ts';
import type { Db } from '#platform/db/types.ts';
import type { Retention } from '#platform/module.ts';
import { parameterValue } from '#platform/parameters/read.ts';

const daysBefore = async (db: Db, countyId: string, by: LocalDate, days: Parameter<number>) => addDays(by, -await parameterValue(db, countyId, days, by));
const own = (countyId: string) => sql`(user_id in (select id from platform.app_user where county_id = ${countyId}::uuid) or user_id in (select id from platform.api_key where county_id = ${countyId}::uuid))`;
const midnight = (day: LocalDate) => sql`(${day}::date::timestamp at time zone 'Asia/Shanghai')`;
/** Never within six months, whatever a clock or a setting says: the table itself refuses that. */
const oldSignIns = async (db: Db, countyId: string, by: LocalDate) => sql`county_id = ${countyId}::uuid and at < least(${midnight(addMonths(by, -await parameterValue(db, countyId, signInRetentionMonths, by)))}, now() - interval '6 months')`;
const oldSessions = async (db: Db, countyId: string, by: LocalDate) => sql`${own(countyId)} and coalesce(revoked_at, expires_at) < ${midnight(await daysBefore(db, countyId, by, sessionDays))}`;
const oldAnswers = async (db: Db, countyId: string, by: LocalDate) => sql`${own(countyId)} and created_at < ${midnight(await daysBefore(db, countyId, by, answerDays))}`;

type Condition = (db: Db, countyId: string, by: LocalDate) => Promise<ReturnType<typeof sql>>;
const rowsOf = (table: string, condition: Condition): Pick<Retention, 'count' | 'purge'> => ({
  count: async (db, countyId, by) => (await sql<{ n: number }>`select count(*)::integer as n from ${sql.table(table)} where ${await condition(db, countyId, by)}`.execute(db)).rows[0]?.n ?? 0,
  purge: async (tx, countyId, by) => Number((await sql`delete from ${sql.table(table)} where ${await condition(tx.db, countyId, by)}`.execute(tx.db)).numAffectedRows ?? 0n),
});

/** 账号的到期删除. */
export const administrationRetentions: readonly Retention[] = [
  { kind: 'administration.sessions', title: '失效的登录会话（地址、浏览器）', rule: '失效或退出起满规定天数为止', periods: [sessionDays], ...rowsOf('platform.session', oldSessions) },
  { kind: 'administration.sign-ins', title: '登录记录（时间、地址、结果）', rule: '满规定月数为止，不少于六个月', periods: [signInRetentionMonths], ...rowsOf('platform.sign_in', oldSignIns) },
  { kind: 'administration.answers', title: '防重复提交的答复', rule: '提交起满规定天数为止；含一次性密码的答复本来就不保存', periods: [answerDays], ...rowsOf('platform.idempotency_key', oldAnswers) },
];
