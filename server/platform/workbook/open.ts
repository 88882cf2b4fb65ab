import { open, type FileHandle } from 'node:fs/promises';
import { workbookLimits, type WorkbookLimits } from './limits.ts';
import { oleNames } from './ole.ts';
import { mb, sentences, WorkbookRefusal, type RefusalCode } from './refusal.ts';
import { openZip } from './zip.ts';

/** 工作簿类型:the two that can be read. */
export type WorkbookType = 'xlsx' | 'xls';

/** 查验结果:what the file is by its bytes, or the sentence that refuses it. */
export type Inspection =
  | { readonly ok: true; readonly type: WorkbookType; readonly bytes: number }
  | { readonly ok: false; readonly code: RefusalCode; readonly message: string };

/**
 * 查验上传文件:is this file, by its bytes and not by its name, a workbook that may be read?
 *
 * Reads a few kilobytes and the zip's directory only; a file over the limit is refused before anything is read.
 * `name` is the name it was uploaded under: WPS .et files differ from .xls by little else.
 */
export async function inspectUpload(path: string, name: string = path, limits: WorkbookLimits = workbookLimits): Promise<Inspection> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size === 0) return refuse('empty-file');
    if (size > limits.fileBytes) return refuse('too-large', tooLarge(size, limits.fileBytes));
    return await inspectBytes(file, path, name.toLowerCase(), size, limits);
  } catch (error) {
    if (error instanceof WorkbookRefusal) return refuse(error.code, error.message);
    throw error;
  } finally {
    await file.close();
  }
}

async function inspectBytes(file: FileHandle, path: string, name: string, size: number, limits: WorkbookLimits): Promise<Inspection> {
  const head = Buffer.alloc(Math.min(size, 4096));
  await file.read(head, 0, head.length, 0);
  const magic = head.toString('latin1', 0, 8);
  if (magic.startsWith('PK\u0003\u0004') || magic.startsWith('PK\u0005\u0006')) return inspectZip(path, size, limits);
  if (magic === '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1') return inspectOle(file, name, size, limits);
  if (head[0] === 9 && head[1] !== undefined && [0, 2, 4, 8].includes(head[1])) return { ok: true, type: 'xls', bytes: size };   // a bare BIFF stream of the nineties
  return inspectOther(head, magic);
}

async function inspectZip(path: string, size: number, limits: WorkbookLimits): Promise<Inspection> {
  const zip = await openZip(path, limits);
  zip.close();
  const { names } = zip;
  const has = (test: (name: string) => boolean) => [...names].some(test);
  if (has((name) => /vbaProject\.bin$/i.test(name)) || has((name) => /xl\/macrosheets\//i.test(name))) return refuse('macro');
  if (has((name) => /(^|\/)workbook\.bin$/i.test(name))) return refuse('binary-xlsb');
  if (names.has('word/document.xml')) return refuse('not-a-workbook', notA('Word 文档'));
  if (names.has('ppt/presentation.xml')) return refuse('not-a-workbook', notA('演示文稿'));
  if (names.has('mimetype') && names.has('content.xml')) return refuse('ods-file');
  if (!names.has('[Content_Types].xml') || !has((name) => /workbook\.xml$/i.test(name))) return refuse('not-a-workbook', notA('压缩包'));
  return { ok: true, type: 'xlsx', bytes: size };
}

async function inspectOle(file: FileHandle, name: string, size: number, limits: WorkbookLimits): Promise<Inspection> {
  const names = await oleNames(file);
  const has = (...wanted: string[]) => names.some((found) => wanted.some((one) => one.toLowerCase() === found.toLowerCase()));
  if (has('EncryptedPackage', 'EncryptionInfo')) return refuse('password');
  // A stream of WPS's own (ETExtData) stands in its .xls files too: those are read.
  if (name.endsWith('.et')) return refuse('wps-et');
  if (has('WordDocument')) return refuse('not-a-workbook', notA('Word 文档'));
  if (has('PowerPoint Document')) return refuse('not-a-workbook', notA('演示文稿'));
  if (names.length === 0) return refuse('broken-workbook');
  if (!has('Workbook', 'Book')) return refuse('not-a-workbook');
  if (has('_VBA_PROJECT_CUR', '_VBA_PROJECT')) return refuse('macro');
  if (size > limits.xlsBytes) return refuse('too-large', tooLarge(size, limits.xlsBytes, AS_XLSX));
  return { ok: true, type: 'xls', bytes: size };
}

function inspectOther(head: Buffer, magic: string): Inspection {
  const kind = otherKinds.find(([start]) => magic.startsWith(start));
  if (kind !== undefined) return refuse('not-a-workbook', notA(kind[1]));
  const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);   // text in UTF-16
  const text = head.toString(isWide ? 'utf16le' : 'latin1').replace(/^\u00ef\u00bb\u00bf|^\ufeff/, '').trimStart();
  if (/^<(\?xml|!doctype|!--|html|head|body|table|workbook|meta|style|div|center)/i.test(text) || /^MIME-Version:/i.test(text)) return refuse('old-text-table');
  if (isWide) return refuse('csv-file');
  if (!head.includes(0) && /[,\t;]/.test(text)) return refuse('csv-file');
  return refuse('not-a-workbook');
}

const otherKinds: readonly (readonly [string, string])[] = [
  ['%PDF', 'PDF 文件'], ['\u0089PNG', '图片'], ['\u00ff\u00d8\u00ff', '图片'], ['GIF8', '图片'], ['BM', '图片'],
  ['Rar!', '压缩包'], ['7z\u00bc\u00af', '压缩包'], ['\u001f\u008b', '压缩包'], ['{\\rtf', 'Word 文档'], ['MZ', '程序文件'],
];

function notA(what: string): string {
  return `这是${what}，不是 Excel 工作簿，请选择 .xlsx 或 .xls 文件。`;
}

/** 过大说明, and what to do about it. */
export function tooLarge(size: number, limit: number, advice: string = sentences['too-large']): string {
  return `文件有 ${mb(size)} MB，超过 ${mb(limit)} MB 的上限。${advice}`;
}

/** As an .xlsx the same table is smaller and may be larger. */
export const AS_XLSX = '请在 Excel 或 WPS 中打开，删去多余的工作表，另存为 xlsx 后再上传。';

function refuse(code: RefusalCode, message: string = sentences[code]): Inspection {
  return { ok: false, code, message };
}
