import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CFB } from '@e965/xlsx';
import { BIFF, columnOf, isCell, oneByOne, recordsOf, rowOf } from './biff.ts';
import { blankLimits, fillBlank, openBlank } from './fill-blank.ts';
import { readBlank } from './read-blank.ts';
import { readParts } from './xlsx-parts.ts';
import { takeApart } from './xlsx-rows.ts';
import { zipOf } from './zip-bytes.ts';
import type { BlankSheet, Filling } from './types.ts';

const blank = (name: string) => fileURLToPath(new URL(`../../../../seeds/ledgers/blanks/${name}`, import.meta.url));
const MONTHLY = blank('市局月报表（空表）.xlsx');
const LIST = blank('安委办排查表（空表）.xlsx');
const OLD = blank('创城办统计表（空表）.xls');

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'fill-')); });
afterAll(() => rm(folder, { recursive: true, force: true }));
const kept = async (name: string, bytes: Buffer) => { const path = join(folder, name); await writeFile(path, bytes); return path; };

const at = (sheet: BlankSheet | undefined, address: string) => {
  const [, column = '', row = ''] = /^([A-Z])(\d+)$/.exec(address) ?? [];
  return sheet?.cells.find((cell) => cell.column === column.charCodeAt(0) - 65 && cell.row === Number(row));
};
const number = (row: number, column: number, value: string) => ({ sheet: 0, row, column, value: { number: value } });
const monthly: Filling = { growth: [], writings: [number(6, 4, '100'), number(6, 5, '76'), number(6, 6, '150'), number(7, 4, '60'), number(7, 5, '16'), { sheet: 0, row: 3, column: 0, value: { text: '=填报单位：云川县' } }] };

