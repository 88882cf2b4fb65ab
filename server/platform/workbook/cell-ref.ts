import type { Merge } from './sheet.ts';

/** 列号:the zero-based column of the letters that begin a reference (`AB12` → 27). -1 when there are none. */
export function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at) & 0xdf;   // upper case
    if (code < 65 || code > 90) break;
    column = column * 26 + (code - 64);
  }
  return column - 1;
}

/** 合并区引用:reads `A1:C4`; null when it is no range of more than one cell. */
export function mergeOf(reference: string): Merge | null {
  const parts = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference);
  if (parts === null) return null;
  const [, left = '', top = '', right = '', bottom = ''] = parts;
  return { top: Number(top), left: columnOf(left), bottom: Number(bottom), right: columnOf(right) };
}
