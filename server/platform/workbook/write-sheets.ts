import { cleanText, sheetNameOf } from './write.ts';

/** 一张文字表: rows of text, the heading first; widths in characters. */
export interface TextSheetTask { readonly name: string; readonly headings: readonly string[]; readonly rows: readonly (readonly string[])[] }

const WIDTH = 18;

/** 写文字表: several sheets of plain text in one workbook, for somebody else's form that is given back. Every cell is text, so that a number keeps its zeros and nothing is taken for a formula. The library is loaded when it is first needed. */
export async function writeSheets(sheets: readonly TextSheetTask[]): Promise<Uint8Array> {
  const { writeXlsx } = await import('hucre/xlsx');
  return writeXlsx({
    sheets: sheets.map(({ name, headings, rows }) => ({
      name: sheetNameOf(name), columns: headings.map(() => ({ width: WIDTH, numFmt: '@' })), rows: [headings.map(cleanText), ...rows.map((row) => row.map((cell) => (cell === '' ? null : cleanText(cell))))], freezePane: { rows: 1 },
    })),
  });
}