describe('an .xlsx', () => {
  test('only the marked cells change; every other part is the same byte for byte', async () => {
    const before = await readParts(MONTHLY, blankLimits);
    const after = await readParts(await kept('a.xlsx', (await fillBlank(MONTHLY, 'xlsx', monthly)).bytes), blankLimits);
    const changed = [...before.parts].filter(([name, content]) => !after.parts.get(name)?.equals(content)).map(([name]) => name);
    expect([...after.parts.keys()]).toEqual([...before.parts.keys()]);
    expect(changed.toSorted()).toEqual(['xl/workbook.xml', 'xl/worksheets/sheet1.xml']);
    const [old, now] = [before, after].map(({ parts }) => takeApart(parts.get('xl/worksheets/sheet1.xml')?.toString('utf8') ?? ''));
    expect([now?.before, now?.after]).toEqual([old?.before, old?.after]);
    const cells = (of: typeof old) => new Map([...of?.rows ?? []].flatMap(([row, { cells: list }]) => [...list].map(([column, cell]) => [`${column}:${row}`, { ...cell, isFormula: cell.inside.includes('<f>') }] as const)));
    const [a, b] = [cells(old), cells(now)];
    const differing = [...b].filter(([key, cell]) => !cell.isFormula && (a.get(key)?.inside ?? '') !== cell.inside).map(([key]) => key);
    expect(differing.toSorted()).toEqual(['0:3', '4:6', '4:7', '5:6', '5:7', '6:6']);
    expect([...b].every(([key, cell]) => /s="\d+"/.exec(cell.attributes)?.[0] === /s="\d+"/.exec(a.get(key)?.attributes ?? '')?.[0])).toBe(true);
    expect(after.parts.get('xl/workbook.xml')?.toString()).toContain('fullCalcOnLoad="1"');
  });

  test('formulas stay and show the right value at once; a text that begins with = is a text', async () => {
    const [sheet] = readBlank((await fillBlank(MONTHLY, 'xlsx', monthly)).bytes);
    expect(at(sheet, 'D6')).toMatchObject({ formula: 'E6+F6', number: 176 });
    expect(at(sheet, 'D9')).toMatchObject({ formula: 'ROUND(D7/D6*100,2)', number: 43.18 });
    expect(at(sheet, 'H6')).toMatchObject({ number: 17.33 });
    expect(at(sheet, 'H7')?.text).toBe('');
    expect(at(sheet, 'A3')).toMatchObject({ formula: null, text: '=填报单位：云川县' });
  });

  test('a list grows before its note with the row’s look; merges, sums, names and page breaks below follow', async () => {
    const { parts } = await readParts(LIST, blankLimits);
    const xml = parts.get('xl/worksheets/sheet1.xml')?.toString('utf8') ?? '';
    parts.set('xl/worksheets/sheet1.xml', Buffer.from(xml
      .replace('<row r="5" spans="1:1"', '<row r="5" spans="1:1" ht="30" customHeight="1"').replace('<c r="A5"><v>3</v></c>', '<c r="A5"><v>3</v></c><c r="B5" s="0"><f>A5*2</f></c><c r="C5"/>')
      .replace('<c r="A6" t="s"><v>10</v></c>', '<c r="A6" t="s"><v>10</v></c><c r="E6"><f>SUM(E3:E5)+A6</f></c>')
      .replace('<mergeCells count="1"><mergeCell ref="A1:I1"/>', '<mergeCells count="3"><mergeCell ref="A1:I1"/><mergeCell ref="C5:D5"/><mergeCell ref="A6:D6"/>')
      .replace('</worksheet>', '<rowBreaks count="1" manualBreakCount="1"><brk id="6" max="16383" man="1"/></rowBreaks></worksheet>'), 'utf8'));
    parts.set('xl/workbook.xml', Buffer.from((parts.get('xl/workbook.xml')?.toString('utf8') ?? '').replace('<calcPr', '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">高层住宅小区排查!$A$1:$I$6</definedName></definedNames><calcPr'), 'utf8'));
    const { bytes: filled } = await fillBlank(await kept('b.xlsx', zipOf(parts)), 'xlsx', { growth: [{ sheet: 0, after: 5, count: 10 }], writings: [number(15, 4, '7'), number(3, 4, '5')] });
    const [sheet] = readBlank(filled);
    expect(at(sheet, 'A16')?.text).toBe('（可自行增行）');
    expect(at(sheet, 'E16')).toMatchObject({ formula: 'SUM(E3:E15)+A16' });
    expect(at(sheet, 'B15')).toMatchObject({ formula: 'A15*2' });
    expect(sheet?.merges).toEqual(expect.arrayContaining([{ top: 1, left: 0, bottom: 1, right: 8 }, { top: 16, left: 0, bottom: 16, right: 3 }, { top: 15, left: 2, bottom: 15, right: 3 }, { top: 5, left: 2, bottom: 5, right: 3 }]));
    expect(sheet?.heights.slice(4, 15)).toEqual(Array.from({ length: 11 }, () => 40));
    const after = await readParts(await kept('c.xlsx', filled), blankLimits);
    expect(after.parts.get('xl/workbook.xml')?.toString()).toContain('!$A$1:$I$16<');
    expect(after.parts.get('xl/worksheets/sheet1.xml')?.toString()).toContain('<brk id="16"');
  });
});

