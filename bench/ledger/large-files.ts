import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { writeXlsx } from 'hucre/xlsx';
import { biff8Of } from '#platform/workbook/biff8.fixture.ts';
import { estateNames, UNIT_COLUMNS, unitRows, writeSheet } from './units-workbook.ts';

/** Columns that a managing company's list holds besides, and that no ledger keeps. */
const MORE_COLUMNS = ['客户编号', '入住情况', '电表户号', '备注'];

/** 大名册的行 under their headings, sixteen columns wide. */
function* wideRows(units: number): Generator<(string | number)[], void, undefined> {
  yield [...UNIT_COLUMNS, ...MORE_COLUMNS];
  let at = 0;
  for (const row of unitRows(units)) {
    at += 1;
    yield [...row, `KH${String(at).padStart(8, '0')}`, at % 5 === 0 ? '空置' : '已入住', 3_300_000_000 + at, at % 7 === 0 ? `第${at}户，钥匙已领，装修押金未退` : ''];
  }
}

/** 写大文件: the same list as .xls or .xlsx (each text once in a table of its own, as Excel saves it) or as text, .csv or .html, by its ending. */
async function writeLarge(path: string, units: number): Promise<void> {
  if (path.endsWith('.xlsx')) return writeFile(path, await writeXlsx({ sheets: [{ name: '房屋业主名册', rows: [...wideRows(units)] }] }));
  if (path.endsWith('.xls')) return writeFile(path, biff8Of('房屋业主名册', wideRows(units)));
  const line = path.endsWith('.html') ? (row: readonly (string | number)[]) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n` : (row: readonly (string | number)[]) => `${row.join(',')}\r\n`;
  const file = createWriteStream(path);
  if (path.endsWith('.html')) file.write('<html><table>\n');
  for (const row of wideRows(units)) if (!file.write(line(row))) await once(file, 'drain');
  file.end();
  await finished(file);
}

/** `node bench/ledger/large-files.ts list|estates <path> <units>`: the list of so many homes, or the estates that it is about. */
const [what = '', path = '', units = ''] = process.argv.slice(2);
if (what === 'estates') await writeSheet(path, '住宅小区台账', [['小区名称', '总户数'], ...estateNames(Number(units)).map((name) => [name, 1_000])]);
else await writeLarge(path, Number(units));
