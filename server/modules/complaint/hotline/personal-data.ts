import { sql } from 'kysely';
import { ledgerFileDays, refusedCellDays, unconfirmedImportDays } from '#domain/privacy/policy.ts';
import { limits } from '#domain/privacy/limits.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import type { Db } from '#platform/db/types.ts';
import { fileRetention } from '#platform/files/file-retention.ts';
import type { Retention } from '#platform/module.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import type { TextPlace } from '#platform/personal/find-texts.ts';
import type { Tx } from '#platform/context.ts';
import { updateBatch } from './batch.ts';
import { matchOf, type Clue, type PersonalRecord } from '#platform/personal/person.ts';

const OVER = "('committed', 'failed', 'cancelled')";
const filed = { county: 't.county_id', purpose: '办理12345工单', erases: null, until: limits.record.until, keeps: [limits.record] };

/** 工单里写到的人: what callers said stays with the file. */
export const hotlinePlaces: readonly TextPlace[] = [
  { kind: 'complaint.order', table: 'complaint.hotline_order', id: 't.complaint_id', subject: 'Complaint', title: 't.order_no', label: '12345工单的内容', ...filed },
  { kind: 'complaint.order-return', table: 'complaint.hotline_return_item', id: 't.complaint_id', subject: 'Complaint', title: 't.kind', label: '回传给12345的答复', ...filed },
  { kind: 'complaint.order-setting', table: 'complaint.hotline_setting', id: 't.id', title: 't.kind', label: '12345归类和口径', ...filed },
  { kind: 'complaint.order-batch', table: 'complaint.order_batch', id: 't.id', title: 't.file_name', label: '12345工单文件的名称、上传人', ...filed },
  { kind: 'complaint.order-return-made', table: 'complaint.hotline_return', id: 't.id', title: 't.made_by_name', label: '12345回传记录的经办人', ...filed },
  { kind: 'complaint.order-text', table: 'complaint.order_row', id: "t.batch_id || '/' || t.row_no", title: 't.order_no', label: '12345工单文件中的一行', ...filed },
];

interface Found { readonly key: string; readonly orderNo: string; readonly nameCipher: string | null; readonly phoneCipher: string | null; readonly phoneIndex: string | null; readonly phoneMoreIndex: readonly string[] | null }

/** 还没有导入的行里的诉求人, by telephone. */
export async function callersInRows(db: Db, clue: Clue): Promise<PersonalRecord[]> {
  if (clue.phoneIndexes.length === 0) return [];
  const { rows } = await sql<Found>`
    select batch_id || '/' || row_no as key, order_no, name_cipher, phone_cipher, phone_index, phone_more_index from complaint.order_row
     where county_id = ${clue.countyId}::uuid and (phone_index = any(${[...clue.phoneIndexes]}::text[]) or phone_more_index && ${[...clue.phoneIndexes]}::text[]) order by 1 limit 500`.execute(db);
  return rows.flatMap((row): PersonalRecord[] => {
    const open = (sealed: string | null) => (sealed === null ? null : clue.vault.open(sealed));
    const name = open(row.nameCipher);
    const match = matchOf(clue, { name, phoneIndex: row.phoneIndex, phoneMoreIndex: row.phoneMoreIndex });
    const values = [['姓名', name], ['电话', open(row.phoneCipher)]] as const;
    return match === null ? [] : [{ ...match, kind: 'complaint.order-row', id: row.key, title: `12345工单文件中的诉求人：${row.orderNo}`, fields: values.flatMap(([field, value]) => (value === null ? [] : [{ name: field, value }])), purpose: '导入12345工单时建件', until: '导入后即清除；没有导入的行满规定天数', erases: '姓名、电话（没有导入的行）', keeps: [] }];
  });
}

/** 清除这些行的诉求人. */
export async function clearCallers(tx: Tx, keys: readonly string[], countyId: string): Promise<number> {
  const { numAffectedRows } = await sql`update complaint.order_row set name_cipher = null, phone_cipher = null, phone_index = null, phone_last4 = null, phone_more_index = null where county_id = ${countyId}::uuid and (batch_id || '/' || row_no) = any(${[...keys]}::text[])`.execute(tx.db);
  return Number(numAffectedRows ?? 0n);
}

