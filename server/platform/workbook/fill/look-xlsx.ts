import { attributeOf, textOf, unescaped, type XlsxParts } from './xlsx-parts.ts';
import { takeApart } from './xlsx-rows.ts';
import { lookOf, PALETTE, withLooks, type StyledCell } from './looks.ts';
import type { BlankLook, BlankSheet } from './types.ts';

/** 新格式的样子: fonts, fills, alignment and lines from the styles part; what cannot be read is left out, because it is for the eye only. */
export function looksOfXlsx(sheets: readonly BlankSheet[], book: XlsxParts): BlankSheet[] {
  const styles = [...book.parts.keys()].find((name) => /(^|\/)styles\.xml$/i.test(name));
  const themePart = [...book.parts.keys()].find((name) => /theme\/theme1\.xml$/i.test(name));
  const looks = styles === undefined ? [] : stylesOf(textOf(book.parts, styles), themePart === undefined ? [] : themeOf(textOf(book.parts, themePart)));
  return withLooks(sheets, looks, (index) => cellsOf(book, index));
}

function* cellsOf({ parts, sheets }: XlsxParts, index: number): Generator<StyledCell> {
  const part = sheets[index]?.part;
  if (part === undefined || !parts.has(part)) return;
  for (const [row, { cells }] of takeApart(textOf(parts, part)).rows) for (const [column, { attributes }] of cells) {
    const style = attributeOf(attributes, 's');
    if (style !== '') yield { row, column, style: Number(style) };
  }
}

/** The elements of that name within `xml`, their attributes and what stands in them. */
function elements(xml: string, name: string): { readonly attributes: string; readonly inside: string }[] {
  return [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}\\b([^>]*?)(?:/>|>([\\s\\S]*?)</(?:\\w+:)?${name}\\s*>)`, 'g'))].map(([, attributes = '', inside = '']) => ({ attributes, inside }));
}
const listOf = (xml: string, list: string, name: string) => elements(elements(xml, list)[0]?.inside ?? '', name);

/** 主题色 in the order that styles count them: the two pairs of light and dark are the other way round. */
function themeOf(xml: string): string[] {
  const colors = ['lt1', 'dk1', 'lt2', 'dk2', 'accent1', 'accent2', 'accent3', 'accent4', 'accent5', 'accent6'].map((name) => {
    const inside = elements(xml, name)[0]?.inside ?? '';
    return /(?:lastClr|srgbClr val)="([0-9A-Fa-f]{6})"/.exec(inside)?.[1] ?? '000000';
  });
  return colors;
}

function stylesOf(xml: string, theme: readonly string[]): BlankLook[] {
  const fonts = listOf(xml, 'fonts', 'font').map(({ inside }) => ({
    font: unescaped(attributeOf(elements(inside, 'name')[0]?.attributes ?? '', 'val')).slice(0, 40), size: Number(attributeOf(elements(inside, 'sz')[0]?.attributes ?? '', 'val')) || undefined,
    bold: isOn(inside, 'b'), italic: isOn(inside, 'i'), underline: isOn(inside, 'u'), color: colorOf(elements(inside, 'color')[0]?.attributes, theme),
  }));
  const fills = listOf(xml, 'fills', 'fill').map(({ inside }) => (/patternType="solid"/.test(inside) ? colorOf(elements(inside, 'fgColor')[0]?.attributes, theme) : undefined));
  const borders = listOf(xml, 'borders', 'border').map(({ inside }) => ['top', 'right', 'bottom', 'left'].filter((side) => { const style = attributeOf(elements(inside, side)[0]?.attributes ?? '', 'style'); return style !== '' && style !== 'none'; }).map((side) => side.charAt(0)).join(''));
  return listOf(xml, 'cellXfs', 'xf').map(({ attributes, inside }) => {
    const at = (name: string) => Number(attributeOf(attributes, name)) || 0;
    const alignment = elements(inside, 'alignment')[0]?.attributes ?? '';
    return lookOf({ ...fonts[at('fontId')], fill: fills[at('fillId')], edges: borders[at('borderId')] ?? '', align: alignOf(attributeOf(alignment, 'horizontal')), valign: valignOf(attributeOf(alignment, 'vertical')), wrap: attributeOf(alignment, 'wrapText') === '1' || attributeOf(alignment, 'wrapText') === 'true' ? true : undefined });
  });
}

const isOn = (inside: string, name: string): true | undefined => { const found = elements(inside, name)[0]; return found !== undefined && !/val="(?:0|false|none)"/.test(found.attributes) ? true : undefined; };
const alignOf = (text: string): BlankLook['align'] => (text === 'center' || text === 'centerContinuous' || text === 'distributed' ? 'center' : text === 'left' || text === 'right' ? text : undefined);
const valignOf = (text: string): BlankLook['valign'] => (text === 'center' ? 'middle' : text === 'top' || text === 'bottom' ? text : undefined);

function colorOf(attributes: string | undefined, theme: readonly string[]): string | undefined {
  if (attributes === undefined) return undefined;
  const [rgb, indexed, themed] = [attributeOf(attributes, 'rgb'), attributeOf(attributes, 'indexed'), attributeOf(attributes, 'theme')];
  const plain = /^[0-9A-Fa-f]{6,8}$/.test(rgb) ? rgb.slice(-6) : indexed === '' ? (themed === '' ? undefined : theme[Number(themed)]) : PALETTE[Number(indexed)];
  return plain === undefined ? undefined : `#${tinted(plain, Number(attributeOf(attributes, 'tint')) || 0).toLowerCase()}`;
}

/** 深浅: towards white when positive, towards black when negative. */
function tinted(rgb: string, tint: number): string {
  return [0, 2, 4].map((at) => {
    const value = Number.parseInt(rgb.slice(at, at + 2), 16);
    return Math.round(tint < 0 ? value * (1 + tint) : value + (255 - value) * tint).toString(16).padStart(2, '0');
  }).join('');
}
