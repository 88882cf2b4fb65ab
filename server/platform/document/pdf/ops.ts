import type { Run } from '#domain/paper/typeset/break-lines.ts';

/** 绘图指令, in millimetres from the page's upper left corner. `isExtra` marks what is no part of the text (page numbers, repeated headings). */
export type Op =
  | { readonly kind: 'text'; readonly x: number; readonly baseline: number; readonly runs: readonly Run[]; readonly points: number; readonly pitch: number | null; readonly stretch: number; readonly color: string; readonly isBold: boolean; readonly isExtra: boolean }
  | { readonly kind: 'line'; readonly x: number; readonly y: number; readonly toX: number; readonly toY: number; readonly thick: number; readonly color: string }
  | { readonly kind: 'qr'; readonly x: number; readonly y: number; readonly side: number; readonly text: string }
  /** Fitted into the box and set in its middle, turned as its camera says. */
  | { readonly kind: 'image'; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly bytes: Uint8Array }
  | { readonly kind: 'seal'; readonly x: number; readonly y: number; readonly radius: number };

/** 一页的指令. */
export type PageOps = Op[];
export const BLACK = '#000000';
