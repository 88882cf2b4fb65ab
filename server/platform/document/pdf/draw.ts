import { create } from 'qrcode';
import { MM } from '#domain/paper/typeset/measures.ts';
import type { Run } from '#domain/paper/typeset/break-lines.ts';
import { fileFor, openFont } from '../font.ts';
import { spacingFor, widthAt } from './measure.ts';
import type { Op, PageOps } from './ops.ts';

type Pdf = PDFKit.PDFDocument;
const FILES = ['NotoSansSC-Regular.ttf', 'NotoSerifSC-Regular.ttf'];

/** 登记字体 under their file names. */
export function registerFonts(pdf: Pdf): void {
  for (const file of FILES) pdf.registerFont(file, openFont(file).path);
}

/** 画一页. What is no part of the text is marked as an artifact, so that nobody reads it aloud or counts it as text. */
export function drawPage(pdf: Pdf, ops: PageOps, isDraft: boolean): void {
  if (isDraft) drawDraftMark(pdf);
  for (const op of ops) draw(pdf, op);
}

function draw(pdf: Pdf, op: Op): void {
  switch (op.kind) {
    case 'text': return drawText(pdf, op);
    case 'line': pdf.lineWidth(op.thick * MM).strokeColor(op.color).moveTo(op.x * MM, op.y * MM).lineTo(op.toX * MM, op.toY * MM).stroke(); return;
    case 'qr': return drawQr(pdf, op);
    case 'image': pdf.image(Buffer.from(op.bytes), op.x * MM, op.y * MM, { fit: [op.width * MM, op.height * MM], align: 'center', valign: 'center' }); return;
    case 'seal': pdf.save().lineWidth(0.4).strokeColor('#BFBFBF').dash(3, { space: 3 }).circle(op.x * MM, op.y * MM, op.radius * MM).stroke().undash().restore();
  }
}

function drawText(pdf: Pdf, { x, baseline, runs, points, pitch, stretch, color, isBold, isExtra }: Extract<Op, { kind: 'text' }>): void {
  const spacing = spacingFor(points, pitch) + stretch;
  const widthOf = widthAt(points, spacing);
  if (isExtra) pdf.markContent('Artifact', { type: 'Pagination' });
  let at = x;
  for (const { text, file, width } of pieces(runs, widthOf)) {
    pdf.font(file).fontSize(points).fillColor(color).strokeColor(color).lineWidth(points / 60);
    pdf.text(text, at * MM, baseline * MM, { lineBreak: false, characterSpacing: spacing * MM, baseline: 'alphabetic', fill: true, stroke: isBold, features: [] });
    at += width;
  }
  if (isExtra) pdf.endMarkedContent();
}

/** Runs cut where another font file is needed. */
function pieces(runs: readonly Run[], widthOf: ReturnType<typeof widthAt>): { text: string; file: string; width: number }[] {
  const found: { text: string; file: string; width: number }[] = [];
  for (const { text, face } of runs) for (const char of text) {
    const file = fileFor(char, face);
    const last = found.at(-1);
    if (last?.file === file) { last.text += char; last.width += widthOf(char, face); }
    else found.push({ text: char, file, width: widthOf(char, face) });
  }
  return found;
}

function drawQr(pdf: Pdf, { x, y, side, text }: Extract<Op, { kind: 'qr' }>): void {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const cell = side * MM / modules.size;
  pdf.fillColor('#000000');
  for (let row = 0; row < modules.size; row += 1) for (let column = 0; column < modules.size; column += 1) {
    if (modules.get(row, column)) pdf.rect(x * MM + column * cell, y * MM + row * cell, cell + 0.05, cell + 0.05);
  }
  pdf.fill();
}

function drawDraftMark(pdf: Pdf): void {
  pdf.markContent('Artifact', { type: 'Layout' }).save().rotate(-35, { origin: [105 * MM, 148 * MM] });
  pdf.font('NotoSansSC-Regular.ttf').fontSize(60).fillColor('#E8E8E8').text('拟稿　未签发', 40 * MM, 140 * MM, { lineBreak: false });
  pdf.restore().endMarkedContent();
}
