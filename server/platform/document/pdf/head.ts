import type { PaperDocument } from '#domain/paper/document.ts';
import { charPitch, documentHead, letterHead, linePitch, MM, page as sheet, RED, size } from '#domain/paper/typeset/measures.ts';
import { signerRows } from '#domain/paper/typeset/signers.ts';
import { titleLines } from '#domain/paper/typeset/title-lines.ts';
import { put, skipLines, toGrid, type Flow } from './flow.ts';
import { bodyStyle, putCentred, putLine, putParagraph, widthIn, type Style } from './text.ts';

/** Characters of the title's size that a line of it holds: the text area less one on either side. */
export const TITLE_MOST = 18;
const titleStyle: Style = { points: size.two, line: linePitch * 1.2, pitch: null };

/** 版头和标题: the red head of an organ's paper, or only the number of a plain one; then title and addressee. */
export function putHead(flow: Flow, paper: PaperDocument): void {
  if (paper.layout === 'document') putDocumentHead(flow, paper);
  if (paper.layout === 'letter') putLetterHead(flow, paper);
  if (paper.layout === 'plain') putPlainNumber(flow, paper);
  for (const line of titleLines(paper.title, TITLE_MOST, paper.kept)) putCentred(flow, [{ text: line, face: 'biaosong' }], titleStyle, { isBold: true });
  toGrid(flow);
  skipLines(flow, 1);
  if (paper.addressee !== null) putParagraph(flow, [{ text: `${paper.addressee}：`, face: 'fang' }], { indent: 0 });
}

/** 文件格式: mark 35 mm below the top of the text area, number two lines under it, red line 4 mm under that. */
function putDocumentHead(flow: Flow, { mark, number, signer }: PaperDocument): void {
  const points = markPoints(mark ?? '', 40, sheet.textWidth);
  putMark(flow, mark ?? '', points, documentHead.markTop);
  flow.y = documentHead.markTop - sheet.top + points / MM;
  skipLines(flow, 2);
  putNumber(flow, number, signer);
  const y = sheet.top + flow.y + documentHead.lineGap;
  put(flow, { kind: 'line', x: sheet.left, toX: sheet.left + documentHead.lineWidth, y, toY: y, thick: 0.7, color: RED });
  flow.y = y - sheet.top;
  skipLines(flow, 2);
}

/** Centred; on a paper to a superior body the number stands left and 签发人 right, a character in, the number in the row of the last signer. */
function putNumber(flow: Flow, number: string | null, signer: string | null): void {
  const runs = [{ text: number ?? '', face: 'fang' as const }];
  if (signer === null) return putCentred(flow, runs, bodyStyle);
  const rows = signerRows(signer);
  // Drawn first, as it is read first.
  putLine(flow, runs, { x: sheet.left + charPitch, y: flow.y + (rows.length - 1) * bodyStyle.line, style: bodyStyle });
  rows.forEach((names, at) => {
    const right = [...(at === 0 ? [{ text: '签发人：', face: 'fang' as const }] : []), { text: names, face: 'kai' as const }];
    putLine(flow, right, { x: sheet.left + sheet.textWidth - charPitch - widthIn(right, bodyStyle), style: bodyStyle });
    flow.y += bodyStyle.line;
  });
}

/** 信函格式: mark 30 mm from the edge, a double red line under it and one near the foot, number at the right under the first. */
function putLetterHead(flow: Flow, { mark, number }: PaperDocument): void {
  const points = markPoints(mark ?? '', 34, letterHead.lineWidth - 10);
  putMark(flow, mark ?? '', points, letterHead.markTop);
  const y = letterHead.markTop + points / MM + letterHead.lineGap;
  const left = (sheet.width - letterHead.lineWidth) / 2;
  const line = (at: number, thick: number) => put(flow, { kind: 'line', x: left, toX: left + letterHead.lineWidth, y: at, toY: at, thick, color: RED });
  line(y, 0.9);
  line(y + 1.1, 0.35);
  const foot = sheet.height - letterHead.footLine;
  line(foot - 1.1, 0.35);
  line(foot, 0.9);
  flow.y = Math.max(y + 1.1 - sheet.top + 2, 0);
  const runs = [{ text: number ?? '', face: 'fang' as const }];
  putLine(flow, runs, { x: sheet.left + sheet.textWidth - widthIn(runs, bodyStyle), style: bodyStyle });
  flow.y += linePitch;
  skipLines(flow, 2);
  toGrid(flow);
}

function putPlainNumber(flow: Flow, { number }: PaperDocument): void {
  const style: Style = { points: size.four, line: linePitch, pitch: null };
  const runs = [{ text: number ?? '', face: 'fang' as const }];
  putLine(flow, runs, { x: sheet.left + sheet.textWidth - widthIn(runs, style), style });
  flow.y += linePitch;
  skipLines(flow, 1);
}

/** 发文机关标志的字号: as large as fits, the spaces between characters counted. */
const markPoints = (mark: string, most: number, width: number): number => Math.min(most, width * MM / Math.max([...mark].length, 1) * 0.97);

function putMark(flow: Flow, mark: string, points: number, top: number): void {
  const style: Style = { points, line: points / MM, pitch: null };
  const runs = [{ text: mark, face: 'biaosong' as const }];
  putLine(flow, runs, { x: (sheet.width - widthIn(runs, style)) / 2, style, y: top - sheet.top, color: RED, isBold: true });
}
