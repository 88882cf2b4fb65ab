import { isId, type Id } from '#domain/kernel/brand.ts';

const MARK = /^善治采集-([0-9a-f-]{36})$/;
/** 表的标记: which part a returned workbook is. */
export const markOf = (partId: Id<'Part'>): string => `善治采集-${partId}`;
/** 读标记; null when it is none. */
export function readMark(text: string): Id<'Part'> | null {
  const [, id = ''] = MARK.exec(text.trim()) ?? [];
  return isId<'Part'>(id) ? id : null;
}
