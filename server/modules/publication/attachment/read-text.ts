import type { Passage } from '#domain/publication/content.ts';
import type { Upload } from '#platform/files/store.ts';
import { readWorkbook } from '#platform/workbook/read.ts';
import { WorkbookRefusal } from '#platform/workbook/refusal.ts';
import type { CellValue } from '#platform/workbook/sheet.ts';
import { XmlFeed } from '#platform/workbook/xml.ts';
import { openZip } from '#platform/workbook/zip.ts';
import { attachmentLimits, refusing, type AttachmentType } from './inspect.ts';

/** Characters of one file that are looked through; a longer one is said to be not wholly read. */
const MOST = 2_000_000;

/** 附件的文字: its passages, and why it could not be read by machine where it could not. @throws Problem workbook.refused */
export async function textOfAttachment(upload: Upload, type: AttachmentType): Promise<{ passages: Passage[]; unread: string | null }> {
  if (type === 'png' || type === 'jpg') return { passages: [], unread: '图片里的文字不能自动检查' };
  if (type === 'pdf') return { passages: [], unread: 'PDF 里的文字不能自动检查' };
  const passages = await refusing(() => (type === 'docx' ? wordPassages(upload) : sheetPassages(upload)));
  const size = passages.reduce((total, { text }) => total + text.length, 0);
  return { passages, unread: size >= MOST ? '文字过多，只检查了前面一部分' : null };
}

/** Every part of a Word document that prints or can be shown: text, headers, footers, notes, comments. */
async function wordPassages({ path, name }: Upload): Promise<Passage[]> {
  const zip = await openZip(path, attachmentLimits);
  try {
    const lines: string[] = [''];
    let size = 0;
    const feed = () => new XmlFeed({
      open: (tag) => { if (tag === 'tab' || tag === 'br') lines[lines.length - 1] += ' '; },
      text: (text) => { if (size < MOST) { size += text.length; lines[lines.length - 1] += text; } },
      close: (tag) => { if (tag === 'p' && lines.at(-1) !== '') lines.push(''); },
    });
    for (const part of [...zip.names].filter((each) => /^word\/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$/.test(each)).toSorted()) {
      const reader = feed();
      const decoder = new TextDecoder();
      try {
        for await (const chunk of zip.open(part)) reader.feed(decoder.decode(chunk, { stream: true }));
      } catch (error) {
        if (error instanceof RangeError) throw new WorkbookRefusal('broken-workbook');
        throw error;
      }
    }
    return [{ where: `附件“${name}”`, text: lines.join('\n') }];
  } finally {
    zip.close();
  }
}

const wordOf = (cell: CellValue): string => (cell === null ? '' : typeof cell === 'object' ? cell.date : String(cell));

async function sheetPassages({ path, name }: Upload): Promise<Passage[]> {
  const sheets = new Map<string, string[]>();
  let size = 0;
  for await (const part of readWorkbook(path, 'xlsx', { limits: attachmentLimits })) {
    if (part.kind !== 'rows') continue;
    for (const { sheet, cells } of part.rows) {
      const line = cells.map(wordOf).join('\t');
      size += line.length;
      const lines = sheets.get(sheet) ?? [];
      lines.push(line);
      sheets.set(sheet, lines);
    }
    if (size >= MOST) break;
  }
  return [...sheets].map(([sheet, lines]) => ({ where: `附件“${name}”的“${sheet}”表`, text: lines.join('\n') }));
}
