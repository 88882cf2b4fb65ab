import { sql } from 'kysely';
import type { Id, LocalDate } from '#domain/kernel/brand.ts';
import { addMonths } from '#domain/kernel/local-date.ts';
import { complaintNo } from '#domain/complaint/number.ts';
import { isOpen, type ComplaintStatus } from '#domain/complaint/lifecycle.ts';
import { complainantYears } from '#domain/complaint/policy.ts';
import { limits } from '#domain/privacy/limits.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { endFiles } from '#platform/files/end-files.ts';
import type { Retention } from '#platform/module.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { textScan, type TextPlace } from '#platform/personal/find-texts.ts';
import { letterPlaces, letterRetentions } from './incoming/personal-data.ts';
import { callersInRows, clearCallers, hotlinePlaces, hotlineRetentions } from './hotline/personal-data.ts';
import { idsOf, matchOf, type Clue, type PersonalData, type PersonalRecord } from '#platform/personal/person.ts';

const OVER = "('refused', 'closed', 'withdrawn', 'merged', 'returned')";
const filed = { county: 't.county_id', purpose: '办理投诉', erases: null, until: limits.record.until, keeps: [limits.record] };
const COMPLAINT = { subject: 'Complaint', title: "'投诉〔' || t.number_year || '〕' || t.number_serial || '号'" };
/** What was written by hand stays with the file; while it is open whoever has it may mend it. */
const places: readonly TextPlace[] = [
  { kind: 'complaint.open', table: 'complaint.complaint', id: 't.id', ...COMPLAINT, only: `t.status not in ${OVER}`, label: '在办投诉件的内容', ...filed, until: limits.underWay.until, keeps: [limits.underWay] },
  { kind: 'complaint.ended', table: 'complaint.complaint', id: 't.id', ...COMPLAINT, only: `t.status in ${OVER}`, label: '投诉件的内容', ...filed },
  { kind: 'complaint.step', table: 'complaint.step', id: 't.id', title: 't.act', label: '投诉件的办理过程', ...filed },
  { kind: 'complaint.responsibility', table: 'complaint.responsibility', id: 't.id', title: 't.category_code', label: '投诉责任清单的登记', ...filed },
];

interface Found { readonly id: string; readonly complaintId: string; readonly nameCipher: string | null; readonly familyNameCipher: string | null; readonly phoneCipher: string | null; readonly mailCipher: string | null; readonly phoneIndex: string | null; readonly phoneMoreIndex: readonly string[] | null; readonly status: ComplaintStatus; readonly numberYear: number; readonly numberSerial: number }

async function byPhone(db: Db, { countyId, phoneIndexes }: Clue): Promise<readonly Found[]> {
  if (phoneIndexes.length === 0) return [];
  return (await sql<Found>`
    select x.id, x.complaint_id, x.name_cipher, x.family_name_cipher, x.phone_cipher, x.mail_cipher, x.phone_index, x.phone_more_index, c.status, c.number_year, c.number_serial
      from complaint.complainant x join complaint.complaint c on c.id = x.complaint_id
     where x.county_id = ${countyId}::uuid and x.phone_index = any(${[...phoneIndexes]}::text[]) order by x.id limit 500`.execute(db)).rows;
}

const clear = (tx: Tx, ids: readonly string[]) => sql`update complaint.complainant set name_cipher = null, family_relation = null, family_name_cipher = null, phone_cipher = null, phone_index = null, phone_last4 = null, phone_more_index = null, mail_cipher = null, mail_index = null, erased_at = ${tx.now} where id = any(${[...ids]}::uuid[])`.execute(tx.db);

