import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { areaCm2, basisPoints, fen, instant, localDate } from '#domain/kernel/brand.ts';
import { noteText, writeWorkbook, type ExportCell, type ExportColumn } from './write.ts';
import { workbookLimits } from './limits.ts';
import { readXlsx } from './read-xlsx.ts';
import type { SheetRow } from './sheet.ts';
import { readAll, readLedger, temporaryFolder } from './workbook.fixture.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
const note = { asOf: localDate('2025-06-30'), exportedBy: '王敏', exportedAt: instant('2025-07-01T02:20:00.000Z') };

async function written(columns: ExportColumn<readonly ExportCell[]>[], rows: readonly (readonly ExportCell[])[], title?: string) {
  const stream = writeWorkbook({ sheetName: '小区/台账', columns, rows, note, ...(title === undefined ? {} : { title }) });
  return folder.put('export.xlsx', await buffer(stream));
}
const column = (title: string, as: ExportColumn<never>['as'], at: number): ExportColumn<readonly ExportCell[]> => ({ title, as, value: (row) => row[at] ?? null });

describe('exported workbooks', () => {
  test('every value keeps its type, and the last line says as of when, by whom and when', async () => {
    const columns = [column('名称', 'text', 0), column('电话', 'text', 1), column('户数', 'count', 2), column('面积', 'area', 3), column('收费', 'money', 4), column('收缴率', 'percent', 5), column('届满', 'date', 6)];
    const path = await written(columns, [[
      { as: 'text', value: '甲小区' }, { as: 'text', value: '13800000000' }, { as: 'count', value: 120 }, { as: 'area', value: areaCm2(624_664_100) },
      { as: 'money', value: fen(130) }, { as: 'percent', value: basisPoints(8550) }, { as: 'date', value: localDate('2023-05-14') },
    ]]);
    const [found] = await readAll(path, 'xlsx');
    expect(found?.sheet.name).toBe('小区 台账');
    expect(found?.rows[1]?.cells).toEqual(['甲小区', '13800000000', 120, 62466.41, 1.3, 0.855, { date: '2023-05-14' }]);
    expect(found?.rows[2]?.cells).toEqual(['说明：数据截至2025年6月30日，由王敏于2025年7月1日10:20导出。']);
  });

  test('what is asked as of a day’s knowledge says so', () => {
    expect(noteText({ ...note, knownOn: localDate('2025-04-01') })).toContain('数据截至2025年6月30日（按2025年4月1日当时掌握的情况），');
  });

  test('text is never a formula and comes back as it was, whatever it begins with', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('=', '+', '-', '@', '甲', '0'), fc.string({ unit: 'grapheme', minLength: 1 })), { minLength: 1, maxLength: 20 }), async (pairs) => {
      const texts = pairs.map(([first, rest]) => `${first}${rest.replaceAll(/[^\P{C}]/gu, '')}`);
      const path = await written([column('文字', 'text', 0)], texts.map((value) => [{ as: 'text', value }]));
      const rows: SheetRow[] = [];
      for await (const part of readXlsx(path, {}, workbookLimits)) if (part.kind === 'rows') rows.push(...part.rows);
      expect(rows.slice(1, -1).map(({ cells }) => cells[0])).toEqual(texts);
    }), { numRuns: 40 });
  });

  test('an export with a title is read back as the ledger that it came from', async () => {
    const columns = [column('乡镇（街道）', 'text', 0), column('小区名称', 'text', 1), column('总户数', 'count', 2), column('总建筑面积', 'area', 3)];
    const path = await written(columns, [[{ as: 'text', value: '城关街道' }, { as: 'text', value: '金色里' }, { as: 'count', value: 615 }, { as: 'area', value: areaCm2(624_664_100) }]], '住宅小区台账');
    const { rows, skipped } = await readLedger('estates', path, 'xlsx');
    expect(rows.map(({ values, problems }) => ({ values, problems }))).toEqual([{ values: { township: '城关街道', name: '金色里', unitCount: 615, totalAreaCm2: 624_664_100 }, problems: [] }]);
    expect(skipped).toMatchObject([{ why: 'footer' }]);
  });
});
