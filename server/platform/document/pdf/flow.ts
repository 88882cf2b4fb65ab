import { linePitch, MM, page as sheet } from '#domain/paper/typeset/measures.ts';
import type { Op, PageOps } from './ops.ts';

/** 版心中的位置: pages so far, and how far down the text area of the last one is filled, in millimetres. */
export interface Flow { readonly pages: PageOps[]; y: number }

export const startFlow = (): Flow => ({ pages: [[]], y: 0 });
/** 当前页. @throws Error never: a flow begins with a page */
export function current(flow: Flow): PageOps {
  const last = flow.pages.at(-1);
  if (last === undefined) throw new Error('a flow begins with a page');
  return last;
}
export const put = (flow: Flow, op: Op): void => { current(flow).push(op); };

/** 换页 where `height` does not fit any more. True when it did. */
export function makeRoom(flow: Flow, height: number): boolean {
  if (flow.y + height <= sheet.textHeight + 0.01) return false;
  newPage(flow);
  return true;
}

export function newPage(flow: Flow): void {
  flow.pages.push([]);
  flow.y = 0;
}

/** 空若干行. Blank lines are not carried over to the next page. */
export const skipLines = (flow: Flow, lines: number): void => { flow.y = Math.min(flow.y + lines * linePitch, sheet.textHeight); };
/** 对齐到行: down to the next line of the page's grid. */
export const toGrid = (flow: Flow): void => { flow.y = Math.ceil(flow.y / linePitch - 0.001) * linePitch; };
/** 基线: of a line of `points` in a slot `height` tall that begins at `y` of the text area. The em box stands in the middle of its slot. */
export const baselineIn = (y: number, height: number, points: number): number => sheet.top + y + (height - points / MM) / 2 + 0.88 * points / MM;
