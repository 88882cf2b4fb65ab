import { sql } from 'kysely';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { ledgerFileDays, refusedCellDays, unconfirmedImportDays } from '#domain/privacy/policy.ts';
import { ERASED } from '#domain/privacy/words.ts';
import type { Db } from '#platform/db/types.ts';
import { endFiles } from '#platform/files/end-files.ts';
import type { Retention, Subscriber } from '#platform/module.ts';
import { parameterValue } from '#platform/parameters/read.ts';
import { clearRows } from './read/stage.ts';
import { updateBatch } from './store/batch.ts';

/** Rows of imports that are over whose cells are still there: refused ones of a confirmed import, all of one that was given up. */
const over = (db: Db, countyId: string, before: LocalDate) => db.selectFrom('ledger.batchRow as r').innerJoin('ledger.batch as b', 'b.id', 'r.batchId').where(sql<boolean>`r.county_id = ${countyId}::uuid`)
  .where('b.status', 'in', ['committed', 'undone', 'failed', 'cancelled']).where(sql<boolean>`coalesce(b.undone_at, b.confirmed_at, b.created_at) < ${before}::date`)
  .where(sql<boolean>`(r.sealed is not null or (r.outcome = 'refused' or b.status <> 'committed') and r.raw <> '{}'::jsonb)`);

/** What an import says that nobody confirmed in time. */
const GIVEN_UP = '上传后很久没有确认，已自动放弃；需要的请重新上传';
const before = async (db: Db, countyId: string, by: LocalDate) => addDays(by, -await parameterValue(db, countyId, refusedCellDays, by));

/** What stands where an original was. */
const ENDED = { name: '台账原件（已到期删除）.txt', text: '台账原件已到期删除；导入的结果在台账里。' };

/** Originals of imports that were over before a day. */
const originals = (db: Db, countyId: string, day: LocalDate) => db.selectFrom('ledger.batchFile as x').innerJoin('ledger.batch as b', 'b.id', 'x.batchId').where(sql<boolean>`x.county_id = ${countyId}::uuid`).where('x.name', '<>', ENDED.name)
  .where('b.status', 'in', ['committed', 'undone', 'failed', 'cancelled']).where(sql<boolean>`coalesce(b.undone_at, b.confirmed_at, b.created_at) < ${day}::date`);
const beforeFiles = async (db: Db, countyId: string, by: LocalDate) => addDays(by, -await parameterValue(db, countyId, ledgerFileDays, by));

/** Imports that wait for somebody since before a day. */
const waiting = async (db: Db, countyId: string, by: LocalDate) => db.selectFrom('ledger.batch').where(sql<boolean>`county_id = ${countyId}::uuid`).where('status', 'in', ['mapping', 'preview']).where(sql<boolean>`(created_at at time zone 'Asia/Shanghai')::date < ${addDays(by, -await parameterValue(db, countyId, unconfirmedImportDays, by))}::date`);

/** 台账导入的到期删除. */
export const ledgerRetentions: readonly Retention[] = [{
  kind: 'ledger.unconfirmed', title: '没有确认的台账导入（读出的行，含业主、从业人员信息）', rule: '上传后满规定天数没有确认的，自动放弃；需要的重新上传', periods: [unconfirmedImportDays],
  count: async (db, countyId, by) => (await (await waiting(db, countyId, by)).select(sql<number>`count(*)::integer`.as('n')).executeTakeFirstOrThrow()).n,
  purge: async (tx, countyId, by) => {
    const batches = await (await waiting(tx.db, countyId, by)).select(['id', 'countyId', 'townshipId', 'status']).forUpdate().execute();
    for (const { id, status, townshipId, ...batch } of batches) {
      await clearRows(tx, id);
      await updateBatch(tx.db, id, { status: 'cancelled', notice: GIVEN_UP });
      tx.audit({ action: 'ledger.cancel', subject: ['Batch', id], before: { status }, after: { status: 'cancelled' }, reason: GIVEN_UP, countyId: batch.countyId, townshipId });
    }
    return batches.length;
  },
}, {
  kind: 'ledger.refused-cells', title: '台账中没有导入的行（姓名、证件号、电话等原值）', rule: '导入确认或放弃后满规定天数为止；此前可以下载修改后再导入', periods: [refusedCellDays],
  count: async (db, countyId, by) => (await over(db, countyId, await before(db, countyId, by)).select(sql<number>`count(*)::integer`.as('n')).executeTakeFirstOrThrow()).n,
  purge: async (tx, countyId, by) => {
    const rows = over(tx.db, countyId, await before(tx.db, countyId, by)).select(['r.batchId', 'r.rowNo']);
    const done = await tx.db.updateTable('ledger.batchRow').set({ sealed: null, raw: '{}', fields: '{}', mended: null, changes: null, title: ERASED, rowKey: null })
      .where(({ eb, refTuple }) => eb(refTuple('ledger.batchRow.batchId', 'ledger.batchRow.rowNo'), 'in', rows.$asTuple('batchId', 'rowNo'))).executeTakeFirst();
    return Number(done.numUpdatedRows);
  },
}, {
  kind: 'ledger.original-files', title: '台账原件（整份文件，含业主、从业人员信息）', rule: '导入确认或放弃后满规定天数为止；导入的结果在台账里，不受影响', periods: [ledgerFileDays],
  count: async (db, countyId, by) => (await originals(db, countyId, await beforeFiles(db, countyId, by)).select(sql<number>`count(*)::integer`.as('n')).executeTakeFirstOrThrow()).n,
  purge: async (tx, countyId, by, { files }) => {
    const due = await originals(tx.db, countyId, await beforeFiles(tx.db, countyId, by)).select(['x.batchId', 'x.fileNo', 'x.fileId']).execute();
    if (due.length === 0) return 0;
    await endFiles(tx, files, due.map(({ fileId }) => fileId), ENDED);
    for (const { batchId, fileNo } of due) await tx.db.updateTable('ledger.batchFile').set({ name: ENDED.name }).where('batchId', '=', batchId).where('fileNo', '=', fileNo).execute();
    return due.length;
  },
}];

/** 业主到期删除后 the numbers that an import had replaced go too: undoing it must not bring them back. Handled twice it does nothing. */
export const forgetErasedOwners: Subscriber = async (_ctx, tx, { payload }) => {
  const ownerIds: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'ownerIds') : undefined;
  if (!Array.isArray(ownerIds)) throw new Error('the event names no owners');
  await sql`
    update ledger.batch_change c set befores = (
      select jsonb_agg(case when c.subject_ids[x.n] = any(${ownerIds}::uuid[]) then (x.e - '{id_cipher,id_index,id_last4,phone_cipher,phone_index,phone_last4,phone_more_index,match_key,name}'::text[]) - '{idCipher,idIndex,idLast4,phoneCipher,phoneIndex,phoneLast4,phoneMoreIndex,matchKey}'::text[] else x.e end order by x.n)
        from jsonb_array_elements(c.befores) with ordinality as x (e, n))
     where c.table_name = 'registry.owner' and c.befores is not null and c.subject_ids && ${ownerIds}::uuid[]`.execute(tx.db);
};