describe('an .xls', () => {
  const streamIn = (bytes: Buffer) => Buffer.from(CFB.read(bytes, { type: 'buffer' }).FileIndex.find(({ name }: { name: string }) => name === 'Workbook')?.content ?? []);
  const others = (bytes: Buffer, marked: ReadonlySet<string>) => recordsOf(streamIn(bytes)).records.flatMap(oneByOne)
    .filter((record) => !(isCell(record) && marked.has(`${columnOf(record)}:${rowOf(record) + 1}`)) && record.type !== BIFF.boundSheet && record.type !== BIFF.dimensions).map(({ type, data }) => `${type}:${data.toString('hex')}`);

  test('stays an .xls: the marked cells hold the values, every other record is as it was', async () => {
    const filling: Filling = { growth: [], writings: [number(4, 2, '12'), number(16, 2, '176'), number(15, 6, '0.5'), { sheet: 0, row: 2, column: 5, value: { text: '填报时间：2026年11月20日' } }, { sheet: 0, row: 4, column: 6, value: { text: '=1+1' } }] };
    const { bytes: filled } = await fillBlank(OLD, 'xls', filling);
    const [sheet] = readBlank(filled);
    expect(['C4', 'C16', 'G15', 'F2', 'G4', 'B4', 'A17'].map((address) => at(sheet, address)?.text)).toEqual(['12', '176', '0.5', '填报时间：2026年11月20日', '=1+1', '城关街道', '注：数据截至上月末，无物业小区含自管、社区托管和失管小区。']);
    expect(at(sheet, 'G4')?.formula).toBeNull();
    const marked = new Set(filling.writings.map(({ column, row }) => `${column}:${row}`));
    expect(others(filled, marked)).toEqual(others(await readFile(OLD), marked));
    expect(sheet?.merges).toEqual(readBlank(await readFile(OLD))[0]?.merges);
  });

  test('rows are put in before the total, and its merge moves down', async () => {
    const { sheets: [sheet] } = await fillBlank(OLD, 'xls', { growth: [{ sheet: 0, after: 15, count: 3 }], writings: [{ sheet: 0, row: 18, column: 1, value: { text: '新设镇' } }] });
    expect(['A18', 'B18', 'A19', 'A20'].map((address) => at(sheet, address)?.text ?? '')).toEqual(['', '新设镇', '合计', '注：数据截至上月末，无物业小区含自管、社区托管和失管小区。']);
    expect(sheet?.merges).toContainEqual({ top: 20, left: 0, bottom: 20, right: 6 });
  });
});

test('a file that is no blank table is refused with a sentence', async () => {
  const cases: [string, Buffer, string][] = [
    ['a.xlsx', Buffer.from('%PDF-1.7'), 'not-a-workbook'], ['b.xlsx', Buffer.alloc(0), 'empty-file'], ['c.xlsx', Buffer.alloc(5_000_000, 1), 'too-large'],
    ['d.xlsx', zipOf(new Map([['[Content_Types].xml', Buffer.from('<x/>')], ['xl/workbook.xml', Buffer.from('<x/>')], ['xl/vbaProject.bin', Buffer.from('x')]])), 'macro'],
  ];
  for (const [name, bytes, code] of cases) await expect(openBlank(await kept(name, bytes), name)).rejects.toMatchObject({ code });
});

describe('a blank made to harm', () => {
  const sheetOf = async (data: string) => { const { parts } = await readParts(LIST, blankLimits); const xml = parts.get('xl/worksheets/sheet1.xml')?.toString('utf8') ?? ''; parts.set('xl/worksheets/sheet1.xml', Buffer.from(xml.replace(/<sheetData>[\s\S]*<\/sheetData>/, `<sheetData>${data}</sheetData>`), 'utf8')); return zipOf(parts); };
  const heavy = (cells: number) => sheetOf(Array.from({ length: 1_000 }, (_, row) => `<row r="${row + 1}">${'<c><v>1</v></c>'.repeat(cells / 1_000)}</row>`).join(''));

  test('is read in its own thread: this thread goes on working meanwhile, however long it takes', async () => {
    const path = await kept('heavy.xlsx', await heavy(400_000));
    let turns = 0;
    let isOver = false;
    const spin = () => { turns += 1; if (!isOver) setImmediate(spin); };
    setImmediate(spin);
    await openBlank(path, 'heavy.xlsx').catch((error: unknown) => { expect(error).toMatchObject({ code: expect.stringMatching(/too-large|out-of-memory|too-slow/) }); });
    isOver = true;
    // Parsed in this thread, nothing else would have had a turn between the first and the last cell.
    expect(turns).toBeGreaterThan(500);
  });

  test('one that takes too long or too much memory is given up with a sentence, and the next one is read', async () => {
    const path = await kept('heavier.xlsx', await heavy(900_000));
    await expect(openBlank(path, 'a.xlsx', { ...blankLimits, silenceMs: 1 })).rejects.toMatchObject({ code: 'too-slow', message: expect.stringMatching(/新建的工作簿/) });
    await expect(openBlank(path, 'a.xlsx', { ...blankLimits, heapMb: 24 })).rejects.toMatchObject({ code: 'out-of-memory', message: expect.stringMatching(/拆成几个文件/) });
    await expect(fillBlank(path, 'xlsx', { growth: [], writings: [] }, { ...blankLimits, silenceMs: 1 })).rejects.toMatchObject({ code: 'too-slow' });
    await expect(openBlank(LIST, 'a.xlsx')).resolves.toMatchObject({ type: 'xlsx' });
  });

  test('a pile of them is worked off two at a time and in turn; what comes on top of it is asked to come back', async () => {
    const all = await Promise.allSettled(Array.from({ length: 24 }, () => openBlank(LIST, 'a.xlsx')));
    const refusals = all.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refusals).toEqual([expect.objectContaining({ code: 'too-slow', message: expect.stringMatching(/过几分钟再试/) }), expect.anything()]);
  });
});

