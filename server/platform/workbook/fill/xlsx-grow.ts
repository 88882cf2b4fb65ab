import { WorkbookRefusal } from '../refusal.ts';
import { copyFormula, shifted, shiftFormula, shiftReference, type Shift } from './refs.ts';
import { attributeOf, escaped, relationsOf, textOf, unescaped, type XlsxParts } from './xlsx-parts.ts';
import { putTogether, takeApart, without, type XmlCell, type XmlRow, type XmlSheet } from './xlsx-rows.ts';
import type { Growth } from './types.ts';

/** 增行: rows like the one above are put in; formulas, merges, conditional formats, checks, links, print areas and pictures below follow. */
export function growSheet({ parts, sheets, workbook }: XlsxParts, { sheet: index, after, count }: Growth): void {
  const own = sheets[index];
  if (own === undefined || count <= 0) return;
  const shift: Shift = { after, count };
  for (const [at, { part }] of sheets.entries()) {
    const xml = textOf(parts, part);
    if (at === index) {
      if (/<(?:\w+:)?tableParts\b/.test(xml)) throw new WorkbookRefusal('broken-workbook', '这张表用了“超级表”（表格对象），不能自动增行，请先在 Excel 中转换为普通区域，另存后再上传。');
      parts.set(part, Buffer.from(grown(xml, own.name, shift), 'utf8'));
    } else parts.set(part, Buffer.from(formulasMoved(xml, own.name, false, shift), 'utf8'));
  }
  parts.set(workbook, Buffer.from(textOf(parts, workbook).replaceAll(/(<(?:\w+:)?definedName\b[^>]*>)([^<]*)(<)/g, (_, open: string, formula: string, close: string) => open + escapedFormula(shiftFormula(unescaped(formula), { sheetName: own.name, isOwn: false, shift })) + close), 'utf8'));
  for (const { target, type } of relationsOf(parts, own.part).values()) if (type === 'drawing') moveDrawing(parts, target, shift);
}

function grown(xml: string, name: string, shift: Shift): string {
  const sheet = takeApart(withoutShared(xml));
  const rows = [...sheet.rows];
  sheet.rows.clear();
  for (const [row, content] of rows) sheet.rows.set(shifted(row, shift), content);
  sheet.before = sheet.before.replace(/(<(?:\w+:)?dimension\b[^>]*?ref=")([^"]*)/, (_, open: string, reference: string) => open + shiftReference(reference, shift, true));
  sheet.after = tailMoved(sheet, shift);
  // First the formulas follow, then the row is copied: what a copy refers to stands where it stands for the row itself.
  const moved = takeApart(formulasMoved(putTogether(sheet), name, true, shift));
  const pattern = moved.rows.get(shift.after);
  for (let at = 1; at <= shift.count; at += 1) if (pattern) moved.rows.set(shift.after + at, likeRow(pattern, at, moved.prefix));
  return putTogether(moved);
}

/** A row of the same look: styles, height and formulas (moved down with it), no values. */
function likeRow({ attributes, cells }: XmlRow, down: number, prefix: string): XmlRow {
  const copied = [...cells].map(([column, cell]): [number, XmlCell] => {
    const formula = new RegExp(`<${prefix}f\\b[^>]*>([\\s\\S]*?)</${prefix}f\\s*>`).exec(cell.inside)?.[1];
    return [column, { attributes: without(cell.attributes, 't'), inside: formula === undefined ? '' : `<${prefix}f>${escapedFormula(copyFormula(unescaped(formula), down, 0))}</${prefix}f>` }];
  });
  return { attributes, cells: new Map(copied) };
}

