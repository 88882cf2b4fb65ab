import type { WorkbookLimits } from '../limits.ts';
import { reckonAll } from './reckon-all.ts';
import { numberKindsOfXlsx } from './number-kinds.ts';
import { readBlank } from './read-blank.ts';
import type { Filling } from './types.ts';
import { growSheet } from './xlsx-grow.ts';
import { readParts, textOf, type XlsxParts } from './xlsx-parts.ts';
import { putTogether, takeApart } from './xlsx-rows.ts';
import { setCached, writeCells } from './xlsx-write.ts';
import { zipOf } from './zip-bytes.ts';

/**
 * 填 xlsx: writes the cells into the sheet's own XML; every other part stays byte for byte, and so do all other cells.
 * Formulas are reckoned anew when the file is opened; their shown values are put right here where they are simple, else left out.
 */
export async function fillXlsx(path: string, { growth, writings }: Filling, limits: WorkbookLimits): Promise<{ readonly bytes: Buffer; readonly book: XlsxParts }> {
  const book = await readParts(path, limits);
  for (const one of growth) growSheet(book, one);
  if (growth.some(({ count }) => count > 0)) dropCalcChain(book);
  const kinds = numberKindsOfXlsx(book);
  for (const [index, { part }] of book.sheets.entries()) {
    const own = writings.filter(({ sheet }) => sheet === index);
    if (own.length === 0) continue;
    const sheet = takeApart(textOf(book.parts, part));
    writeCells(sheet, own, kinds);
    book.parts.set(part, Buffer.from(putTogether(sheet), 'utf8'));
  }
  refreshFormulas(book);
  book.parts.set(book.workbook, Buffer.from(reckonedOnOpening(textOf(book.parts, book.workbook)), 'utf8'));
  return { bytes: zipOf(book.parts), book };
}

function refreshFormulas(book: XlsxParts): void {
  const values = reckonAll(readBlank(zipOf(book.parts)));
  for (const [index, { part }] of book.sheets.entries()) {
    const xml = textOf(book.parts, part);
    if (!/<(?:\w+:)?f\b/.test(xml)) continue;
    const sheet = takeApart(xml);
    for (const [row, { cells }] of sheet.rows) for (const [column, cell] of cells) setCached(cell, values(index, column, row), sheet.prefix);
    book.parts.set(part, Buffer.from(putTogether(sheet), 'utf8'));
  }
}

/** `fullCalcOnLoad`, in its place by the schema when there is no `calcPr` yet. */
function reckonedOnOpening(workbook: string): string {
  if (/<(?:\w+:)?calcPr\b/.test(workbook)) return workbook.replace(/(<(?:\w+:)?calcPr\b)([^>]*?)(\/?>)/, (_, open: string, attributes: string, close: string) => `${open}${attributes.replace(/\sfullCalcOnLoad="[^"]*"/, '').trimEnd()} fullCalcOnLoad="1"${close}`);
  const before = [...workbook.matchAll(/<\/(\w+:)?(?:sheets|functionGroups|externalReferences|definedNames)\s*>/g)].at(-1);
  if (before === undefined) return workbook;
  const at = before.index + before[0].length;
  return `${workbook.slice(0, at)}<${before[1] ?? ''}calcPr fullCalcOnLoad="1"/>${workbook.slice(at)}`;
}

/** The order of calculation names cells that have moved; the office program makes a new one. */
function dropCalcChain({ parts, workbook }: XlsxParts): void {
  const chain = [...parts.keys()].find((name) => name.endsWith('calcChain.xml'));
  if (chain === undefined) return;
  parts.delete(chain);
  const relations = `${workbook.slice(0, workbook.lastIndexOf('/') + 1)}_rels/${workbook.slice(workbook.lastIndexOf('/') + 1)}.rels`;
  for (const part of ['[Content_Types].xml', relations]) parts.set(part, Buffer.from(textOf(parts, part).replace(/<(?:\w+:)?(?:Override|Relationship)\b[^>]*calcChain\.xml"[^>]*\/>/, ''), 'utf8'));
}
