import { asWritten, type NumberKinds } from './number-kinds.ts';
import { attributeOf, escaped } from './xlsx-parts.ts';
import { without, type XmlCell, type XmlRow, type XmlSheet } from './xlsx-rows.ts';
import type { FillValue, Writing } from './types.ts';

/** 写单元格 of one sheet: the style of each stays; a cell that is not there yet takes its row's or its column's. */
export function writeCells(sheet: XmlSheet, writings: readonly Writing[], kinds: NumberKinds): void {
  for (const { row, column, value } of writings) {
    const line: XmlRow = sheet.rows.get(row) ?? { attributes: '', cells: new Map() };
    sheet.rows.set(row, line);
    const cell = line.cells.get(column) ?? fresh(sheet, line, column);
    // A span that no longer covers the row's cells is a wrong hint; it may be left out.
    if (!line.cells.has(column)) line.attributes = without(line.attributes, 'spans');
    line.cells.set(column, filled(cell, asWritten(value, Number(attributeOf(cell.attributes, 's')) || 0, kinds), sheet.prefix));
  }
}

function fresh(sheet: XmlSheet, row: XmlRow, column: number): XmlCell {
  const style = attributeOf(row.attributes, 'customFormat') === '' ? columnStyle(sheet, column) : attributeOf(row.attributes, 's');
  return { attributes: style === '' ? '' : ` s="${style}"`, inside: '' };
}

function columnStyle({ before }: XmlSheet, column: number): string {
  for (const [, attributes = ''] of before.matchAll(/<(?:\w+:)?col\b([^>]*?)\/?>/g)) {
    if (Number(attributeOf(attributes, 'min')) <= column + 1 && column + 1 <= Number(attributeOf(attributes, 'max'))) return attributeOf(attributes, 'style');
  }
  return '';
}

/** A text goes in as an inline string: whatever it begins with, it is never read as a formula. */
function filled({ attributes }: XmlCell, value: FillValue, prefix: string): XmlCell {
  const bare = without(without(attributes, 't'), 'cm');
  if (value === null) return { attributes: bare, inside: '' };
  if ('number' in value) return { attributes: bare, inside: `<${prefix}v>${value.number}</${prefix}v>` };
  return { attributes: `${bare} t="inlineStr"`, inside: `<${prefix}is><${prefix}t xml:space="preserve">${escaped(value.text)}</${prefix}t></${prefix}is>` };
}

/** 公式的缓存值 is written where it could be reckoned and left out where not, so that no stale 0 is shown. */
export function setCached(cell: XmlCell, value: number | string | boolean | { readonly error: string } | undefined, prefix: string): void {
  const formula = new RegExp(`<${prefix}f\\b[^>]*?(?:/>|>[\\s\\S]*?</${prefix}f\\s*>)`).exec(cell.inside)?.[0];
  if (formula === undefined) return;
  cell.attributes = without(cell.attributes, 't');
  if (value === undefined) { cell.inside = formula; return; }
  const [type, text] = typeof value === 'number' ? ['', String(value)] : typeof value === 'boolean' ? [' t="b"', value ? '1' : '0'] : typeof value === 'string' ? [' t="str"', escaped(value)] : [' t="e"', value.error];
  cell.attributes += type;
  cell.inside = `${formula}<${prefix}v>${text}</${prefix}v>`;
}