const holding = sql`(r.name_cipher is not null or r.phone_cipher is not null or r.texts <> '{}'::jsonb)`;
const left = (countyId: string, day: LocalDate) => sql`from complaint.order_row r join complaint.order_batch b on b.id = r.batch_id where r.county_id = ${countyId}::uuid and b.status in ${sql.raw(OVER)} and (coalesce(b.confirmed_at, b.created_at) at time zone 'Asia/Shanghai')::date < ${day}::date and ${holding}`;
const rowsBefore = async (db: Db, countyId: string, by: LocalDate) => addDays(by, -await parameterValue(db, countyId, refusedCellDays, by));

/** Imports that wait for somebody since before a day. */
const waiting = async (db: Db, countyId: string, by: LocalDate) => db.selectFrom('complaint.orderBatch').where(sql<boolean>`county_id = ${countyId}::uuid`).where('status', 'in', ['mapping', 'preview']).where(sql<boolean>`(created_at at time zone 'Asia/Shanghai')::date < ${addDays(by, -await parameterValue(db, countyId, unconfirmedImportDays, by))}::date`);
const GIVEN_UP = '上传后很久没有确认，已自动放弃；需要的请重新上传';

/** 12345工单的到期删除: staged rows and the files themselves. What became a complaint stays there. */
export const hotlineRetentions: readonly Retention[] = [
  {
    kind: 'complaint.orders-unconfirmed', title: '没有确认的12345工单导入（读出的行，含诉求人）', rule: '上传后满规定天数没有确认的，自动放弃；需要的重新上传', periods: [unconfirmedImportDays],
    count: async (db, countyId, by) => (await (await waiting(db, countyId, by)).select(sql<number>`count(*)::integer`.as('n')).executeTakeFirstOrThrow()).n,
    purge: async (tx, countyId, by) => {
      const batches = await (await waiting(tx.db, countyId, by)).select(['id', 'countyId', 'status', 'appliedCount']).forUpdate().execute();
      for (const { id, status, appliedCount, ...batch } of batches) {
        // What was half imported when it broke off is over as it stands; its rows go with those of other imports.
        const ended = appliedCount > 0 ? 'committed' as const : 'cancelled' as const;
        if (ended === 'cancelled') await tx.db.deleteFrom('complaint.orderRow').where('batchId', '=', id).execute();
        await updateBatch(tx.db, id, { status: ended, notice: GIVEN_UP });
        tx.audit({ action: 'hotline.cancel', subject: ['OrderBatch', id], before: { status }, after: { status: ended }, reason: GIVEN_UP, countyId: batch.countyId });
      }
      return batches.length;
    },
  },
  {
    kind: 'complaint.order-rows', title: '12345工单文件的行（诉求人、原文）', rule: '导入或者放弃后满规定天数为止；建成的投诉件不受影响', periods: [refusedCellDays],
    count: async (db, countyId, by) => (await sql<{ n: number }>`select count(*)::integer as n ${left(countyId, await rowsBefore(db, countyId, by))}`.execute(db)).rows[0]?.n ?? 0,
    purge: async (tx, countyId, by) => {
      const day = await rowsBefore(tx.db, countyId, by);
      const { numAffectedRows } = await sql`update complaint.order_row x set name_cipher = null, phone_cipher = null, phone_index = null, phone_last4 = null, phone_more_index = null, texts = '{}', cells = '{}', title = '', changes = '[]', problems = '[]' where (x.batch_id, x.row_no) in (select r.batch_id, r.row_no ${left(countyId, day)})`.execute(tx.db);
      return Number(numAffectedRows ?? 0n);
    },
  },
  fileRetention({
    kind: 'complaint.order-files', title: '12345工单原件（整份文件，含诉求人）', rule: '导入或者放弃后满规定天数为止；建成的投诉件不受影响', days: ledgerFileDays, ended: { name: '12345工单原件（已到期删除）.txt', text: '12345工单原件已到期删除；导入的工单在投诉件里。' },
    due: (countyId, day) => sql`from platform.file f join complaint.order_batch b on b.file_id = f.id where b.county_id = ${countyId}::uuid and b.status in ${sql.raw(OVER)} and f.name <> '12345工单原件（已到期删除）.txt' and (coalesce(b.confirmed_at, b.created_at) at time zone 'Asia/Shanghai')::date < ${day}::date`,
  }),
];
