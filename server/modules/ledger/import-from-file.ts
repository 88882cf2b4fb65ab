import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { makeId, isLocalDate, type LocalDate } from '#domain/kernel/brand.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { ledgerKinds } from '#domain/ledger/ledger-specs.ts';
import type { LedgerKind } from '#domain/ledger/types.ts';
import { unreadColumns } from '#domain/ledger/unread-columns.ts';
import { normaliseName } from '#domain/kernel/chinese-text.ts';
import { countyScope } from '#platform/access/scope.ts';
import type { Ctx } from '#platform/context.ts';
import type { Kit } from '#platform/kit.ts';
import { systemContext } from '#platform/make-context.ts';
import { Problem } from '#platform/problem.ts';
import { inspectReadable } from '#platform/workbook/open-text.ts';
import { workbookLimits } from '#platform/workbook/limits.ts';
import { UNSTATED } from './apply/purpose.ts';
import { confirmBatch, readBatch } from './jobs.ts';
import type { Problem as RowProblem } from './judge/judged.ts';
import { placeKeys } from './judge/books.ts';
import { detect, type Detected } from './read/detect.ts';
import { getBatch, updateBatch, type BatchRecord } from './store/batch.ts';
import { createBatch } from './store/create-batch.ts';

/** 台账种类, as the command line writes them. */
export const LEDGER_KINDS: readonly LedgerKind[] = ledgerKinds;

export interface ImportOptions {
  readonly kind: LedgerKind; readonly path: string; readonly countyCode: string;
  readonly townshipName?: string; readonly dryRun?: boolean;
  readonly purpose?: string; readonly document?: string; readonly deleteOn?: string;
}

/** 导入结果:what the command prints. */
export interface ImportAnswer {
  readonly rows: number; readonly valid: number; readonly new: number; readonly changed: number; readonly unchanged: number; readonly refused: number;
  readonly problems: readonly { readonly row: number; readonly sheet: string; readonly column: string | null; readonly code: string; readonly severity: 'error' | 'warn'; readonly message: string }[];
  /** What the operator should know of the import as a whole; it belongs to no row. */
  readonly notes: readonly string[];
}

const YEAR = 365;

/**
 * 从文件导入台账, by the same way as the pages go: a batch with its original file, staged, judged, confirmed by the system itself.
 *
 * A dry run stages and judges, then cancels the batch; nothing is imported.
 * @throws Problem workbook.refused, input.invalid, rule.violated
 */
export async function importFromFile(kit: Kit, options: ImportOptions): Promise<ImportAnswer> {
  const county = await countyOf(kit, options.countyCode);
  const ctx = systemContext(kit, { scope: countyScope(county.id) });
  const townshipId = options.townshipName === undefined ? null : await townshipOf(ctx, county.id, options.townshipName);
  const { purpose, isUnstated } = purposeOf(ctx, options);
  await refuseUnreadable(options.path);
  const upload = await kit.files.put(createReadStream(options.path), { name: basename(options.path), mediaType: 'application/octet-stream', limitBytes: workbookLimits.fileBytes });
  const detected = await detect(ctx, county.id, options.kind, [upload]);
  const unsure = detected.flatMap(({ sheets }) => (sheets.some(({ status }) => status === 'table') ? [] : sheets.filter(({ status }) => status === 'unsure')));
  if (unsure.length > 0) throw new Problem('workbook.refused', `“${upload.name}”不能导入：“${unsure[0]?.sheet ?? ''}”表${unsure[0]?.reason ?? ''}。${unsure[0]?.reason?.includes('请改成') === true ? '' : '请在网页上导入这个文件并指认各列。'}`);
  const batch = await ctx.transact(async (tx) => {
    tx.auditNothing('an upload changes nothing of the registry');
    return createBatch(ctx, tx, { kind: options.kind, countyId: county.id, townshipId, ...purpose, detected, isUnattended: true });
  });
  await readBatch(ctx, batch.id, quiet);
  const staged = await reload(ctx, batch);
  if (staged.status === 'failed') throw new Problem('workbook.refused', staged.failure ?? '文件没有读成');
  const problems = await problemsOf(ctx, batch);
  if (options.dryRun === true) await settle(ctx, batch, 'cancelled');
  else await confirm(kit, ctx, batch);
  return {
    rows: staged.rowCount, valid: staged.rowCount - staged.refusedCount, new: staged.newCount, changed: staged.changedCount, unchanged: staged.unchangedCount, refused: staged.refusedCount,
    problems, notes: [...(staged.notice === null ? [] : [staged.notice]), ...passedOver(detected), ...notTaken(detected), ...(isUnstated ? [UNSTATED_NOTE] : [])],
  };
}

/** Sheets that were not read, each with the reason; blank ones and those that the notice names are left out. */
function passedOver(detected: readonly Detected[]): string[] {
  const left = detected.flatMap(({ sheets }) => sheets.filter(({ status, reason, otherKind }) => status !== 'table' && otherKind === undefined && reason !== '空白工作表'));
  return left.length === 0 ? [] : [`没有读取的工作表：${left.map(({ sheet, reason }) => `“${sheet}”（${reason ?? '没有表格'}）`).join('、')}。`];
}

