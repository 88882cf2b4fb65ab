import type { Run } from '#domain/paper/typeset/break-lines.ts';
import { MM, page as sheet, size } from '#domain/paper/typeset/measures.ts';
import { titleLines } from '#domain/paper/typeset/title-lines.ts';
import { skipLines, startFlow, type Flow } from '../pdf/flow.ts';
import { BLACK, type PageOps } from '../pdf/ops.ts';
import { putTable } from '../pdf/table.ts';
import { putCentred, putParagraph, widthIn, type Style } from '../pdf/text.ts';
import type { Bundle, BundlePart } from './bundle.ts';

const textStyle: Style = { points: size.smallFour, line: 7.2, pitch: size.smallFour / MM };
const headStyle: Style = { points: size.three, line: 11, pitch: null };
const TITLE_MOST = 24;
const song = (text: string): Run[] => [{ text, face: 'song' }];
const hei = (text: string): Run[] => [{ text, face: 'hei' }];

function putTitle(flow: Flow, title: string): void {
  for (const line of titleLines(title, TITLE_MOST)) putCentred(flow, hei(line), headStyle);
  flow.y += 3;
}
function putText(flow: Flow, text: string, runs: (text: string) => Run[] = song): void {
  for (const line of text.split(/\r\n|[\n\r\u2028\u2029]/u)) if (line.trim() !== '') putParagraph(flow, runs(line), { style: textStyle });
}

/** 封面和卷内目录: titles in order, who wrote each, when, and on which page it begins; what could not be bound says so. */
export function setContents({ title, lines, parts, files }: Bundle, begins: readonly (number | null)[]): readonly PageOps[] {
  const flow = startFlow();
  putTitle(flow, title);
  for (const line of lines) putText(flow, line);
  skipLines(flow, 1);
  putCentred(flow, hei('卷内目录'), headStyle);
  const rows = [...parts, ...files].map((each, at) => [String(at + 1), each.title, each.by, each.on, begins[at] === null || begins[at] === undefined ? '未装订' : String(begins[at])]);
  putTable(flow, [{ title: '序号', share: 1.1 }, { title: '题名', share: 6 }, { title: '责任者', share: 3 }, { title: '日期', share: 2.2 }, { title: '页次', share: 1.5 }], rows);
  const apart = files.flatMap((file, at) => (begins[parts.length + at] === null ? [`${parts.length + at + 1}. ${file.title}：${file.note}`] : []));
  if (apart.length > 0) {
    skipLines(flow, 1);
    putText(flow, '没有装订进来的附件，按下列大小和摘要值另行核对：', hei);
    for (const line of apart) putText(flow, line);
  }
  return flow.pages;
}

/** 我们写的一份: its title, then its blocks. */
export function setPart({ title, blocks }: BundlePart): readonly PageOps[] {
  const flow = startFlow();
  putTitle(flow, title);
  for (const block of blocks) {
    if (block.kind === 'paragraph') putText(flow, block.text, block.level === 0 ? song : hei);
    if (block.kind === 'table') putTable(flow, block.columns, block.rows);
  }
  return flow.pages;
}

/** 图片一页, with its name above. */
export function setPicture(title: string, bytes: Uint8Array): PageOps {
  const flow = startFlow();
  putTitle(flow, title);
  const [ops = []] = flow.pages;
  const top = sheet.top + flow.y + 2;
  return [...ops, { kind: 'image', x: sheet.left, y: top, width: sheet.textWidth, height: sheet.top + sheet.textHeight - top, bytes }];
}

/** 页码 at the foot, in the middle. */
export function numbered(ops: PageOps, number: number): PageOps {
  const runs = song(`— ${number} —`);
  const style: Style = { points: size.smallFour, line: 6, pitch: null };
  return [...ops, { kind: 'text', x: (sheet.width - widthIn(runs, style)) / 2, baseline: sheet.top + sheet.textHeight + 12, runs, points: size.smallFour, pitch: null, stretch: 0, color: BLACK, isBold: false, isExtra: true }];
}
