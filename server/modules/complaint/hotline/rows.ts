import type { Insertable, Selectable } from 'kysely';
import type { Output } from '#contract/define-route.ts';
import type { listOrderRows } from '#contract/hotline.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import { orderColumns, orderFields } from '#domain/ledger/orders/columns.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import { sealPhone } from '#platform/personal/seal-phone.ts';
import { Problem } from '#platform/problem.ts';
import type { ComplaintTables } from '../tables.gen.ts';
import type { OrderBatchRecord } from './batch.ts';
import type { Judged } from './judge.ts';
import type { ReadOrderRow } from './read-file.ts';
import { changesOf, chosenOf, json, problemsOf, settledOf, textsOf, type Chosen, type Texts } from './row-json.ts';

/** 文件的一行 as staged. */
export type OrderRowRecord = Selectable<ComplaintTables['complaint.orderRow']>;
type Draft = Insertable<ComplaintTables['complaint.orderRow']>;

/** 暂存的一行. Who called is sealed before anything is stored. */
export function stagedRow(vault: Vault, batch: Pick<OrderBatchRecord, 'id' | 'countyId'>, rowNo: number, read: ReadOrderRow, judged: Judged): Draft {
  return { batchId: batch.id, rowNo, countyId: batch.countyId, sheet: read.sheet, sheetRow: read.row, cells: json(read.cells), ...judgedColumns(read.texts, {}, judged), nameCipher: read.caller.name === null ? null : vault.seal(read.caller.name), ...sealPhone(vault, read.caller.phone) };
}

/** What judging says of a row, as columns. */
export const judgedColumns = (texts: Texts, chosen: Chosen, judged: Judged) => ({
  outcome: judged.outcome, orderNo: (texts.orderNo ?? '').slice(0, MOST_NO), title: judged.title, texts: json(texts), problems: json(judged.problems), offers: json(judged.settled), changes: json(judged.changes), chosen: json(chosen), isWarned: judged.problems.some(({ severity }) => severity === 'warn'),
});
const MOST_NO = 60;

/** 查一行. @throws Problem import.not-found */
export async function getRow(db: Db, batchId: Id<'OrderBatch'>, rowNo: number): Promise<OrderRowRecord> {
  const row = await db.selectFrom('complaint.orderRow').selectAll().where('batchId', '=', batchId).where('rowNo', '=', rowNo).executeTakeFirst();
  if (row === undefined) throw new Problem('import.not-found', '这次导入里没有这一行');
  return row;
}

/** 先出现的行 of the same order: Excel's own row number. */
export async function firstOf(db: Db, batchId: Id<'OrderBatch'>, rowNo: number, orderNo: string): Promise<number | undefined> {
  if (orderNo === '') return undefined;
  return (await db.selectFrom('complaint.orderRow').select('sheetRow').where('batchId', '=', batchId).where('orderNo', '=', orderNo).where('rowNo', '<', rowNo).orderBy('rowNo').limit(1).executeTakeFirst())?.sheetRow;
}

/** 呈现一行. Whoever called stands in no answer. */
export function presentRow(row: OrderRowRecord): Output<typeof listOrderRows>['rows'][number] {
  const [texts, settled, chosen] = [textsOf(row.texts), settledOf(row.offers), chosenOf(row.chosen)];
  return {
    rowNo: row.rowNo, sheet: row.sheet, row: row.sheetRow, outcome: row.outcome, orderNo: row.orderNo, title: row.title, hasCaller: row.nameCipher !== null || row.phoneCipher !== null, isWarned: row.isWarned,
    cells: orderFields.flatMap((field) => { const text = texts[field] ?? ''; return text === '' && !ALWAYS.has(field) ? [] : [{ field, title: orderColumns[field].title, text }]; }),
    problems: problemsOf(row.problems), changes: changesOf(row.changes), estate: settled.estate, category: settled.category,
    offers: { estates: settled.estates, categories: settled.needsCategory, isPlaceOpen: settled.isPlaceOpen && chosen.estateId === undefined }, complaintId: row.complaintId === null ? null : makeId<'Complaint'>(row.complaintId), isApplied: row.appliedAt !== null, answer: row.answer,
  };
}
/** What can be mended though the file holds nothing there. */
const ALWAYS: ReadonlySet<string> = new Set(['orderNo', 'content', 'dueAt', 'address']);
