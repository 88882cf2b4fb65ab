import type { getRefusedRows } from '#contract/ledger.ts';
import { ledgerKindLabels } from '#contract/ledger.ts';
import type { Input } from '#contract/define-route.ts';
import type { Download } from '#contract/kernel.ts';
import { textOf } from '#domain/ledger/cells/cell.ts';
import type { JoinedRow, LedgerKind, SheetMapping } from '#domain/ledger/types.ts';
import type { Ctx } from '#platform/context.ts';
import { Problem } from '#platform/problem.ts';
import { writeWorkbook, type ExportColumn } from '#platform/workbook/write.ts';
import { titleOf, type Problem as RowProblem } from '../judge/judged.ts';
import { unseal, type Stored } from '../read/personal.ts';
import { batchFiles, mappingsOf } from '../read/source.ts';
import { getBatch } from '../store/batch.ts';
import { mendedOf, type RowRecord } from '../store/rows.ts';

interface Line { readonly cells: ReadonlyMap<string, string>; readonly where: string; readonly reason: string }

/** 下载退回的行: the original columns as they stood (mended cells as mended), what the sheet's name or title said as columns of its own, each co-owner's row below its home's, and 原因: mended in Excel, it comes in again without anything typed anew. */
export async function downloadRefused(ctx: Ctx, { params }: Input<typeof getRefusedRows>): Promise<Download> {
  const { kind, records, mapping } = await ctx.read(async (db) => {
    const batch = await getBatch(db, ctx.scope, params.batchId);
    const rows = await db.selectFrom('ledger.batchRow').selectAll().where('batchId', '=', batch.id).where('outcome', '=', 'refused').orderBy('rowNo').execute();
    return { kind: batch.kind, records: rows, mapping: mappingsOf(await batchFiles(db, batch.id)) };
  });
  if (records.length === 0) throw new Problem('state.conflict', '这个批次没有退回的行');
  const lines = records.flatMap((record) => linesOf(ctx, kind, record, mapping(record.fileNo, record.sheet)));
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

/** A refused row, and below it those that were joined to it: its co-owners with what was typed of them. */
function linesOf(ctx: Ctx, kind: LedgerKind, record: RowRecord, mapping: SheetMapping): Line[] {
  const { texts, cells, joined: told } = unseal(ctx.kit.vault, record as unknown as Stored);
  const mended = mendedOf(record);
  const joined = mended.includes('coOwners') ? [] : told;
  const shown = new Map<string, string>();
  for (const field of Object.keys(mapping.constants)) if (mapping.columns[field] === undefined) shown.set(titleOf(kind, field), texts[field] ?? mapping.constants[field] ?? '');
  const fieldAt = new Map(Object.entries(mapping.columns).map(([field, index]) => [index, field]));
  for (const [index, header] of Object.entries(mapping.headers)) {
    const field = fieldAt.get(Number(index));
    const isAsItStood = field === undefined || (field === 'coOwners' && joined.length > 0);
    shown.set(oneLevel(header), isAsItStood ? textOf(cells?.[Number(index)] ?? null) : texts[field] ?? '');
  }
  // Names that rows below it told stand in no column of their own.
  if (mapping.columns['coOwners'] === undefined && texts['coOwners'] && joined.length === 0) shown.set(titleOf(kind, 'coOwners'), texts['coOwners']);
  for (const field of mended) if (mapping.columns[field] === undefined) shown.set(titleOf(kind, field), texts[field] ?? '');
  const reasons = (record.problems as RowProblem[]).filter(({ severity }) => severity === 'error');
  const isOfJoined = ({ row }: RowProblem) => joined.some((one) => one.row === row);
  const share = mapping.columns['share'];
  const shareTitle = share === undefined ? titleOf(kind, 'share') : oneLevel(mapping.headers[share] ?? '');
  if (joined.length > 0) shown.set(shareTitle, shown.get(shareTitle) || HELD_TOGETHER);
  return [
    { cells: shown, where: `${record.sheet} 第${record.sheetRow}行`, reason: wordsOf(reasons.filter((problem) => !isOfJoined(problem))) },
    ...joined.map((one): Line => ({
      cells: new Map([...ofTheOwner(one, mapping), [shareTitle, one.texts['share'] || HELD_TOGETHER]]),
      where: `${record.sheet} 第${one.row}行`, reason: wordsOf(reasons.filter(({ row }) => row === one.row)),
    })),
  ];
}

const wordsOf = (problems: readonly RowProblem[]): string => problems.map(({ message }) => message).join('；');

/** What says that two rows below each other are of one home, where nothing else does: the merged cells are gone. */
const HELD_TOGETHER = '共同共有';
const OF_THE_OWNER = ['ownerName', 'ownerIdNumber', 'ownerPhones', 'morePhones', 'coOwners'];

/** The home is left blank: it is the one above, however that is mended. */
function ofTheOwner({ texts }: JoinedRow, { columns, headers }: SheetMapping): [string, string][] {
  return OF_THE_OWNER.flatMap((field) => {
    const column = columns[field];
    return column === undefined ? [] : [[oneLevel(headers[column] ?? ''), texts[field] ?? '']];
  });
}
