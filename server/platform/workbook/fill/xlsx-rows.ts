import { columnOf } from '../cell-ref.ts';
import { WorkbookRefusal } from '../refusal.ts';
import { letters } from './refs.ts';
import { attributeOf } from './xlsx-parts.ts';

/** A cell of the sheet's XML: its tag's attributes without `r`, and what stands inside. */
export interface XmlCell { attributes: string; inside: string }
/** A row: its attributes without `r`, and its cells by column. */
export interface XmlRow { attributes: string; readonly cells: Map<number, XmlCell> }
/** 工作表的行: the text before and after the rows stays as it is. `prefix` is the namespace's, mostly none. */
export interface XmlSheet { before: string; after: string; readonly prefix: string; readonly rows: Map<number, XmlRow> }

/** 拆行: cuts a sheet's XML into rows and cells. @throws WorkbookRefusal broken-workbook */
export function takeApart(xml: string): XmlSheet {
  const data = /<((?:\w+:)?)sheetData\b[^>]*?(?:\/>|>([\s\S]*?)<\/\1sheetData\s*>)/.exec(xml);
  if (data === null) throw new WorkbookRefusal('broken-workbook');
  const [whole, prefix = '', inside = ''] = data;
  const rows = new Map<number, XmlRow>();
  let last = 0;
  for (const [, attributes = '', body = ''] of inside.matchAll(new RegExp(`<${prefix}row\\b([^>]*?)(?:/>|>([\\s\\S]*?)</${prefix}row\\s*>)`, 'g'))) {
    last = Number(attributeOf(attributes, 'r')) || last + 1;
    rows.set(last, { attributes: without(attributes, 'r'), cells: cellsOf(body, prefix) });
  }
  return { before: xml.slice(0, data.index), after: xml.slice(data.index + whole.length), prefix, rows };
}

function cellsOf(body: string, prefix: string): Map<number, XmlCell> {
  const cells = new Map<number, XmlCell>();
  let last = -1;
  for (const [, attributes = '', inside = ''] of body.matchAll(new RegExp(`<${prefix}c\\b([^>]*?)(?:/>|>([\\s\\S]*?)</${prefix}c\\s*>)`, 'g'))) {
    const reference = attributeOf(attributes, 'r');
    last = reference === '' ? last + 1 : columnOf(reference);
    cells.set(last, { attributes: without(attributes, 'r'), inside });
  }
  return cells;
}

/** 去掉一个属性. */
export const without = (attributes: string, name: string): string => attributes.replace(new RegExp(`\\s${name}\\s*=\\s*(?:"[^"]*"|'[^']*')`), '').trimEnd();

/** 合成: rows in order, cells in order, as one XML text. */
export function putTogether({ before, after, prefix, rows }: XmlSheet): string {
  const body = [...rows].toSorted(([a], [b]) => a - b).map(([row, { attributes, cells }]) => {
    const inside = [...cells].toSorted(([a], [b]) => a - b).map(([column, cell]) => tag(`${prefix}c`, ` r="${letters(column)}${row}"${cell.attributes}`, cell.inside)).join('');
    return tag(`${prefix}row`, ` r="${row}"${attributes}`, inside);
  }).join('');
  return `${before}<${prefix}sheetData>${body}</${prefix}sheetData>${after}`;
}

const tag = (name: string, attributes: string, inside: string): string => (inside === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${inside}</${name}>`);
