import { gunzipSync } from 'node:zlib';
import { readXlsx } from 'hucre/xlsx';

/** Every cell of an exported workbook as one text; a gzipped bundle's members as they stand. */
export async function readWorkbookText(bytes: Uint8Array): Promise<string> {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes).toString();
  const workbook = await readXlsx(bytes);
  return JSON.stringify(workbook.sheets.map((sheet) => sheet.rows));
}
