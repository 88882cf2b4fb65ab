import { sql } from 'kysely';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { addMonths } from '#domain/kernel/local-date.ts';
import { collectedYears } from '#domain/privacy/policy.ts';
import { ERASED } from '#domain/privacy/words.ts';
import type { Db } from '#platform/db/types.ts';
import type { Retention } from '#platform/module.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { sealValues } from './store/answers.ts';

const before = async (db: Db, countyId: string, by: LocalDate) => addMonths(by, -12 * await parameterValue(db, countyId, collectedYears, by));
/** Parts and answers of collections that ended before a day and are still filled. */
const old = (countyId: string, day: LocalDate) => sql`county_id = ${countyId}::uuid and erased_at is null and collection_id in (select id from collection.collection k where k.county_id = ${countyId}::uuid and k.ends_on < ${day})`;

/** 采集任务的到期删除. The returned workbooks lie with the task's file as they came. */
export const collectionRetentions: readonly Retention[] = [{
  kind: 'collection.answers', title: '采集任务带出和填报的内容', rule: '任务结束起满规定年数为止（参数“采集任务结束后填报内容保存年数”）；任务本身和谁已提交保留，交回的表格文件随任务归档',
  count: async (db, countyId, by) => (await sql<{ n: number }>`select count(*)::integer as n from collection.part where ${old(countyId, await before(db, countyId, by))}`.execute(db)).rows[0]?.n ?? 0,
  purge: async (tx, countyId, by, { vault }) => {
    const empty = sealValues(vault, {});
    const { rows } = await sql<{ id: string }>`update collection.part set held_cipher = ${empty}, choosings = '{}', erased_at = ${tx.now} where ${old(countyId, await before(tx.db, countyId, by))} returning id`.execute(tx.db);
    await sql`update collection.answer set values_cipher = ${empty}, by_name = ${ERASED}, erased_at = ${tx.now} where part_id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(tx.db);
    return rows.length;
  },
}];
