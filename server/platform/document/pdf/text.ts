import { breakLines, type Run } from '#domain/paper/typeset/break-lines.ts';
import { charPitch, linePitch, page as sheet, size } from '#domain/paper/typeset/measures.ts';
import { baselineIn, makeRoom, put, type Flow } from './flow.ts';
import { spacingFor, widthAt, widthOfRuns } from './measure.ts';
import { BLACK } from './ops.ts';

/** 文字样式: size in points, line pitch and character pitch in millimetres. */
export interface Style { readonly points: number; readonly line: number; readonly pitch: number | null }
/** 正文样式: 3号, 22 lines of 28 characters. */
export const bodyStyle: Style = { points: size.three, line: linePitch, pitch: charPitch };

/** 一行文字 at a place of its own. */
export function putLine(flow: Flow, runs: readonly Run[], { x, style, y = flow.y, stretch = 0, color = BLACK, isBold = false, isExtra = false }: { x: number; style: Style; y?: number; stretch?: number; color?: string; isBold?: boolean; isExtra?: boolean }): void {
  put(flow, { kind: 'text', x, baseline: baselineIn(y, style.line, style.points), runs, points: style.points, pitch: style.pitch, stretch, color, isBold, isExtra });
}

/** 宽 of a line as it will stand. */
export const widthIn = (runs: readonly Run[], { points, pitch }: Style): number => widthOfRuns(runs, widthAt(points, spacingFor(points, pitch)));

/** 一段: broken into lines, the first one indented by `indent` characters and all by `hang`; full lines are stretched to the margin. */
export function putParagraph(flow: Flow, runs: readonly Run[], { indent = 2, hang = 0, style = bodyStyle }: { indent?: number; hang?: number; style?: Style } = {}): void {
  const spacing = spacingFor(style.points, style.pitch);
  const unit = style.pitch ?? 0;
  const rest = sheet.textWidth - hang * unit;
  const lines = breakLines(runs, { first: rest - indent * unit, rest }, widthAt(style.points, spacing));
  lines.forEach((line, at) => {
    makeRoom(flow, style.line);
    const left = (at === 0 ? indent : 0) * unit + hang * unit;
    const count = line.runs.reduce((sum, run) => sum + [...run.text].length, 0);
    const short = sheet.textWidth - left - line.width;
    const stretch = line.endsParagraph || count < 2 || short < 0 ? 0 : short / (count - 1);
    putLine(flow, line.runs, { x: sheet.left + left, style, stretch });
    flow.y += style.line;
  });
}

/** 居中一行. */
export function putCentred(flow: Flow, runs: readonly Run[], style: Style, more: { color?: string; isBold?: boolean } = {}): void {
  makeRoom(flow, style.line);
  putLine(flow, runs, { x: sheet.left + (sheet.textWidth - widthIn(runs, style)) / 2, style, ...more });
  flow.y += style.line;
}
