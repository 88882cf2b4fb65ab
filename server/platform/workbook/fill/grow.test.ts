import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CFB, read } from '@e965/xlsx';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BIFF, recordsOf } from './biff.ts';
import { refsIn } from './biff-tokens.ts';
import { blankLimits, fillBlank } from './fill-blank.ts';
import { fillXls } from './fill-xls.ts';
import { readBlank } from './read-blank.ts';
import { copyFormula, shiftFormula } from './refs.ts';
import type { BlankSheet, Filling } from './types.ts';
import { readParts } from './xlsx-parts.ts';

/**
 * A made-up blank that has everything which may go wrong below a list of rows 4 to 6: sums over it above and below, a fixed reference to the total and a running count
 * in its rows, merges in its rows and below, conditional formats, checks with a formula, a print area, a name, a page break, and sheets that refer to it.
 */
const odd = (type: 'xls' | 'xlsx') => fileURLToPath(new URL(`testing/odd.${type}`, import.meta.url));
const filling = (count: number): Filling => ({
  growth: [{ sheet: 0, after: 6, count }],
  writings: Array.from({ length: 3 + count }, (_, at) => [{ sheet: 0, row: 4 + at, column: 2, value: { text: `小区${at + 1}` } }, { sheet: 0, row: 4 + at, column: 3, value: { number: '100' } }, { sheet: 0, row: 4 + at, column: 4, value: { number: String(40 + at) } }]).flat(),
});
const formulasOf = (sheets: readonly BlankSheet[]) => sheets.map(({ name, cells }) => [name, cells.filter(({ formula }) => formula !== null).map(({ row, column, formula, text }) => [row, column, formula, text])]);

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'grow-')); });
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('rows put in before a totals row', () => {
  test.each(['xls', 'xlsx'] as const)('.%s: sums, copies, other sheets and names follow, and the shown values are right at once', async (type) => {
    const { sheets: [sheet, other] } = await fillBlank(odd(type), type, filling(5));
    const at = (of: BlankSheet | undefined, row: number, column: number) => of?.cells.find((cell) => cell.row === row && cell.column === column);
    expect([at(sheet, 2, 5), at(sheet, 12, 3), at(sheet, 12, 4)].map((cell) => [cell?.formula, cell?.number])).toEqual([['SUM(D4:D11)', 800], ['SUM(D4:D11)', 800], ['SUM(E4:E11)', 348]]);
    expect([4, 6, 7, 11].map((row) => at(sheet, row, 5)?.formula)).toEqual([4, 6, 7, 11].map((row) => `IF(D${row}="","",ROUND(E${row}/D${row}*100,2)+0*D$12)`));
    expect([at(sheet, 6, 0)?.formula, at(sheet, 11, 0)?.formula]).toEqual(['IF(C6="","",COUNTA(C$4:C6))', 'IF(C11="","",COUNTA(C$4:C11))']);
    expect([at(sheet, 12, 0)?.text, at(sheet, 14, 0)?.text, at(sheet, 15, 0)?.text]).toEqual(['合计', '注：入住率保留两位小数。', '填表人：']);
    expect([1, 2, 9].map((row) => [at(other, row, 1)?.formula, at(other, row, 1)?.number])).toEqual([['名单表!D12', 800], ['SUM(名单表!D4:D11)', 800], ['B1+B2', 1600]]);
    expect(sheet?.merges.map(({ top, left, bottom, right }) => [top, left, bottom, right].join()).toSorted()).toEqual(['1,0,1,7', '3,6,3,7', ...Array.from({ length: 8 }, (_, row) => `${row + 4},6,${row + 4},7`), '12,0,12,2', '14,0,14,7'].toSorted());
    expect(sheet?.heights.slice(3, 11)).toEqual(Array.from({ length: 8 }, () => sheet?.heights[3]));
  });

  test('the old format and the new one say the same, however many rows are put in', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (count) => {
      const [old, now] = [await fillBlank(odd('xls'), 'xls', filling(count)), await fillBlank(odd('xlsx'), 'xlsx', filling(count))];
      expect(formulasOf(old.sheets)).toEqual(formulasOf(now.sheets));
    }), { numRuns: 3 });
  });

  test('names, print area, page breaks, conditional formats and checks cover the new rows, in both formats', async () => {
    const old = fillXls(await readFile(odd('xls')), filling(5));
    const names = read(old, { type: 'buffer' }).Workbook?.Names?.map(({ Name, Ref }) => `${Name} ${Ref}`);
    expect(names).toEqual(expect.arrayContaining(['合计户数 名单表!$D$12', '_xlnm.Print_Area 名单表!$A$1:$H$15']));
    const stream = Buffer.from(CFB.read(old, { type: 'buffer' }).FileIndex.find(({ name }: { name: string }) => name === 'Workbook')?.content ?? []);
    const { records } = recordsOf(stream);
    const of = (type: number) => records.filter((record) => record.type === type).map(({ data }) => data);
    expect(of(BIFF.conditional).map((data) => [data.readUInt16LE(14), data.readUInt16LE(16)])).toEqual([[3, 10], [3, 10]]);
    expect(of(BIFF.validation).map((data) => [data.readUInt16LE(data.length - 8), data.readUInt16LE(data.length - 6)])).toEqual([[3, 10], [3, 10]]);
    expect(of(BIFF.horizontalBreaks).map((data) => data.readUInt16LE(2))).toEqual([12]);

    const path = join(folder, 'grown.xlsx');
    await writeFile(path, (await fillBlank(odd('xlsx'), 'xlsx', filling(5))).bytes);
    const xml = (await readParts(path, blankLimits)).parts.get('xl/worksheets/sheet1.xml')?.toString('utf8') ?? '';
    expect([...xml.matchAll(/sqref="([A-H]\d+:[A-H]\d+)"/g)].map(([, range]) => range)).toEqual(expect.arrayContaining(['A4:H11', 'E4:E11', 'F4:F11', 'G4:G11']));
    expect(xml).toContain('$D$12*10+D4');
    expect(xml).toContain('$D4&gt;$D$12/2');
    expect(xml).toContain('<brk id="12"');
  });

  test('what is not in the way stays as it was: nothing but rows moves when the list stands on another sheet', async () => {
    const before = formulasOf((await fillBlank(odd('xls'), 'xls', { growth: [], writings: [] })).sheets);
    const after = formulasOf((await fillBlank(odd('xls'), 'xls', { growth: [{ sheet: 2, after: 1, count: 9 }], writings: [] })).sheets);
    expect(after).toEqual(before);
  });
});

