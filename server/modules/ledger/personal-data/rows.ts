import { sql, type RawBuilder } from 'kysely';
import { ledgerKindLabels } from '#contract/ledger.ts';
import type { LedgerKind } from '#domain/ledger/types.ts';
import { limits } from '#domain/privacy/limits.ts';
import { ERASED } from '#domain/privacy/words.ts';
import type { Tx } from '#platform/context.ts';
import type { Db } from '#platform/db/types.ts';
import { holds, wordsOf } from '#platform/personal/find-texts.ts';
import { hasNumber } from '#platform/personal/number-in.ts';
import type { Clue, Erased, Likeness, PersonalRecord } from '#platform/personal/person.ts';
import { MOST_FOUND, type Scan } from '#platform/personal/scan.ts';

interface Found { readonly batchId: string; readonly rowNo: number; readonly kind: LedgerKind; readonly on: string; readonly sheet: string; readonly sheetRow: number; readonly isLinked: boolean; readonly isOver: boolean }
const OVER = ['committed', 'undone', 'failed', 'cancelled'];

/** 导入时暂存的行: by name, by the number in the seal, and by whose home or record the row was of. */
async function findRows(db: Db, clue: Clue, part: RawBuilder<boolean>): Promise<PersonalRecord[]> {
  const numbered = await sealedWithNumber(db, clue, part);
  const subjects = clue.subjects.filter((id) => /^[0-9a-f-]{36}$/.test(id));
  const linked = sql<boolean>`(t.target_id = any(${subjects}::uuid[]) or exists (select from registry.ownership s where s.unit_id = t.target_id and s.owner_id = any(${subjects}::uuid[])))`;
  const named = holds(sql`concat(t.raw::text, t.fields::text, t.title, t.changes::text, t.problems::text, t.asks::text)`, wordsOf(clue));
  const { rows } = await sql<Found>`
    select t.batch_id, t.row_no, b.kind, (b.created_at at time zone 'Asia/Shanghai')::date::text as "on", t.sheet, t.sheet_row, ${linked} as is_linked, b.status = any(${OVER}::text[]) as is_over
      from ledger.batch_row t join ledger.batch b on b.id = t.batch_id
     where ${part} and t.county_id = ${clue.countyId}::uuid and (t.ctid = any(${[...numbered]}::tid[]) or ${named}) order by t.batch_id, t.row_no limit ${MOST_FOUND}`.execute(db);
  const found = new Set(numbered.size === 0 ? [] : (await sql<{ key: string }>`select t.batch_id || '/' || t.row_no as key from ledger.batch_row t where t.ctid = any(${[...numbered]}::tid[])`.execute(db)).rows.map(({ key }) => key));
  const records = rows.map((row) => rowRecord(row, found.has(`${row.batchId}/${row.rowNo}`) ? ['sure', '行内有本人的号码'] : row.isLinked ? ['linked', '与已认定的记录相连，行内有同样的姓名'] : ['check', '行内有同样的姓名']));
  return [...records, ...await filesOf(db, rows)];
}

/** Where the rows lie whose seal holds one of the person's numbers. */
async function sealedWithNumber(db: Db, clue: Clue, part: RawBuilder<boolean>): Promise<Set<string>> {
  if (clue.idIndex === null && clue.phoneIndexes.length === 0) return new Set();
  const { rows } = await sql<{ place: string; sealed: string }>`select t.ctid::text as place, t.sealed from ledger.batch_row t where ${part} and t.county_id = ${clue.countyId}::uuid and t.sealed is not null`.execute(db);
  return new Set(rows.filter(({ sealed }) => hasNumber(clue, clue.vault.open(sealed))).map(({ place }) => place));
}

/** Unsealing takes longest: a stretch is short enough for others' requests to come in between. */
export const rowScan: Scan = { table: 'ledger.batch_row', blocks: 250, look: findRows };

const rowRecord = (row: Found, [match, because]: readonly [Likeness, string]): PersonalRecord => ({
  kind: 'ledger.row', id: `${row.batchId}/${row.rowNo}`, title: `导入暂存：${row.on}《${ledgerKindLabels[row.kind]}》“${row.sheet}”第 ${row.sheetRow} 行`, match, because,
  fields: [{ name: '其中写到', value: '姓名、号码等原值' }], purpose: '导入台账时核对、修正和撤销', until: '没有导入的行满规定天数；已导入的行只留姓名等，没有自动删除', erases: row.isOver ? '整行原值（只是导入时的暂存，不影响台账）' : null, keeps: row.isOver ? [] : [limits.underWay],
});

/** 整份文件 that such rows came from: named as what stays. */
async function filesOf(db: Db, rows: readonly Found[]): Promise<PersonalRecord[]> {
  const batches = [...new Set(rows.map(({ batchId }) => batchId))];
  if (batches.length === 0) return [];
  const files = await db.selectFrom('ledger.batchFile').select(['batchId', 'fileNo']).where(sql<boolean>`batch_id = any(${batches}::uuid[])`).orderBy('batchId').orderBy('fileNo').execute();
  const of = new Map(rows.map((row) => [row.batchId, row]));
  return files.map(({ batchId, fileNo }): PersonalRecord => {
    const row = of.get(batchId);
    return {
      kind: 'ledger.file', id: `${batchId}/${fileNo}`, title: `台账原件：${row === undefined ? '' : `${row.on}《${ledgerKindLabels[row.kind]}》`}第 ${fileNo} 个文件`, match: 'linked', because: '其中的行写到此人', fields: [], purpose: '与导入结果核对',
      until: limits.wholeFile.until, erases: null, keeps: [limits.wholeFile],
    };
  });
}

/** 清空暂存的行 of imports that are over. */
export async function eraseRows(tx: Tx, ids: readonly string[], { countyId }: Clue): Promise<Erased[]> {
  if (ids.length === 0) return [];
  const { numAffectedRows } = await sql`
    update ledger.batch_row r set sealed = null, raw = '{}', fields = '{}', mended = null, changes = null, problems = '[]', resolution = null, asks = null, title = ${ERASED}, row_key = null
      from ledger.batch b where b.id = r.batch_id and b.status = any(${OVER}::text[]) and r.county_id = ${countyId}::uuid and (r.batch_id || '/' || r.row_no) = any(${[...ids]}::text[])`.execute(tx.db);
  return [{ table: 'ledger.batch_row', rows: Number(numAffectedRows ?? 0n) }];
}
