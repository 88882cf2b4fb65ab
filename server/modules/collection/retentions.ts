import { sql } from 'kysely';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { addMonths } from '#domain/kernel/local-date.ts';
import { collectedYears, returnedFileDays } from '#domain/privacy/policy.ts';
import { ERASED } from '#domain/privacy/words.ts';
import type { Db } from '#platform/db/types.ts';
import { fileRetention } from '#platform/files/file-retention.ts';
import type { Retention } from '#platform/module.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { sealValues } from './store/answers.ts';

const before = async (db: Db, countyId: string, by: LocalDate) => addMonths(by, -12 * await parameterValue(db, countyId, collectedYears, by));
/** Parts and answers of collections that ended before a day and are still filled. */
const old = (countyId: string, day: LocalDate) => sql`county_id = ${countyId}::uuid and erased_at is null and collection_id in (select id from collection.collection k where k.county_id = ${countyId}::uuid and k.ends_on < ${day})`;

/** What stands where a returned workbook was. */
const ENDED = { name: '交回的表格（已到期删除）.txt', text: '交回的表格文件已到期删除；填报的内容在采集任务里，按规定年数保存。' };
/** Workbooks returned to collections that ended before a day. */
const returned = (countyId: string, day: LocalDate) => sql`
  from collection.answer a join collection.part p on p.id = a.part_id join collection.collection k on k.id = p.collection_id join platform.file f on f.id = a.file_id
 where a.county_id = ${countyId}::uuid and k.ends_on < ${day} and f.name <> ${ENDED.name}`;

/** 采集任务的到期删除: the files first, what was answered later. */
export const collectionRetentions: readonly Retention[] = [{
  kind: 'collection.answers', title: '采集任务带出和填报的内容', rule: '任务结束起满规定年数为止；任务本身和谁已提交保留', periods: [collectedYears],
  count: async (db, countyId, by) => (await sql<{ n: number }>`select count(*)::integer as n from collection.part where ${old(countyId, await before(db, countyId, by))}`.execute(db)).rows[0]?.n ?? 0,
  purge: async (tx, countyId, by, { vault }) => {
    const empty = sealValues(vault, {});
    const { rows } = await sql<{ id: string }>`update collection.part set held_cipher = ${empty}, choosings = '{}', erased_at = ${tx.now} where ${old(countyId, await before(tx.db, countyId, by))} returning id`.execute(tx.db);
    await sql`update collection.answer set values_cipher = ${empty}, by_name = ${ERASED}, erased_at = ${tx.now} where part_id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(tx.db);
    return rows.length;
  },
}, fileRetention({
  kind: 'collection.returned-files', title: '采集任务交回的表格（整份文件）', rule: '任务结束起满规定天数为止；填报的内容另按“采集任务结束后填报内容保存年数”保存',
  days: returnedFileDays, ended: ENDED, due: returned,
})];