describe('references in the row that is copied', () => {
  const shift = { after: 5, count: 10 };
  const inRow = (formula: string) => shiftFormula(formula, { sheetName: '表', isOwn: true, isPattern: true, shift });
  test.each([
    ['SUM(C5:E5)', 'SUM(C5:E5)'], ['SUM(C$3:C5)', 'SUM(C$3:C5)'], ['RANK(C5,C$3:C$5)', 'RANK(C5,C$3:C$15)'], ['B5/B$20', 'B5/B$30'], ['B5/$B$2', 'B5/$B$2'], ['SUM(D6:D9)', 'SUM(D16:D19)'],
  ])('%s becomes %s: a row’s own sum stays within it, a rank takes all rows in', (before, after) => { expect(inRow(before)).toBe(after); });

  test('a copy refers to its own row and to the same fixed cells', () => { expect(copyFormula(inRow('C5/C$20+SUM(C5:E5)'), 3, 0)).toBe('C8/C$30+SUM(C8:E8)'); });
});

test('a token that is not known is told, not guessed at', () => {
  expect(() => [...refsIn(Buffer.from([0x44, 1, 0, 2, 0xc0, 0x18, 0, 0]))]).toThrow(/另存为 xlsx/);
  expect([...refsIn(Buffer.from([0x44, 1, 0, 2, 0xc0, 0x25, 3, 0, 4, 0, 1, 0xc0, 2, 0xc0]))].map(({ rows }) => rows)).toEqual([[1], [6, 8]]);
});

test('a text longer than the old format holds is refused with what to do, instead of being cut', async () => {
  const bytes = await readFile(odd('xls'));
  const filledWith = (letters: number) => fillXls(bytes, { growth: [], writings: [{ sheet: 0, row: 2, column: 0, value: { text: '长'.repeat(letters) } }] });
  expect(() => filledWith(256)).toThrow(/另存为 xlsx/);
  expect(readBlank(filledWith(255))[0]?.cells.find(({ row, column }) => row === 2 && column === 0)?.text).toHaveLength(255);
});
