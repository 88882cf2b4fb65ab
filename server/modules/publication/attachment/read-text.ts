import type { Passage } from '#domain/publication/content.ts';
import { readPdfText, type PdfFault, type PdfText } from '#platform/document/read/read-pdf.ts';
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
  if (type === 'pdf') return pdfPassages(upload);
  const passages = await refusing(() => (type === 'docx' ? wordPassages(upload) : sheetPassages(upload)));
  const size = passages.reduce((total, { text }) => total + text.length, 0);
  return { passages, unread: told([size >= MOST && '文字过多，只检查了前面一部分', await refusing(() => hasMedia(upload)) && '文件里有图片，图片里的文字没有检查']) };
}

const told = (reasons: readonly (string | false)[]): string | null => reasons.filter((reason) => reason !== false).join('；') || null;

/** Whether pictures lie in a Word or Excel file. */
async function hasMedia({ path }: Upload): Promise<boolean> {
  const zip = await openZip(path, attachmentLimits);
  zip.close();
  return [...zip.names].some((name) => /^(word|xl)\/media\//.test(name));
}

const pdfFaults: Readonly<Record<PdfFault, string>> = { password: 'PDF 设有打开密码，不能自动检查', broken: 'PDF 里的文字读不出来，不能自动检查', 'too-large': 'PDF 过于庞大，不能自动检查', 'too-slow': 'PDF 读得太久，不能自动检查' };
const SHOWN = 12;

/** Every page of a PDF, with what is noted beside; pages and pictures that hold no text are told, so that somebody looks at them. */
async function pdfPassages({ path, name }: Upload): Promise<{ passages: Passage[]; unread: string | null }> {
  const read = await readPdfText(path);
  if (typeof read === 'string') return { passages: [], unread: pdfFaults[read] };
  const pages = read.pages.map((text, at) => ({ where: `附件“${name}”第 ${at + 1} 页`, text }));
  return { passages: [...pages, { where: `附件“${name}”的文档属性、批注`, text: read.beside }], unread: told(unreadOf(read)) };
}

function unreadOf({ wordless, hasPictures, hasFiles, isCut, pages }: PdfText): (string | false)[] {
  const which = wordless.length === pages.length ? '全部页面' : `第 ${wordless.slice(0, SHOWN).join('、')} 页${wordless.length > SHOWN ? `等 ${wordless.length} 页` : ''}`;
  return [wordless.length > 0 && `${which}没有可读的文字（可能是扫描件）`, hasPictures && wordless.length < pages.length && 'PDF 里有图片，图片里的文字没有检查', hasFiles && 'PDF 里还嵌有别的文件，没有检查', isCut && '页数或文字过多，只检查了前面一部分'];
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
