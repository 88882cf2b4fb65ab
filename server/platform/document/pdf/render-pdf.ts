import PdfDocument from 'pdfkit';
import type { PaperDocument } from '#domain/paper/document.ts';
import { headingOf } from '#domain/paper/body-text.ts';
import type { Run } from '#domain/paper/typeset/break-lines.ts';
import { linePitch } from '#domain/paper/typeset/measures.ts';
import { drawPage, registerFonts } from './draw.ts';
import { startFlow } from './flow.ts';
import { putAttachments, putImprint, putNote, putPageNumbers, putSignature, putSignPlaces, putVerification, QR_SIDE } from './foot.ts';
import { putHead } from './head.ts';
import type { PageOps } from './ops.ts';
import { putTable } from './table.ts';
import { putParagraph } from './text.ts';

const A4 = { size: 'A4', margin: 0, autoFirstPage: false, lang: 'zh-CN', pdfVersion: '1.7', displayTitle: true } as const;

/** 排版: every page of a paper as drawing instructions. */
export function layOut(paper: PaperDocument): PageOps[] {
  const flow = startFlow();
  putHead(flow, paper);
  for (const block of paper.blocks) {
    if (block.kind === 'paragraph') putParagraph(flow, runsOf(block.level, block.text));
    if (block.kind === 'table') putTable(flow, block.columns, block.rows);
    if (block.kind === 'sign-places') putSignPlaces(flow, block.places, paper.verification === null ? 0 : QR_SIDE + 4 + linePitch);
  }
  putAttachments(flow, paper.attachments);
  const isVerified = putSignature(flow, paper);
  putNote(flow, paper.note);
  if (!isVerified) putVerification(flow, paper.verification);
  putImprint(flow, paper);
  putPageNumbers(flow.pages, paper.layout);
  return flow.pages;
}

/** PDF: the same bytes for the same paper; `at` is the time written into the file. */
export function renderPdf(paper: PaperDocument, { at, author }: { at: string; author: string }): Promise<Buffer> {
  const pdf = new PdfDocument({ ...A4, info: { Title: paper.title, Author: author, Creator: '善治', Producer: '善治', CreationDate: new Date(at), ModDate: new Date(at) } });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks))).on('error', reject);
  });
  registerFonts(pdf);
  for (const ops of layOut(paper)) {
    pdf.addPage();
    drawPage(pdf, ops, paper.isDraft);
  }
  pdf.end();
  return done;
}

/** 层次字体: 黑体, 楷体, then 仿宋. */
function runsOf(level: 0 | 1 | 2 | 3 | 4, text: string): Run[] {
  const { heading, rest } = headingOf(level, text);
  const runs: Run[] = [{ text: heading, face: level === 1 ? 'hei' : 'kai' }, { text: rest, face: 'fang' }];
  return runs.filter((run) => run.text !== '');
}
