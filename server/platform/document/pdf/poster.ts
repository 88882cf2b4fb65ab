import type { Face } from '#domain/paper/typeset/break-lines.ts';
import { MM, page as sheet } from '#domain/paper/typeset/measures.ts';
import { titleLines } from '#domain/paper/typeset/title-lines.ts';
import { widthAt, widthOfRuns } from './measure.ts';
import { BLACK, type PageOps } from './ops.ts';
import { drawPdf } from './render-pdf.ts';

/** 一张海报: large words above and below one code, for a wall; `small` stands at the foot. */
export interface Poster { readonly heading: string; readonly name: string; readonly place: string | null; readonly url: string; readonly lines: readonly string[]; readonly small: readonly string[] }

const SIDE = 88;
const WIDEST = sheet.width - 2 * 16;
const GREY = '#444444';

/** 海报成 PDF: an A4 page each, in the given order; the same bytes for the same posters. */
export const renderPosters = (posters: readonly Poster[], facts: { title: string; at: string; author: string }): Promise<Buffer> => drawPdf(posters.map(posterOps), { ...facts, isDraft: false });

/** 版面: headline, estate and door, code, what it is for, and how to know that it is the true one. */
export function posterOps({ heading, name, place, url, lines, small }: Poster): PageOps {
  const ops: PageOps = [];
  let y = 24;
  const put = (text: string, points: number, after: number, { face = 'hei', color = BLACK }: { face?: Face; color?: string } = {}) => {
    const fitting = fit(text, points, face);
    const runs = [{ text, face }];
    y += points / MM;
    ops.push({ kind: 'text', x: (sheet.width - widthOfRuns(runs, widthAt(fitting))) / 2, baseline: y - 0.12 * points / MM, runs, points: fitting, pitch: null, stretch: 0, color, isBold: false, isExtra: false });
    y += after;
  };
  put(heading, 46, 7);
  for (const line of titleLines(name, 18)) put(line, 28, 3);
  if (place !== null) put(place, 24, 3);
  y += 5;
  ops.push({ kind: 'qr', x: (sheet.width - SIDE) / 2, y, side: SIDE, text: url });
  y += SIDE + 9;
  for (const line of lines) put(line, 19, 4);
  y = Math.max(y + 4, sheet.height - 18 - small.length * 7);
  for (const line of small) put(line, 12, 2.4, { face: 'song', color: GREY });
  return ops;
}

/** The size, or a smaller one at which the line fits the sheet. */
function fit(text: string, points: number, face: Face): number {
  const width = widthOfRuns([{ text, face }], widthAt(points));
  return width <= WIDEST ? points : Math.floor(points * WIDEST / width * 10) / 10;
}
