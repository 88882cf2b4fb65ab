import { readXlsx } from 'hucre/xlsx';

/** Every cell of an exported workbook as one text. */
export async function readWorkbookText(bytes: Uint8Array): Promise<string> {
  const workbook = await readXlsx(bytes);
  return JSON.stringify(workbook.sheets.map((sheet) => sheet.rows));
}
