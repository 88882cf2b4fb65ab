import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder, xlsxOf } from '#platform/workbook/workbook.fixture.ts';
import { lookAtFiles } from './use-cases/look-at-files.ts';
import { sample } from './testing/given-county.ts';
import { givenImports, workbook } from './testing/given-import.ts';

describe('what a file holds is told by its columns', () => {
  let at: Awaited<ReturnType<typeof givenImports>>;
  const folder = temporaryFolder();
  beforeAll(async () => { at = await givenImports(); });
  afterAll(async () => { await at.stop(); await (await folder).remove(); });
  const look = async (...paths: string[]) => (await lookAtFiles(at.as(await Promise.all(paths.map(at.stored))), { params: {}, query: {}, body: {} })).files;
  const called = async (name: string, path: string) => (await folder).put(name, await readFile(path));

  test('the six ledgers under names that say nothing, or something else', async () => {
    const files = ['物业服务企业台账.xlsx', '物业服务企业台账.xls', '住宅小区台账.xlsx', '住宅小区台账（分乡镇）.xlsx', '从业人员名册.xlsx', '房屋业主名册.xlsx'];
    const renamed = await Promise.all(files.map((file, index) => called(`${['新建 XLSX 工作表', '业主', '企业', '1', '工作簿1', '小区'][index]}${index}${file.endsWith('.xls') ? '.xls' : '.xlsx'}`, sample(file))));
    expect((await look(...renamed)).map(({ kinds, refusal }) => [kinds, refusal])).toEqual([['companies'], ['companies'], ['estates'], ['estates'], ['practitioners'], ['units']].map((kinds) => [kinds, null]));
  });

  test('a workbook of several: each sheet has its kind; an import of one reads that one, says what it left, and asks nothing', async () => {
    const bytes = await xlsxOf([
      { name: '1', rows: [['企业名称', '信用代码', '法人'], ['甲物业有限公司', '91990101MA10000002', '赵六']] },
      { name: '2', rows: [['乡镇', '小区', '户数', '物业公司'], ['城关街道', '和平里', 30, '甲物业有限公司']] },
      { name: '3', rows: [['公司', '姓名', '岗位', '手机'], ['甲物业有限公司', '钱七', '项目经理', '13900000007']] },
    ]);
    const path = await (await folder).put('新建 Microsoft Excel 工作表.xlsx', bytes);
    expect(await look(path)).toMatchObject([{ kinds: ['companies', 'estates', 'practitioners'], sheets: [{ sheet: '1', kind: 'companies' }, { sheet: '2', kind: 'estates' }, { sheet: '3', kind: 'practitioners' }] }]);
    for (const kind of ['companies', 'estates', 'practitioners'] as const) {
      const batch = await at.upload(kind, [path]);
      expect([batch.status, batch.counts.rows, batch.counts.refused]).toEqual(['preview', 1, 0]);
      expect(batch.notice).toMatch(/^工作簿里还有别的台账，这次没有读取：“\d”表是《.*》，“\d”表是《.*》，请另行导入。/);
      await at.confirm(batch.id);
    }
  });

  test('what cannot be read says why, and does not stop the others; a look keeps nothing', async () => {
    const broken = await (await folder).put('坏.xlsx', new TextEncoder().encode('这不是工作簿'));
    const before = await at.countOf('platform.file');
    const [first, second] = await look(broken, await workbook([['品名', '数量'], ['笔', 3]]));
    expect([first?.kinds, first?.refusal?.startsWith('“坏.xlsx”不能导入：')]).toEqual([[], true]);
    expect(second).toMatchObject({ kinds: [], refusal: null });
    expect(await at.countOf('platform.file')).toBe(before);
  });
});