/** What stands behind the rows: merges (one that lies within the copied row is made for each new row), formats, checks, links, filters, page breaks. */
function tailMoved({ after, prefix }: XmlSheet, shift: Shift): string {
  const list = new RegExp(`<${prefix}mergeCells\\b[^>]*>([\\s\\S]*?)</${prefix}mergeCells\\s*>`).exec(after);
  const merges = [...(list?.[1] ?? '').matchAll(/ref="([^"]*)"/g)].map(([, reference = '']) => reference);
  const within = merges.filter((reference) => /^\D+(\d+):\D+(\d+)$/.exec(reference)?.slice(1).every((row) => Number(row) === shift.after));
  const all = [...merges.map((reference) => shiftReference(reference, shift, false)), ...within.flatMap((reference) => Array.from({ length: shift.count }, (_, at) => reference.replaceAll(/\d+/g, String(shift.after + 1 + at))))];
  const merged = list === null ? after : after.replace(list[0], `<${prefix}mergeCells count="${all.length}">${all.map((reference) => `<${prefix}mergeCell ref="${reference}"/>`).join('')}</${prefix}mergeCells>`);
  return merged
    .replaceAll(/(<(?:\w+:)?(?:conditionalFormatting|dataValidation|protectedRange|ignoredError)\b[^>]*?sqref=")([^"]*)/g, (_, open: string, reference: string) => open + shiftReference(reference, shift, true))
    .replaceAll(/(<(?:\w+:)?autoFilter\b[^>]*?\bref=")([^"]*)/g, (_, open: string, reference: string) => open + shiftReference(reference, shift, true))
    .replaceAll(/(<(?:\w+:)?hyperlink\b[^>]*?\bref=")([^"]*)/g, (_, open: string, reference: string) => open + shiftReference(reference, shift, false))
    .replace(/(<(?:\w+:)?rowBreaks\b[^>]*>)([\s\S]*?)(<\/(?:\w+:)?rowBreaks\s*>)/, (_, open: string, inside: string, close: string) => open + inside.replaceAll(/\bid="(\d+)"/g, (__, row: string) => `id="${shifted(Number(row), shift)}"`) + close);
}

/** Formulas of the sheet that refer to the grown one. */
function formulasMoved(xml: string, name: string, isOwn: boolean, shift: Shift): string {
  const sheet = takeApart(xml);
  const move = (text: string, isPattern = false) => escapedFormula(shiftFormula(unescaped(text), { sheetName: name, isOwn, isPattern, shift }));
  for (const [row, { cells }] of sheet.rows) {
    for (const cell of cells.values()) {
      cell.inside = cell.inside.replace(/(<(?:\w+:)?f\b)([^>]*)(>)([\s\S]*?)(<\/(?:\w+:)?f\s*>)/, (_, open: string, attributes: string, end: string, formula: string, close: string) =>
        open + (isOwn ? attributes.replace(/\bref="([^"]*)"/, (__, reference: string) => `ref="${shiftReference(reference, shift, true)}"`) : attributes) + end + move(formula, isOwn && row === shift.after) + close);
    }
  }
  sheet.after = sheet.after.replaceAll(/(<(?:\w+:)?formula[12]?\b[^>]*>)([^<]*)(<)/g, (_, open: string, formula: string, close: string) => open + move(formula) + close);
  return putTogether(sheet);
}

/** 共享公式展开: each cell gets its own text, because rows put between them would change what the shared one means. */
function withoutShared(xml: string): string {
  const sheet = takeApart(xml);
  const masters = new Map<string, { formula: string; row: number; column: number }>();
  for (const [row, { cells }] of sheet.rows) {
    for (const [column, cell] of cells) {
      const found = /<(?:\w+:)?f\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?f\s*>)/.exec(cell.inside);
      if (found === null || attributeOf(found[1] ?? '', 't') !== 'shared') continue;
      const key = attributeOf(found[1] ?? '', 'si');
      const own = found[2] ?? '';
      if (own !== '') masters.set(key, { formula: unescaped(own), row, column });
      const master = masters.get(key);
      if (master) cell.inside = cell.inside.replace(found[0], `<${sheet.prefix}f>${escapedFormula(copyFormula(master.formula, row - master.row, column - master.column))}</${sheet.prefix}f>`);
    }
  }
  return putTogether(sheet);
}

const escapedFormula = (formula: string): string => escaped(formula);

function moveDrawing(parts: Map<string, Buffer>, part: string, shift: Shift): void {
  if (!parts.has(part)) return;
  // Rows of anchors count from 0: row n of the sheet is n - 1 here.
  parts.set(part, Buffer.from(textOf(parts, part).replaceAll(/(<xdr:row>)(\d+)(<)/g, (_, open: string, row: string, close: string) => open + (shifted(Number(row) + 1, shift) - 1) + close), 'utf8'));
}
