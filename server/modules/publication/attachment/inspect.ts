import { open } from 'node:fs/promises';
import type { Upload } from '#platform/files/store.ts';
import { Problem } from '#platform/problem.ts';
import { workbookLimits } from '#platform/workbook/limits.ts';
import { inspectUpload } from '#platform/workbook/open.ts';
import { WorkbookRefusal } from '#platform/workbook/refusal.ts';
import { openZip } from '#platform/workbook/zip.ts';

/** 附件的类型: what may go out to the public. */
export const attachmentTypes = {
  pdf: { mediaType: 'application/pdf', ends: ['.pdf'] }, docx: { mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', ends: ['.docx'] },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ends: ['.xlsx'] }, png: { mediaType: 'image/png', ends: ['.png'] }, jpg: { mediaType: 'image/jpeg', ends: ['.jpg', '.jpeg'] },
} as const;
export type AttachmentType = keyof typeof attachmentTypes;

const MOST_BYTES = 20 * 1_048_576;
/** What a text document inflates to at most. */
export const attachmentLimits = { ...workbookLimits, fileBytes: MOST_BYTES, inflatedBytes: 200 * 1_048_576 };
const WHICH = '附件可以是 PDF、Word（.docx）、Excel（.xlsx）或图片（.jpg、.png）；WPS 和旧版 Office 文件请另存为这些格式';

/** 查验附件: its type by its bytes, which its name must agree with. @throws Problem workbook.refused, input.invalid, input.too-large */
export async function inspectAttachment(upload: Upload): Promise<AttachmentType> {
  if (upload.sizeBytes > MOST_BYTES) throw new Problem('input.too-large', `附件“${upload.name}”超过 20 MB，请压缩或拆分后再上传`);
  const type = await typeOf(upload);
  const { ends }: { ends: readonly string[] } = attachmentTypes[type];
  if (!ends.some((end) => upload.name.toLowerCase().endsWith(end))) throw new Problem('input.invalid', `附件“${upload.name}”的内容是 ${type}，和扩展名不一致，请改正文件名后再上传`);
  return type;
}

async function typeOf(upload: Upload): Promise<AttachmentType> {
  const magic = await headOf(upload.path);
  if (magic.startsWith('%PDF-')) return 'pdf';
  if (magic.startsWith('\u0089PNG\r\n')) return 'png';
  if (magic.startsWith('\u00ff\u00d8\u00ff')) return 'jpg';
  if (!magic.startsWith('PK\u0003\u0004')) throw new Problem('input.invalid', WHICH);
  return refusing(async () => {
    if (await isWord(upload.path)) return 'docx';
    const found = await inspectUpload(upload.path, upload.name, attachmentLimits);
    if (!found.ok) throw new Problem('workbook.refused', found.code === 'not-a-workbook' ? WHICH : found.message);
    return 'xlsx';
  });
}

async function headOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(16);
    const { bytesRead } = await file.read(head, 0, 16, 0);
    return head.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A Word document without macros. @throws Problem workbook.refused */
async function isWord(path: string): Promise<boolean> {
  const zip = await openZip(path, attachmentLimits);
  zip.close();
  if (!zip.names.has('word/document.xml')) return false;
  if ([...zip.names].some((name) => /vbaProject\.bin$/i.test(name))) throw new Problem('workbook.refused', '这个 Word 文档带有宏，为安全起见不能公开，请另存为不带宏的 docx 后再上传');
  return true;
}

/** The kit's refusals of zips, as a problem. */
export async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WorkbookRefusal) throw new Problem('workbook.refused', error.message.replaceAll('工作簿', '文件'));
    throw error;
  }
}
