import type { getRefusedRows } from '#contract/ledger.ts';
import { ledgerKindLabels } from '#contract/ledger.ts';
import type { Input } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import { textOf } from '#domain/ledger/cells/cell.ts';
import type { LedgerKind, SheetMapping } from '#domain/ledger/types.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { writeWorkbook, type ExportColumn } from '#platform/workbook/write.ts';
import { titleOf, type Problem as RowProblem } from '../judge/judged.ts';
import { unseal, type Stored } from '../read/personal.ts';
import { batchFiles, mappingsOf } from '../read/source.ts';
import { getBatch } from '../store/batch.ts';
import type { RowRecord } from '../store/rows.ts';

interface Line { readonly cells: ReadonlyMap<string, string>; readonly where: string; readonly reason: string }

/** 下载退回的行: the original columns as they stood (mended cells as mended), what the sheet's name or title said as columns of its own, and 原因. */
export async function downloadRefused(ctx: Ctx, { params }: Input<typeof getRefusedRows>): Promise<Download> {
  const { kind, records, mapping } = await ctx.read(async (db) => {
    const batch = await getBatch(db, ctx.scope, params.batchId);
    const rows = await db.selectFrom('ledger.batchRow').selectAll().where('batchId', '=', batch.id).where('outcome', '=', 'refused').orderBy('rowNo').execute();
    return { kind: batch.kind, records: rows, mapping: mappingsOf(await batchFiles(db, batch.id)) };
  });
  if (records.length === 0) throw new Problem('state.conflict', '这个批次没有退回的行');
  const lines = records.map((record) => lineOf(ctx, kind, record, mapping(record.fileNo, record.sheet)));
  const headers = [...new Set(lines.flatMap(({ cells }) => [...cells.keys()]))];
  const column = (title: string, value: (line: Line) => string): ExportColumn<Line> => ({ title, as: 'text', value: (line) => ({ as: 'text', value: value(line) }) });
  const content = writeWorkbook<Line>({
    sheetName: '退回的行', rows: lines,
    columns: [...headers.map((header) => column(header, ({ cells }) => cells.get(header) ?? '')), column('原行号', ({ where }) => where), { ...column('原因', ({ reason }) => reason), width: 60 }],
    note: { asOf: ctx.today, exportedBy: ctx.actor.name, exportedAt: ctx.now },
  });
  return { fileName: `${ledgerKindLabels[kind]}-退回的行.xlsx`, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content };
}

/** Two levels of a header become one word; the importer reads it as it reads the two. */
const oneLevel = (header: string): string => header.replaceAll('／', '').replaceAll('\n', '');

function lineOf(ctx: Ctx, kind: LedgerKind, record: RowRecord, mapping: SheetMapping): Line {
  const { texts, cells } = unseal(ctx.kit.vault, record as unknown as Stored);
  const shown = new Map<string, string>();
  for (const field of Object.keys(mapping.constants)) if (mapping.columns[field] === undefined) shown.set(titleOf(kind, field), texts[field] ?? mapping.constants[field] ?? '');
  const fieldAt = new Map(Object.entries(mapping.columns).map(([field, index]) => [index, field]));
  for (const [index, header] of Object.entries(mapping.headers)) {
    const field = fieldAt.get(Number(index));
    shown.set(oneLevel(header), field === undefined ? textOf(cells?.[Number(index)] ?? null) : texts[field] ?? '');
  }
  // Names that rows below it told stand in no column of their own.
  if (mapping.columns['coOwners'] === undefined && texts['coOwners']) shown.set(titleOf(kind, 'coOwners'), texts['coOwners']);
  for (const field of (record.mended ?? []) as string[]) if (mapping.columns[field] === undefined) shown.set(titleOf(kind, field), texts[field] ?? '');
  const reasons = (record.problems as RowProblem[]).filter(({ severity }) => severity === 'error').map(({ message }) => message);
  return { cells: shown, where: `${record.sheet} 第${record.sheetRow}行`, reason: reasons.join('；') };
}
