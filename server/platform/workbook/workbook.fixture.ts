import { findTable, HEAD_ROWS } from '#domain/ledger/find-table.ts';
import type { KnownNames } from '#domain/ledger/sheet-says.ts';
import { openReader } from '#domain/ledger/read-rows.ts';
import type { LedgerKind, LedgerRow, SheetFound, SkippedRow } from '#domain/ledger/types.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx, type WriteSheet } from 'hucre/xlsx';
import { utils, write, type BookType, type WorkBook } from '@e965/xlsx';
import { readWorkbook } from './read.ts';
import type { ReadableType } from './open-text.ts';
import type { ReadOptions, Sheet, SheetRow } from './sheet.ts';

/** 测试用文件夹:removed with everything in it when the test file ends. */
export async function temporaryFolder(): Promise<{ path: string; put(name: string, bytes: Uint8Array): Promise<string>; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'workbook-'));
  return {
    path,
    async put(name, bytes) {
      const file = join(path, name);
      await writeFile(file, bytes);
      return file;
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** 生成 xlsx */
export function xlsxOf(sheets: WriteSheet[]): Promise<Uint8Array> {
  return writeXlsx({ sheets });
}

/** 生成 xls 等旧格式 */
export function oldFormatOf(sheets: Readonly<Record<string, (string | number | boolean | Date | null)[][]>>, bookType: BookType, change: (book: WorkBook) => void = () => undefined): Buffer {
  const book = utils.book_new();
  for (const [name, rows] of Object.entries(sheets)) utils.book_append_sheet(book, utils.aoa_to_sheet(rows, { cellDates: true, UTC: true }), name);
  change(book);
  const bytes: Buffer = write(book, { type: 'buffer', bookType });
  return bytes;
}

/** 读全部:everything that a small workbook holds. */
export async function readAll(path: string, type: ReadableType, options: ReadOptions = {}): Promise<{ sheet: Sheet; rows: SheetRow[] }[]> {
  const found: { sheet: Sheet; rows: SheetRow[] }[] = [];
  for await (const part of readWorkbook(path, type, options)) {
    if (part.kind === 'sheet') found.push({ sheet: part.sheet, rows: [] });
    else found.at(-1)?.rows.push(...part.rows);
  }
  return found;
}

/** 读台账:the whole way from a file to typed rows, as the ledger module goes it. */
export async function readLedger<K extends LedgerKind>(kind: K, path: string, type: ReadableType, known: KnownNames = {}): Promise<{ found: SheetFound[]; rows: LedgerRow<K>[]; skipped: SkippedRow[] }> {
  const found = (await readAll(path, type, { rowsPerSheet: HEAD_ROWS })).map(({ sheet, rows }) => findTable(kind, sheet, rows, known));
  const reader = openReader(kind);
  const read: LedgerRow<K>[] = [];
  const skipped: SkippedRow[] = [];
  let isOpen = false;
  for await (const part of readWorkbook(path, type)) {
    if (part.kind === 'sheet') {
      read.push(...reader.finish());
      const table = found.find(({ sheet }) => sheet === part.sheet.name);
      isOpen = table?.status === 'table' && table.mapping !== null;
      if (table?.mapping && isOpen) reader.openSheet(table.mapping, part.sheet);
    } else if (isOpen) {
      const taken = reader.take(part.rows);
      read.push(...taken.rows);
      skipped.push(...taken.skipped);
    }
  }
  return { found, rows: [...read, ...reader.finish()], skipped };
}
