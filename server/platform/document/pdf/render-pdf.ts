import PdfDocument from 'pdfkit';
import type { PaperDocument } from '#domain/paper/document.ts';
import { drawPage, registerFonts } from './draw.ts';
import { layOut } from './lay-out.ts';
import type { PageOps } from './ops.ts';

const A4 = { size: 'A4', margin: 0, autoFirstPage: false, lang: 'zh-CN', pdfVersion: '1.7', displayTitle: true } as const;

/** PDF: the same bytes for the same paper; `at` is the time written into the file. */
export const renderPdf = (paper: PaperDocument, facts: { at: string; author: string }): Promise<Buffer> => drawPdf(layOut(paper).pages, { ...facts, title: paper.title, isDraft: paper.isDraft });

/** 页面成 PDF, as they were laid out. */
export function drawPdf(pages: readonly PageOps[], { title, at, author, isDraft }: { title: string; at: string; author: string; isDraft: boolean }): Promise<Buffer> {
  const pdf = new PdfDocument({ ...A4, info: { Title: title, Author: author, Creator: '善治', Producer: '善治', CreationDate: new Date(at), ModDate: new Date(at) } });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks))).on('error', reject);
  });
  registerFonts(pdf);
  for (const ops of pages) {
    pdf.addPage();
    drawPage(pdf, ops, isDraft);
  }
  pdf.end();
  return done;
}
