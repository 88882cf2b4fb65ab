import { open } from 'node:fs/promises';
import { decodeText } from './decode-text.ts';
import { workbookLimits, type WorkbookLimits } from './limits.ts';
import { AS_XLSX, inspectUpload, tooLarge, type Inspection, type WorkbookType } from './open.ts';

/** 可读类型:workbooks, and the text tables that offices' systems export under the names of workbooks. */
export type ReadableType = WorkbookType | 'html' | 'sheetml' | 'csv';

/** 查验结果:what the file is by its bytes, or the sentence that refuses it. */
export type ReadableInspection = { readonly ok: true; readonly type: ReadableType; readonly bytes: number } | Extract<Inspection, { readonly ok: false }>;

const LOOKED_AT = 16_384;

/**
 * 查验可读文件:like `inspectUpload`, but a web page, an XML spreadsheet of 2003 and separated text are read too, whatever they are named.
 *
 * For reading only: what is to be filled and given back must be a workbook.
 */
export async function inspectReadable(path: string, name: string = path, limits: WorkbookLimits = workbookLimits): Promise<ReadableInspection> {
  const found = await inspectUpload(path, name, limits);
  if (found.ok || (found.code !== 'old-text-table' && found.code !== 'csv-file')) return found;
  const { head, size } = await headOf(path);
  const type = found.code === 'csv-file' ? 'csv' : textTable(head);
  const most = type === 'csv' ? limits.xlsBytes : limits.pageBytes;
  if (size > most) return { ok: false, code: 'too-large', message: tooLarge(size, most, AS_XLSX) };
  return type === null ? found : { ok: true, type, bytes: size };
}

/** A web archive, or XML of another kind, is none. */
function textTable(head: string): 'html' | 'sheetml' | null {
  if (/urn:schemas-microsoft-com:office:spreadsheet/i.test(head) && /<(\w+:)?Workbook[\s>]/.test(head)) return 'sheetml';
  return /^\s*MIME-Version:/i.test(head) || !/<(html|table|body|div|tr|meta|head)[\s>]/i.test(head) ? null : 'html';
}

async function headOf(path: string): Promise<{ head: string; size: number }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, LOOKED_AT));
    await file.read(bytes, 0, bytes.length, 0);
    return { head: decodeText(bytes), size };
  } finally {
    await file.close();
  }
}
