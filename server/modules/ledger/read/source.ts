import { ledgerSpecs } from '#domain/ledger/ledger-specs.ts';
import type { SheetMapping } from '#domain/ledger/types.ts';
import type { FileStore } from '#platform/files/store.ts';
import type { Db } from '#platform/db/types.ts';
import { Problem } from '#platform/problem.ts';
import { inspectReadable } from '#platform/workbook/open-text.ts';
import { filesOf } from '../store/batch.ts';
import type { Id } from '#domain/kernel/brand.ts';
import type { Found } from './find-sheets.ts';
import type { Source } from './rows.ts';

/** 批次的一个文件 with its content's hash and what was found in its sheets. */
export interface BatchFile { readonly fileNo: number; readonly fileId: Id<'File'>; readonly name: string; readonly hash: string; readonly sizeBytes: number; readonly mediaType: string; readonly sheets: readonly Found[] }

/** 批次的文件 */
export async function batchFiles(db: Db, batchId: Id<'Batch'>): Promise<BatchFile[]> {
  const files = await filesOf(db, batchId);
  if (files.length === 0) return [];
  const stored = new Map((await db.selectFrom('platform.file').select(['id', 'hash', 'sizeBytes', 'mediaType']).where('id', 'in', files.map(({ fileId }) => fileId)).execute()).map((row) => [row.id, row]));
  return files.flatMap((file) => {
    const content = stored.get(file.fileId);
    return content === undefined ? [] : [{ fileNo: file.fileNo, fileId: file.fileId, name: file.name, hash: content.hash, sizeBytes: content.sizeBytes, mediaType: content.mediaType, sheets: (file.sheets ?? []) as unknown as Found[] }];
  });
}

/** 要读的表:only sheets in which a table was found or picked. @throws Problem workbook.refused when a file has become unreadable */
export async function sourcesOf(files: readonly BatchFile[], store: FileStore): Promise<Source[]> {
  const sources: Source[] = [];
  for (const { fileNo, hash, name, sheets } of files) {
    const mappings = sheets.flatMap(({ status, mapping }): SheetMapping[] => (status === 'table' && mapping !== null ? [mapping] : []));
    if (mappings.length === 0) continue;
    const path = store.pathOf(hash);
    const inspected = await inspectReadable(path, name);
    if (!inspected.ok) throw new Problem('workbook.refused', `“${name}”:${inspected.message}`);
    sources.push({ fileNo, path, type: inspected.type, sheets: mappings });
  }
  return sources;
}

/** 别的台账:sentences for sheets that hold another kind of ledger and are not read. */
export function otherKindsOf(files: readonly BatchFile[]): string[] {
  const others = files.flatMap(({ sheets }) => sheets.flatMap(({ sheet, otherKind }) => (otherKind === undefined ? [] : [`“${sheet}”表是《${ledgerSpecs[otherKind].title}》`])));
  return others.length === 0 ? [] : [`工作簿里还有别的台账，这次没有读取：${others.join('，')}，请另行导入。`];
}

/** 取数方案查询 by file and sheet, for rows that were stored. */
export function mappingsOf(files: readonly BatchFile[]): (fileNo: number, sheet: string) => SheetMapping {
  const known = new Map(files.flatMap(({ fileNo, sheets }) => sheets.flatMap(({ sheet, mapping }) => (mapping === null ? [] : [[`${fileNo}/${sheet}`, mapping]]))));
  return (fileNo, sheet) => known.get(`${fileNo}/${sheet}`) ?? { sheet, headerRows: [1], firstRow: 2, columns: {}, headers: {}, constants: {}, townshipFrom: 'none' };
}
