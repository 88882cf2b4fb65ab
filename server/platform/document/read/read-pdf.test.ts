import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { deflateSync } from 'node:zlib';
import PdfKit from 'pdfkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFont } from '../font.ts';
import { pdfLimits, readPdfText } from './read-pdf.ts';

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'read-pdf-')); });
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A PDF as somebody's printing program would make it. */
async function pdf(name: string, options: PDFKit.PDFDocumentOptions, draw: (document: PDFKit.PDFDocument) => void): Promise<string> {
  const path = join(folder, name);
  const document = new PdfKit(options);
  const out = document.pipe(createWriteStream(path));
  draw(document);
  document.end();
  await finished(out);
  return path;
}
const chinese = (document: PDFKit.PDFDocument) => document.font(openFont('NotoSansSC-Regular.ttf').path, 14);

/** One grey pixel as a PNG. */
function pixel(): Buffer {
  const table = Array.from({ length: 256 }, (_, at) => { let value = at; for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xed_b8_83_20 ^ (value >>> 1) : value >>> 1; return value >>> 0; });
  const crc = (bytes: Buffer) => { let sum = 0xff_ff_ff_ff; for (const byte of bytes) sum = (table[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8); return (sum ^ 0xff_ff_ff_ff) >>> 0; };
  const chunk = (kind: string, data: Buffer) => { const body = Buffer.concat([Buffer.from(kind), data]); const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]; length.writeUInt32BE(data.length); sum.writeUInt32BE(crc(body)); return Buffer.concat([length, body, sum]); };
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])), chunk('IDAT', deflateSync(Buffer.from([0, 128]))), chunk('IEND', Buffer.alloc(0))]);
}

describe('reading the text of a PDF', () => {
  test('every page is read, with what stands in its properties and notes', async () => {
    const path = await pdf('text.pdf', { info: { Title: '名单', Author: '张三' } }, (document) => {
      chinese(document).text('负责人电话：13912345678').text('机密★1年');
      document.note(50, 50, 100, 20, '请勿外传');
      document.addPage();
      chinese(document).text('第二页');
    });
    const read = await readPdfText(path);
    if (typeof read === 'string') throw new Error(read);
    expect(read.pages).toEqual([expect.stringMatching(/13912345678[\s\S]*机密★1年/u), expect.stringContaining('第二页')]);
    expect(read.beside).toMatch(/名单[\s\S]*请勿外传/u);
    expect([read.beside.includes('张三'), read.wordless, read.hasPictures, read.hasFiles, read.isCut]).toEqual([true, [], false, false, false]);
  });

  test('a page that is a picture is told by its number, a picture beside text by its being there, a file inside too', async () => {
    const path = await pdf('scan.pdf', {}, (document) => {
      chinese(document).text('正文');
      document.addPage().image(pixel(), { width: 300 });
      document.file(Buffer.from('隐藏的附件'), { name: 'a.txt' });
    });
    expect(await readPdfText(path)).toMatchObject({ wordless: [2], hasPictures: true, hasFiles: true });
  });

  test('one with a password, a broken one and one that takes too long say so, and nothing else happens', async () => {
    const locked = await pdf('locked.pdf', { userPassword: '1234' }, (document) => { chinese(document).text('有密码'); });
    await writeFile(join(folder, 'broken.pdf'), '%PDF-1.7\nnothing');
    const slow = await pdf('slow.pdf', {}, (document) => { chinese(document).text('慢'); });
    expect([await readPdfText(locked), await readPdfText(join(folder, 'broken.pdf')), await readPdfText(slow, { ...pdfLimits, wholeMs: 0 })]).toEqual(['password', 'broken', 'too-slow']);
  });

  test('a long one is read up to its limit, and says that it went on', async () => {
    const path = await pdf('long.pdf', {}, (document) => { for (let page = 0; page < 4; page += 1) { if (page > 0) document.addPage(); chinese(document).text(`第${page + 1}页`); } });
    const read = await readPdfText(path, { ...pdfLimits, pages: 2 });
    expect(typeof read === 'string' ? read : [read.pages.length, read.isCut]).toEqual([2, true]);
  });
});
