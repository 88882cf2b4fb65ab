import { orgIndex } from '#modules/registry/index.ts';
import { ledgerSpecs } from '#domain/ledger/ledger-specs.ts';
import type { LedgerKind } from '#domain/ledger/types.ts';
import { makeId } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import type { Upload } from '#platform/files/store.ts';
import { Problem } from '#platform/problem.ts';
import { inspectReadable } from '#platform/workbook/open-text.ts';
import { inspectUpload } from '#platform/workbook/open.ts';
import { WorkbookRefusal } from '#platform/workbook/refusal.ts';
import { findSheets, readHeads, type Found, type Head, type MappingMemory } from './find-sheets.ts';

/** 识别过的文件 */
export interface Detected { readonly upload: Upload; readonly sheets: readonly Found[] }

/** 读已知名称和表头记忆 of the county. */
export async function knownTo(ctx: Ctx, countyId: string, kind: LedgerKind): Promise<{ townships: string[]; memory: MappingMemory }> {
  return ctx.read(async (db) => {
    const places = await orgIndex(db, makeId<'OrgUnit'>(countyId));
    const remembered = await db.selectFrom('ledger.mappingMemory').select(['signature', 'mapping']).where('countyId', '=', makeId<'OrgUnit'>(countyId)).where('kind', '=', kind).execute();
    return {
      townships: places.filter((place) => place.kind === 'township').map(({ name }) => name),
      memory: new Map(remembered.map(({ signature, mapping }) => [signature, mapping as { columns: Record<string, number> }])),
    };
  });
}

/** 读一个文件的表头. @throws Problem workbook.refused, naming the file and what to do */
export async function headsOf(path: string, name: string): Promise<Head[]> {
  const inspected = await inspectReadable(path, name);
  if (!inspected.ok) throw refusal(name, inspected.message);
  try {
    return await readHeads(path, inspected.type);
  } catch (error) {
    if (error instanceof WorkbookRefusal) throw refusal(name, error.message);
    throw error;
  }
}

/** 识别上传的文件:which of their sheets hold this ledger. @throws Problem workbook.refused when one of them holds none, so that nothing of the upload is kept */
export async function detect(ctx: Ctx, countyId: string, kind: LedgerKind, uploads: readonly Upload[]): Promise<Detected[]> {
  const { townships, memory } = await knownTo(ctx, countyId, kind);
  const detected: Detected[] = [];
  for (const upload of uploads) {
    const sheets = findSheets(kind, await headsOf(upload.path, upload.name), { townships, fileName: upload.name }, memory);
    await refuseMereText(upload, sheets);
    refuseWithoutTable(kind, upload.name, sheets);
    detected.push({ upload, sheets });
  }
  return detected;
}

/** 是否需要指认:no sheet of the file is sure, or one that looks meant is not. */
export function needsPicking({ sheets }: Detected): boolean {
  return !sheets.some(({ status }) => status === 'table') || sheets.some(({ status, mapping }) => status === 'unsure' && mapping !== null);
}

/** Text in which nothing looks like a table is what it is: no workbook. */
async function refuseMereText({ path, name }: Upload, sheets: readonly Found[]): Promise<void> {
  if (sheets.some(({ status, mapping }) => status === 'table' || mapping !== null)) return;
  const inspected = await inspectUpload(path, name);
  if (!inspected.ok) throw refusal(name, inspected.message);
}

function refuseWithoutTable(kind: LedgerKind, name: string, sheets: readonly Found[]): void {
  if (sheets.some(({ status }) => status === 'table')) return;
  const unsure = sheets.filter(({ status }) => status === 'unsure');
  const other = unsure.find(({ reason }) => reason?.includes('看起来像《') === true);
  const title = ledgerSpecs[kind].title;
  if (other !== undefined) throw refusal(name, `“${other.sheet}”表${other.reason ?? ''}，不像《${title}》。请检查台账种类是否选对。`);
  if (unsure.length > 0) return;
  const why = sheets.map(({ sheet, reason }) => `“${sheet}”表：${reason ?? '没有表格'}`).slice(0, 5).join('；');
  throw refusal(name, sheets.length === 0 ? '工作簿里没有可读的内容，请检查后再上传。' : `没有找到《${title}》的表格（${why}），请检查后再上传。`);
}

function refusal(name: string, sentence: string): Problem {
  return new Problem('workbook.refused', `“${name}”不能导入：${sentence}`);
}
