import { columnOf, formatOf, isCell, rowOf, type BiffRecord } from './biff.ts';
import { lookOf, PALETTE, withLooks } from './looks.ts';
import type { BlankLook, BlankSheet } from './types.ts';

const FONT = 0x0031;
const XF = 0x00e0;
const COLORS = 0x0092;

/** 旧格式的样子: fonts, fills, alignment and lines from the workbook's own records. */
export function looksOfXls(sheets: readonly BlankSheet[], globals: readonly BiffRecord[], substreams: readonly { readonly records: readonly BiffRecord[] }[]): BlankSheet[] {
  const own = globals.find(({ type }) => type === COLORS)?.data;
  const colors = PALETTE.map((color, at) => (own !== undefined && at >= 8 && 2 + (at - 7) * 4 <= own.length ? own.toString('hex', 2 + (at - 8) * 4, 5 + (at - 8) * 4) : color));
  const color = (index: number) => (colors[index] === undefined ? undefined : `#${colors[index]}`);
  const fonts = globals.filter(({ type }) => type === FONT).map(({ data }) => fontOf(data, color));
  // There is no font of number four: later ones count one more than their place.
  const looks = globals.filter(({ type }) => type === XF).map(({ data }) => formatLook(data, (index) => fonts[index > 4 ? index - 1 : index] ?? {}, color));
  return withLooks(sheets, looks, (index) => (substreams[index]?.records ?? []).filter(isCell).map((record) => ({ row: rowOf(record) + 1, column: columnOf(record), style: formatOf(record) })));
}

function fontOf(data: Buffer, color: (index: number) => string | undefined): BlankLook {
  const isWide = (data.readUInt8(15) & 1) === 1;
  const length = data.readUInt8(14) * (isWide ? 2 : 1);
  return lookOf({
    font: data.toString(isWide ? 'utf16le' : 'latin1', 16, 16 + length), size: data.readUInt16LE(0) / 20, bold: data.readUInt16LE(6) >= 600 ? true : undefined, italic: (data.readUInt16LE(2) & 2) === 2 ? true : undefined,
    underline: data.readUInt8(10) !== 0 ? true : undefined, color: color(data.readUInt16LE(4)),
  });
}

function formatLook(data: Buffer, font: (index: number) => BlankLook, color: (index: number) => string | undefined): BlankLook {
  const align = data.readUInt8(6);
  const lines = data.readUInt16LE(10);
  const [left, right, top, bottom] = [0, 4, 8, 12].map((shift) => ((lines >> shift) & 0xf) !== 0);
  const isFilled = (data.readUInt32LE(14) >>> 26) === 1;
  return lookOf({
    ...font(data.readUInt16LE(0)), fill: isFilled ? color(data.readUInt16LE(18) & 0x7f) : undefined, edges: [top && 't', right && 'r', bottom && 'b', left && 'l'].filter(Boolean).join(''),
    align: horizontal[align & 7], valign: vertical[(align >> 4) & 7], wrap: (align & 8) === 8 ? true : undefined,
  });
}

const horizontal: readonly BlankLook['align'][] = [undefined, 'left', 'center', 'right', undefined, undefined, 'center', 'center'];
const vertical: readonly BlankLook['valign'][] = ['top', 'middle', undefined];
