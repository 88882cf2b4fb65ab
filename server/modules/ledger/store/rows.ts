import { sql, type Selectable } from 'kysely';
import type { Id } from '#domain/kernel/brand.ts';
import { ledgerSpecs } from '#domain/ledger/ledger-specs.ts';
import type { LedgerKind, RawCell, SheetMapping } from '#domain/ledger/types.ts';
import type { Vault } from '#platform/crypto/vault.ts';
import type { Db } from '#platform/db/types.ts';
import type { Asks, Change, Entry, Judged, Problem, Resolution } from '../judge/judged.ts';
import { maskProblem, seal, unseal } from '../read/personal.ts';
import type { LedgerTables } from '../tables.gen.ts';

/** 批次行 as stored. */
export type RowRecord = Selectable<LedgerTables['ledger.batchRow']>;

/** What judging and writing a staged row takes; what is only shown stays where it is. */
export const stagedColumns = ['rowNo', 'fileNo', 'sheet', 'sheetRow', 'raw', 'fields', 'problems', 'resolution', 'sealed', 'outcome', 'targetId', 'targetVersion'] as const;
export type StagedRow = Pick<RowRecord, (typeof stagedColumns)[number]>;

/** Columns of the temporary table that rows are copied into, in the order of `lineOf`. */
export const STAGED = 'row_no, file_no, sheet, sheet_row, raw, fields, outcome, target_id, target_version, changes, problems, title, row_key, is_warned, resolution, asks, sealed';

/** JSON that jsonb can hold: without NUL. */
export const json = (value: unknown): string => JSON.stringify(value).replaceAll('\\u0000', '');

/** 暂存一行 as one line for COPY. A refused row keeps its cells as they stood, for the download. */
export function lineOf(vault: Vault, entry: Entry, judged: Judged, cells: readonly RawCell[]): (string | number | boolean | null)[] {
  const { raw, fields, sealed } = seal(vault, entry.row, judged.outcome === 'refused' ? cells : null);
  return [
    entry.rowNo, entry.fileNo, entry.row.sheet, entry.row.row, json(raw), json(fields), judged.outcome, judged.targetId, judged.targetVersion,
    judged.outcome === 'changed' ? json(judged.changes) : null, json(judged.problems.map((problem) => maskProblem(problem, entry.row.texts))),
    judged.title.slice(0, 200), judged.key, judged.problems.some(({ severity }) => severity === 'warn'),
    entry.resolution === null ? null : json(entry.resolution), judged.asks === null ? null : json(judged.asks), sealed,
  ];
}

/** 待判的行 out of what was stored, with the problems that reading it found (not those of judging). */
export function entryOf<K extends LedgerKind>(vault: Vault, kind: K, record: StagedRow, mapping: SheetMapping): Entry<K> {
  const { texts, values, joined } = unseal<K>(vault, record as unknown as { raw: Record<string, string>; fields: Record<string, unknown>; sealed: string | null });
  const problems = (record.problems as Problem[]).filter(({ isJudged }) => isJudged !== true);
  return {
    rowNo: record.rowNo, fileNo: record.fileNo, mapping, resolution: record.resolution as Resolution | null,
    row: { sheet: record.sheet, row: record.sheetRow, values, texts, ...(joined.length === 0 ? {} : { joined }), problems: problems as Entry<K>['row']['problems'] },
  };
}

/** 行的待选 */
export const asksOf = (record: RowRecord): Asks => record.asks ?? {};
/** 已修正的字段 */
export const mendedOf = ({ mended }: Pick<RowRecord, 'mended'>): string[] => (Array.isArray(mended) ? mended.filter((field) => typeof field === 'string') : []);
/** 行的变更 */
export const changesOf = (record: RowRecord): Change[] => (record.changes ?? []) as Change[];

/** 批次的行 after `rowNo`, in order: what confirming and re-judging read, batch by batch. */
export function rowsAfter(db: Db, batchId: Id<'Batch'>, rowNo: number, limit: number): Promise<RowRecord[]> {
  return db.selectFrom('ledger.batchRow').selectAll().where('batchId', '=', batchId).where('rowNo', '>', rowNo).orderBy('rowNo').limit(limit).execute();
}

/** 查一行 */
export function findRow(db: Db, batchId: Id<'Batch'>, rowNo: number): Promise<RowRecord | undefined> {
  return db.selectFrom('ledger.batchRow').selectAll().where('batchId', '=', batchId).where('rowNo', '=', rowNo).executeTakeFirst();
}

/** 同一对象的另一行 that is not refused: what makes this one a duplicate. */
export function otherWithKey(db: Db, batchId: Id<'Batch'>, rowNo: number, key: string): Promise<RowRecord | undefined> {
  return db.selectFrom('ledger.batchRow').selectAll().where('batchId', '=', batchId).where('rowKey', '=', key).where('rowNo', '<>', rowNo).where('outcome', '<>', 'refused').limit(1).executeTakeFirst();
}

/** 改一行 after it was mended or judged again. */
export async function rewriteRow(db: Db, vault: Vault, batchId: Id<'Batch'>, entry: Entry, judged: Judged, cells: readonly RawCell[] | null, mended: readonly string[]): Promise<void> {
  const { raw, fields, sealed } = seal(vault, entry.row, judged.outcome === 'refused' ? cells : null);
  await db.updateTable('ledger.batchRow').set({
    raw: json(raw), fields: json(fields), sealed, outcome: judged.outcome, targetId: judged.targetId, targetVersion: judged.targetVersion,
    changes: judged.outcome === 'changed' ? json(judged.changes) : null, problems: json(judged.problems.map((problem) => maskProblem(problem, entry.row.texts))),
    title: judged.title.slice(0, 200), rowKey: judged.key, isWarned: judged.problems.some(({ severity }) => severity === 'warn'),
    resolution: entry.resolution === null ? null : json(entry.resolution), asks: judged.asks === null ? null : json(judged.asks), mended: json(mended),
  }).where('batchId', '=', batchId).where('rowNo', '=', entry.rowNo).execute();
}

/** 批次的计数, out of its rows. */
export interface Counts { rowCount: number; newCount: number; changedCount: number; unchangedCount: number; refusedCount: number; warnedCount: number; problemCounts: { code: string; severity: string; rows: number }[] }

/** 重新计数: counts always follow the rows. */
export async function countRows(db: Db, batchId: Id<'Batch'>): Promise<Counts> {
  const { rows: [sums] } = await sql<Omit<Counts, 'problemCounts'>>`
    select count(*) as "rowCount", count(*) filter (where outcome = 'new') as "newCount", count(*) filter (where outcome = 'changed') as "changedCount",
           count(*) filter (where outcome = 'unchanged') as "unchangedCount", count(*) filter (where outcome = 'refused') as "refusedCount", count(*) filter (where is_warned) as "warnedCount"
      from ledger.batch_row where batch_id = ${batchId}`.execute(db);
  const { rows: problemCounts } = await sql<Counts['problemCounts'][number]>`
    select p->>'code' as code, p->>'severity' as severity, count(distinct r.row_no) as rows
      from ledger.batch_row r cross join lateral jsonb_array_elements(r.problems) p where r.batch_id = ${batchId} and r.problems <> '[]' group by 1, 2 order by 3 desc, 1`.execute(db);
  // Proof: an aggregate without `group by` answers exactly one row.
  return { ...sums!, problemCounts };
}

/** 字段名称 of a ledger, in its order. */
export const fieldsOf = (kind: LedgerKind): { field: string; title: string; isRequired: boolean }[] =>
  ledgerSpecs[kind].fields.map(({ key, title, isRequired }) => ({ field: key, title, isRequired }));
