import type { PaperDocument } from '#domain/paper/document.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { breakLines, type Run, type SetLine } from '#domain/paper/typeset/break-lines.ts';
import { MM, page as sheet, size } from '#domain/paper/typeset/measures.ts';
import { newPage, put, type Flow } from './flow.ts';
import { smallStyle } from './foot.ts';
import { widthAt } from './measure.ts';
import { BLACK } from './ops.ts';
import { putLine, widthIn } from './text.ts';

/** 版记的位置: none at all, on the last page of the text, on the page after it, or on the one after a blank page. */
export type ImprintPlace = 'none' | 'same-page' | 'next-page' | 'after-blank';

const fang = (text: string): Run[] => [{ text, face: 'fang' }];
const UNIT = size.four / MM;

/**
 * 版记: its last line is the last line of the last page (GB/T 9704 7.4), between lines as wide as the text area; a letter's has no lines (10.1).
 *
 * A document is printed on both sides and its imprint stands on the back of the last sheet, an even page, even where a blank one must go before it.
 */
export function putImprint(flow: Flow, paper: PaperDocument): ImprintPlace {
  const { layout, copies, printed } = paper;
  if (copies === null && printed === null) return 'none';
  const height = imprintHeight(paper);
  const place = placeFor(flow, layout, height);
  if (place !== 'same-page') newPage(flow);
  if (place === 'after-blank') newPage(flow);
  flow.y = sheet.textHeight - height;
  const rule = (thick: number) => { const y = sheet.top + flow.y; if (layout !== 'letter') put(flow, { kind: 'line', x: sheet.left, toX: sheet.left + sheet.textWidth, y, toY: y, thick, color: BLACK }); };
  rule(0.35);
  copyLines(copies).forEach((line, at, all) => {
    const [left, count] = [at === 0 ? UNIT : 4 * UNIT, line.runs.reduce((sum, run) => sum + [...run.text].length, 0)];
    const short = sheet.textWidth - UNIT - left - line.width;
    putLine(flow, line.runs, { x: sheet.left + left, style: smallStyle, stretch: at === all.length - 1 || short < 0 ? 0 : short / (count - 1) });
    flow.y += smallStyle.line;
  });
  if (printed !== null) {
    if (copies !== null) rule(0.25);
    const day = fang(`${dateText(printed.on)}印发`);
    putLine(flow, fang(printed.by), { x: sheet.left + UNIT, style: smallStyle });
    putLine(flow, day, { x: sheet.left + sheet.textWidth - UNIT - widthIn(day, smallStyle), style: smallStyle });
    flow.y += smallStyle.line;
  }
  rule(0.35);
  return place;
}

function placeFor(flow: Flow, layout: PaperDocument['layout'], height: number): Exclude<ImprintPlace, 'none'> {
  const hasRoom = flow.y + height <= sheet.textHeight;
  if (layout !== 'document') return hasRoom ? 'same-page' : 'next-page';
  if (flow.pages.length % 2 === 1) return 'next-page';
  return hasRoom ? 'same-page' : 'after-blank';
}

/** 抄送: a character in on both sides, and under its first name where it goes on. */
const copyLines = (copies: string | null): SetLine[] => (copies === null ? [] : breakLines(fang(`抄送：${copies}。`), { first: sheet.textWidth - 2 * UNIT, rest: sheet.textWidth - 5 * UNIT }, widthAt(smallStyle.points)));

/** 版记的高度, millimetres. */
export const imprintHeight = ({ copies, printed }: Pick<PaperDocument, 'copies' | 'printed'>): number => (copyLines(copies).length + (printed === null ? 0 : 1)) * smallStyle.line;