/** Columns of the tables that were read which this ledger does not keep. */
function notTaken(detected: readonly Detected[]): string[] {
  const said = detected.flatMap(({ sheets }) => sheets.filter(({ status }) => status === 'table').map(({ sheet, columns }) => ({ sheet, unread: unreadColumns(columns) })));
  return said.filter(({ unread }) => unread.length > 0).map(({ sheet, unread }) => `“${sheet}”表这些列没有读取：${unread.join('、')}。`);
}

const quiet = () => Promise.resolve();
const MOST_TRIES = 3;

/** Records edited between reading and confirming are judged again; the command line then confirms what it sees. */
async function confirm(kit: Kit, ctx: Ctx, batch: BatchRecord): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    await settle(ctx, batch, 'confirming');
    await confirmBatch(systemContext(kit, { scope: ctx.scope }), batch.id, quiet);
    const { status, notice } = await reload(ctx, batch);
    if (status === 'committed') return;
    if (tries === MOST_TRIES - 1) throw new Problem('state.conflict', notice ?? '导入没有完成，请稍后再试');
  }
}

const reload = (ctx: Ctx, { id }: BatchRecord): Promise<BatchRecord> => ctx.read((db) => getBatch(db, ctx.scope, id));

function settle(ctx: Ctx, { id }: BatchRecord, status: 'cancelled' | 'confirming'): Promise<BatchRecord> {
  return ctx.transact((tx) => {
    tx.auditNothing('the batch alone changes its state');
    return updateBatch(tx.db, id, { status });
  });
}

async function problemsOf(ctx: Ctx, { id }: BatchRecord): Promise<ImportAnswer['problems']> {
  const rows = await ctx.read((db) => db.selectFrom('ledger.batchRow').select('problems').where('batchId', '=', id).where((eb) => eb.or([eb('outcome', '=', 'refused'), eb('isWarned', '=', true)])).orderBy('rowNo').execute());
  return rows.flatMap(({ problems }) => problems as RowProblem[]).map(({ row, sheet, column, code, severity, message }) => ({ row, sheet, column, code, severity, message }));
}

const UNSTATED_NOTE = '没有说明业主信息的使用目的、依据文件和删除日期（--purpose --document --delete-on），已按“未注明”登记、一年后删除，请尽快补正';

function purposeOf(ctx: Ctx, { kind, purpose, document, deleteOn }: ImportOptions): { purpose: { purpose: string | null; document: string | null; deleteOn: LocalDate | null }; isUnstated: boolean } {
  if (kind !== 'units') return { purpose: { purpose: null, document: null, deleteOn: null }, isUnstated: false };
  if (deleteOn !== undefined && !isLocalDate(deleteOn)) throw new Problem('input.invalid', `删除日期“${deleteOn}”应写成 2027-06-30 的样子`);
  const isUnstated = purpose === undefined || document === undefined || deleteOn === undefined;
  return { purpose: { purpose: purpose ?? UNSTATED.purpose, document: document ?? UNSTATED.document, deleteOn: deleteOn !== undefined && isLocalDate(deleteOn) ? deleteOn : addDays(ctx.today, YEAR) }, isUnstated };
}

async function countyOf(kit: Kit, code: string) {
  const found = await systemContext(kit).read((db) => db.selectFrom('platform.orgUnit').select(['id', 'name']).where('code', '=', code).where('kind', '=', 'county').executeTakeFirst());
  if (!found) throw new Problem('input.invalid', `没有代码为 ${code} 的县，请先用 county add 建立`);
  return found;
}

async function townshipOf(ctx: Ctx, countyId: string, name: string) {
  const townships = await ctx.read((db) => db.selectFrom('platform.orgUnit').select(['id', 'name']).where('countyId', '=', makeId<'OrgUnit'>(countyId)).where('kind', '=', 'township').where('archivedAt', 'is', null).execute());
  const keys = placeKeys(name);
  const [found, more] = townships.filter((place) => normaliseName(place.name) === keys[0]).concat(townships.filter((place) => placeKeys(place.name).some((key) => keys.includes(key)) && normaliseName(place.name) !== keys[0]));
  if (found === undefined || (more !== undefined && normaliseName(found.name) !== keys[0])) throw new Problem('input.invalid', `本县没有乡镇（街道）“${name}”，可填：${townships.map((place) => place.name).join('、')}`);
  return found.id;
}

/** Before anything is stored. */
async function refuseUnreadable(path: string): Promise<void> {
  const facts = await stat(path).catch(() => null);
  if (facts === null || !facts.isFile()) throw new Problem('input.invalid', `找不到文件 ${path}`);
  const inspected = await inspectReadable(path, basename(path));
  if (!inspected.ok) throw new Problem('workbook.refused', `“${basename(path)}”不能导入：${inspected.message}`);
}