describe('how a blank looks', () => {
  const odd = (type: 'xls' | 'xlsx') => fileURLToPath(new URL(`testing/odd.${type}`, import.meta.url));
  const lookAt = (sheet: BlankSheet | undefined, row: number, column: number) => { const span = sheet?.spans.find((one) => one.row === row && one.from <= column && column <= one.to); return span === undefined ? undefined : sheet?.looks[span.look]; };

  test.each(['xlsx', 'xls'] as const)('.%s: font, size, weight, colours, alignment and lines are told, also of cells that hold nothing', async (type) => {
    const { sheets: [sheet] } = await openBlank(odd(type), `a.${type}`);
    expect(lookAt(sheet, 1, 0)).toMatchObject({ font: '黑体', size: 18, bold: true, align: 'center', valign: 'middle' });
    expect(lookAt(sheet, 3, 1)).toMatchObject({ font: '宋体', bold: true, align: 'center', wrap: true, edges: 'trbl' });
    const [fill, color] = [lookAt(sheet, 3, 1)?.fill, lookAt(sheet, 3, 1)?.color];
    // The old format keeps the nearest colours of its palette.
    expect(type === 'xlsx' ? [fill, color] : [fill !== undefined, color !== undefined]).toEqual(type === 'xlsx' ? ['#d9e2f3', '#1f3864'] : [true, true]);
    expect(lookAt(sheet, 5, 2)?.edges).toBe('trbl');
    expect(lookAt(sheet, 9, 0)).toMatchObject({ size: 9, italic: true, underline: true });
    expect(lookAt(sheet, 20, 0)).toBeUndefined();
    expect([(sheet?.widths[2] ?? 0) > 2 * (sheet?.widths[0] ?? 0), Math.abs((sheet?.heights[0] ?? 0) - 43) < 2]).toEqual([true, true]);
  });

  test('rows that were put in look like the one above; the samples that have looks show them', async () => {
    const { sheets: [grown] } = await fillBlank(odd('xls'), 'xls', { growth: [{ sheet: 0, after: 6, count: 3 }], writings: [] });
    expect([7, 8, 9].map((row) => lookAt(grown, row, 2)?.edges)).toEqual(['trbl', 'trbl', 'trbl']);
    for (const [path, name] of [[MONTHLY, 'a.xlsx'], [OLD, 'c.xls']] as const) {
      const { sheets: [sheet] } = await openBlank(path, name);
      expect([name, sheet?.spans.length ?? 0]).toEqual([name, expect.toSatisfy((spans: number) => spans > 0)]);
    }
  });
});
