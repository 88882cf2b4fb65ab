import { sql } from 'kysely';
import { asideLetterDays } from '#domain/complaint/policy.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { limits } from '#domain/privacy/limits.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { endFiles } from '#platform/files/end-files.ts';
import type { FileStore } from '#platform/files/store.ts';
import type { Retention } from '#platform/module.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import type { TextPlace } from '#platform/personal/find-texts.ts';

const ended = (why: string) => ({ name: '来信（已删除）.txt', text: why });
const letter = { table: 'complaint.incoming_letter' as const, id: 't.id', subject: 'IncomingLetter', title: 't.subject', county: 't.county_id', purpose: '登记来信' };

/** 来信主题里写到的人. */
export const letterPlaces: readonly TextPlace[] = [
  { ...letter, kind: 'complaint.letter-subject', label: '来信的主题', until: limits.record.until, erases: null, keeps: [limits.record] },
];

/** 清除来信 that nobody registers: who wrote, what about, and the letter itself; that one came and was not registered stays. */
async function clearLetters(tx: Tx, files: FileStore, ids: readonly string[], why: string): Promise<number> {
  const { rows } = await sql<{ fileId: Id<'File'> }>`
    update complaint.incoming_letter set name_cipher = null, mail_cipher = null, mail_index = null, subject = '', aside_note = null, erased_at = ${tx.now}, version = version + 1
     where id = any(${[...ids]}::uuid[]) and status = 'aside' and erased_at is null returning file_id`.execute(tx.db);
  await endFiles(tx, files, rows.map(({ fileId }) => fileId), ended(why));
  return rows.length;
}

const over = (db: Db, countyId: string, day: LocalDate) => sql<{ id: string }>`select id from complaint.incoming_letter where county_id = ${countyId}::uuid and status = 'aside' and erased_at is null and (handled_at at time zone 'Asia/Shanghai')::date < ${day}::date`.execute(db);
const before = async (db: Db, countyId: string, by: LocalDate) => addDays(by, -await parameterValue(db, countyId, asideLetterDays, by));

/** 不登记的来信的到期删除. What was registered stays with its complaint; what waits is not over. */
export const letterRetentions: readonly Retention[] = [{
  kind: 'complaint.aside-letters', title: '不登记的来信（寄信人、主题、来信原件）', rule: '标为不登记后满规定天数为止；还在等待登记的不删', periods: [asideLetterDays],
  count: async (db, countyId, by) => (await over(db, countyId, await before(db, countyId, by))).rows.length,
  purge: async (tx, countyId, by, { files }) => clearLetters(tx, files, (await over(tx.db, countyId, await before(tx.db, countyId, by))).rows.map(({ id }) => id), '这封来信没有登记，已到期删除。'),
}];