/** 投诉中的个人信息: who complained is sealed and found by his telephone; while his file is open he is still to be answered. */
export const complaintPersonalData: PersonalData = {
  tables: ['complaint.complaint', 'complaint.complainant', 'complaint.step', 'complaint.responsibility', 'complaint.hotline_order', 'complaint.hotline_return', 'complaint.hotline_return_item', 'complaint.hotline_setting', 'complaint.order_batch', 'complaint.order_row', 'complaint.incoming_letter'],
  find: async (db, clue) => [...await callersInRows(db, clue), ...(await byPhone(db, clue)).flatMap((row): PersonalRecord[] => {
    const open = (sealed: string | null) => (sealed === null ? null : clue.vault.open(sealed));
    const name = open(row.nameCipher);
    const match = matchOf(clue, { name, phoneIndex: row.phoneIndex, phoneMoreIndex: row.phoneMoreIndex });
    const values = [['姓名', name], ['电话', open(row.phoneCipher)], ['电子邮箱', open(row.mailCipher)], ['代其提出的家人', open(row.familyNameCipher)]] as const;
    return match === null ? [] : [{
      ...match, kind: 'complaint.complainant' as const, id: row.id, subject: ['Complaint', row.complaintId] as const, title: `投诉人：${complaintNo(row.numberYear, row.numberSerial)}`, fields: values.flatMap(([field, value]) => (value === null ? [] : [{ name: field, value }])),
      purpose: '答复投诉人', until: '办结后满“投诉办结后投诉人姓名、电话的保存期”', erases: isOpen(row.status) ? null : '姓名、电话、邮箱、家人的姓名；来件原件随后由到期删除清除', keeps: isOpen(row.status) ? [limits.underWay] : [],
    }];
  })],
  scans: [...places, ...hotlinePlaces, ...letterPlaces].map(textScan),
  erase: async (tx, records, { countyId }) => {
    const [ids, rowsOfFiles] = [idsOf(records, 'complaint.complainant'), idsOf(records, 'complaint.order-row')];
    const callers = rowsOfFiles.length === 0 ? [] : [{ table: 'complaint.order_row', rows: await clearCallers(tx, rowsOfFiles, countyId) }];
    if (ids.length === 0) return callers;
    const { rows } = await sql<{ id: string }>`select x.id from complaint.complainant x join complaint.complaint c on c.id = x.complaint_id where x.id = any(${ids}::uuid[]) and x.county_id = ${countyId}::uuid and c.status in ${sql.raw(OVER)} for update of x`.execute(tx.db);
    await clear(tx, rows.map(({ id }) => id));
    return [...callers, { table: 'complaint.complainant', rows: rows.length }];
  },
};

const before = async (db: Db, countyId: string, by: LocalDate) => addMonths(by, -12 * await parameterValue(db, countyId, complainantYears, by));
const gone = (db: Db, countyId: string, day: LocalDate) => sql<{ id: string }>`
  select x.id from complaint.complainant x join complaint.complaint c on c.id = x.complaint_id
   where x.county_id = ${countyId}::uuid and (x.name_cipher is not null or x.phone_cipher is not null or x.mail_cipher is not null or x.family_name_cipher is not null) and c.status in ${sql.raw(OVER)} and coalesce(c.closed_on, (c.updated_at at time zone 'Asia/Shanghai')::date) < ${day}`.execute(db);

const LETTER_ENDED = { name: '来件原件（已到期删除）.txt', text: '来件原件已到期删除；信的内容在投诉件里。' };
/** Letters of files that are over: after as many years, or once who wrote was erased. */
const oldLetters = (db: Db, countyId: string, day: LocalDate) => sql<{ id: Id<'File'> }>`
  select f.id from platform.file f join complaint.complaint_file a on a.file_id = f.id join complaint.complaint c on c.id = a.complaint_id
   where a.kind = 'letter' and a.county_id = ${countyId}::uuid and c.status in ${sql.raw(OVER)} and f.name <> ${LETTER_ENDED.name}
     and (coalesce(c.closed_on, (c.updated_at at time zone 'Asia/Shanghai')::date) < ${day} or exists (select from complaint.complainant x where x.complaint_id = c.id and x.erased_at is not null))`.execute(db);

/** 投诉的到期删除. */
export const complaintRetentions: readonly Retention[] = [{
  kind: 'complaint.complainants', title: '已结束投诉件的投诉人姓名、电话、邮箱，代其提出的家人姓名', rule: '办结、不予受理、撤回或者并案起满规定年数为止；投诉件保留，不再写明是谁提出的', periods: [complainantYears],
  count: async (db, countyId, by) => (await gone(db, countyId, await before(db, countyId, by))).rows.length,
  purge: async (tx, countyId, by) => {
    const { rows } = await gone(tx.db, countyId, await before(tx.db, countyId, by));
    await clear(tx, rows.map(({ id }) => id));
    return rows.length;
  },
}, {
  kind: 'complaint.letters', title: '已结束投诉件的来件原件（电子邮件，含寄信人）', rule: '与投诉人的姓名、电话同时；投诉人的信息因本人请求删除的，随即删除', periods: [complainantYears],
  count: async (db, countyId, by) => (await oldLetters(db, countyId, await before(db, countyId, by))).rows.length,
  purge: async (tx, countyId, by, { files }) => {
    const { rows } = await oldLetters(tx.db, countyId, await before(tx.db, countyId, by));
    await endFiles(tx, files, rows.map(({ id }) => id), LETTER_ENDED);
    return rows.length;
  },
}, ...letterRetentions, ...hotlineRetentions];
