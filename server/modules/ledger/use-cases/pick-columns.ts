import type { putLedgerMapping } from '#contract/ledger.ts';
import type { Input, Output } from '#contract/define-route.ts';
import { tableAt } from '#domain/ledger/find-table.ts';
import type { KnownNames } from '#domain/ledger/sheet-says.ts';
import { ledgerSpecs } from '#domain/ledger/ledger-specs.ts';
import type { LedgerKind, SheetMapping } from '#domain/ledger/types.ts';
import { makeId } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { presentBatch } from '../present.ts';
import { headsOf, knownTo } from '../read/detect.ts';
import type { Found, Head } from '../read/find-sheets.ts';
import { batchFiles, type BatchFile } from '../read/source.ts';
import { getBatch, lockBatch, updateBatch } from '../store/batch.ts';
import { json } from '../store/rows.ts';
import { refuseWhileReading } from './settle-batch.ts';

type Picked = Input<typeof putLedgerMapping>['body']['sheets'][number];

/** 指认表头和列: sheets that are not named are passed over; the choice is remembered for the next file with this header, and the files are read again. */
export async function pickColumns(ctx: Ctx, { params, body }: Input<typeof putLedgerMapping>): Promise<Output<typeof putLedgerMapping>> {
  await refuseWhileReading(ctx, params.batchId);
  const { kind, countyId, files } = await ctx.read(async (db) => {
    const batch = await getBatch(db, ctx.scope, params.batchId);
    return { kind: batch.kind, countyId: batch.countyId, files: await batchFiles(db, batch.id) };
  });
  refuseIncomplete(kind, body.sheets);
  const { townships } = await knownTo(ctx, countyId, kind);
  const settled: { file: BatchFile; sheets: Found[] }[] = [];
  for (const file of files) {
    const heads = await headsOf(ctx.kit.files.pathOf(file.hash), file.name);
    const picked = new Map(body.sheets.filter(({ fileNo }) => fileNo === file.fileNo).map((sheet) => [sheet.sheet, sheet]));
    settled.push({ file, sheets: file.sheets.map((found) => pick(kind, found, heads, picked.get(found.sheet), { townships, fileName: file.name })) });
  }
  const signatures = settled.flatMap(({ sheets }) => sheets).filter(({ status }) => status === 'table');
  if (signatures.length === 0) throw new Problem('input.invalid', '没有找到所指认的工作表，请重新选择');

  return ctx.transact(async (tx) => {
    const batch = await lockBatch(tx.db, ctx.scope, params.batchId);
    if (!['mapping', 'preview', 'failed'].includes(batch.status)) throw new Problem('state.conflict', '这个批次已经结束，不能再指认列');
    for (const { file, sheets } of settled) await tx.db.updateTable('ledger.batchFile').set({ sheets: json(sheets) }).where('batchId', '=', batch.id).where('fileNo', '=', file.fileNo).execute();
    for (const { signature, mapping } of signatures) {
      if (signature === '' || mapping === null) continue;
      const remembered = json({ columns: mapping.columns });
      await tx.db.insertInto('ledger.mappingMemory').values({ countyId, kind, signature, mapping: remembered, usedAt: ctx.now })
        .onConflict((conflict) => conflict.columns(['countyId', 'kind', 'signature']).doUpdateSet({ mapping: remembered, usedAt: ctx.now })).execute();
    }
    const jobId = await ctx.kit.queue.start(ctx, tx, { kind: 'ledger.read', input: { batchId: batch.id }, countyId });
    tx.audit({ action: 'ledger.map', subject: ['Batch', batch.id], before: null, after: { sheets: body.sheets.map(({ sheet }) => sheet) }, countyId, townshipId: batch.townshipId });
    return presentBatch(ctx, tx.db, await updateBatch(tx.db, batch.id, { status: 'uploaded', jobId: makeId<'Job'>(jobId), notice: null, failure: null }));
  });
}

function pick(kind: LedgerKind, found: Found, heads: readonly Head[], picked: Picked | undefined, known: KnownNames): Found {
  const head = heads.find(({ facts }) => facts.name === found.sheet);
  if (picked === undefined || head === undefined) return { ...found, status: 'skipped', reason: '未选择这张表' };
  const at = tableAt(kind, head.facts, head.rows, picked.headerRows, known);
  const mapping: SheetMapping = {
    sheet: found.sheet, headerRows: picked.headerRows, firstRow: Math.max(picked.firstRow, (picked.headerRows.at(-1) ?? 0) + 1), columns: picked.columns,
    headers: at.mapping?.headers ?? {}, constants: picked.constants, townshipFrom: picked.townshipFrom,
    ...(at.mapping?.beside === undefined ? {} : { beside: at.mapping.beside }),
  };
  const field = (index: number) => Object.entries(picked.columns).find(([, column]) => column === index)?.[0] ?? null;
  return { ...at, preview: found.preview, status: 'table', reason: null, confidence: 100, missing: [], mapping, columns: at.columns.map((column) => ({ ...column, field: field(column.index) })) };
}

function refuseIncomplete(kind: LedgerKind, sheets: readonly Picked[]): void {
  const { fields } = ledgerSpecs[kind];
  const errors = sheets.flatMap(({ sheet, columns, constants }, at) => {
    const unknown = [...Object.keys(columns), ...Object.keys(constants)].filter((key) => !fields.some((field) => field.key === key));
    const missing = fields.filter((field) => field.isRequired && columns[field.key] === undefined && constants[field.key] === undefined && !(field.key === 'estate' && columns['unitNumber'] !== undefined)).map(({ title }) => title);
    const twice = Object.values(columns).filter((column, index, all) => all.indexOf(column) !== index);
    return [
      ...(unknown.length > 0 ? [{ pointer: `/sheets/${at}/columns`, message: `“${sheet}”表：没有“${unknown.join('、')}”这样的字段` }] : []),
      ...(missing.length > 0 ? [{ pointer: `/sheets/${at}/columns`, message: `“${sheet}”表：请指认“${missing.join('”“')}”是哪一列` }] : []),
      ...(twice.length > 0 ? [{ pointer: `/sheets/${at}/columns`, message: `“${sheet}”表：一列只能对应一个字段` }] : []),
    ];
  });
  if (errors.length > 0) throw new Problem('input.invalid', errors.map(({ message }) => message).join('；'), { errors });
}
