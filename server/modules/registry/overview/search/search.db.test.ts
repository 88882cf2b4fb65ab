import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ctx } from '#platform/context.ts';
import { testCounty, type County } from '../testing/county.ts';
import { search } from './search.ts';

let county: County;
beforeAll(async () => { county = await testCounty(); });
afterAll(() => county.stop());

const find = async (q: string, ctx: Ctx = county.clerk(), limit = 20) => (await search(ctx, { ...county.empty, query: { q, limit } })).hits;
const titles = async (q: string, ctx?: Ctx) => (await find(q, ctx)).map((hit) => `${hit.kind}:${hit.title}`);

describe('what finds a record', () => {
  test('initials, full pinyin, two characters, one character, a part, another name and several words', async () => {
    for (const q of ['jsl', 'jinse', '金色', '色里', '里', '金色里', '老金色', 'ljs', '金 里']) expect(await titles(q)).toContain('estate:金色里');
    expect(await titles('金 银')).toEqual([]);
  });

  test('a credit code, a person by name, nothing by a wild card', async () => {
    expect(await titles('91990101malynjj7ea')).toEqual(['company:安心物业有限公司']);
    expect(await titles('王敏')).toEqual(['practitioner:王敏']);
    for (const q of ['%', '%%%', '___', '\\', "'", ' ']) expect(await titles(q)).toEqual([]);
  });

  test('the exact name before its beginning before its middle, estates first among equals', async () => {
    expect((await titles('安心物业有限公司'))[0]).toBe('company:安心物业有限公司');
    expect(await titles('物业')).toEqual(['company:安心物业有限公司', 'company:放心物业有限公司']);
  });

  test('a unit by its number however it is written, with the estate in front or alone', async () => {
    for (const q of ['金色里 3-2-301', '金色里3-2-301', '金色里3幢2单元301室', 'jsl 3-2-301', 'jsl3-2-301', '金色里 3号楼2单元301', '3-2-301']) expect([q, await titles(q)]).toEqual([q, ['unit:金色里 3幢2单元301室']]);
    expect(await titles('金色里 3-301')).toEqual(['unit:金色里 3幢1单元301室', 'unit:金色里 3幢2单元301室']);
    expect(await titles('金色里 302')).toEqual(['unit:金色里 3幢2单元302室']);
    expect(await titles('金 302室')).toEqual(['unit:金色里 3幢2单元302室']);
    for (const q of ['金色里 02', '银杏苑 3-2-301', '银 302']) expect(await titles(q)).toEqual([]);
  });

  test('a person or owner by the whole number or its last four, with numbers masked', async () => {
    expect(await find('13700007788')).toEqual([{ kind: 'practitioner', id: county.manager, title: '王敏', detail: '安心物业有限公司 项目经理 137****7788' }]);
    expect(await titles('7788')).toEqual(['practitioner:王敏']);
    expect(await titles('990101196709137521')).toEqual(['practitioner:王敏']);
    expect(await titles('7521')).toEqual(['practitioner:王敏']);
    expect(await find('2345')).toMatchObject([{ kind: 'owner', title: '李强', detail: '金色里 3幢2单元301室 138****2345' }]);
    expect(await titles('138 1111 2345')).toEqual(['owner:李强']);
    expect(await titles('李强')).toEqual(['owner:李强']);
  });

  test('more than asked for is said', async () => {
    expect(await search(county.clerk(), { ...county.empty, query: { q: '物业', limit: 1 } })).toMatchObject({ hits: [{ title: '安心物业有限公司' }], hasMore: true });
  });
});

describe('scope', () => {
  const company = (id: string) => county.as({ level: 'company', id, countyId: county.county }, 'company-head');

  test('a sibling township sees companies and people of the county, and neither estates, units nor owners', async () => {
    const west = county.township(county.west);
    for (const q of ['jsl', '金色', '金色里 3-2-301', '3-2-301', '2345', '李强']) expect([q, await titles(q, west)]).toEqual([q, []]);
    expect(await titles('安心', west)).toEqual(['company:安心物业有限公司']);
    expect(await titles('7788', west)).toEqual(['practitioner:王敏']);
    expect(await titles('银杏', west)).toEqual(['estate:银杏苑']);
  });

  test('another company sees nothing of it, at neither level of company nor estate', async () => {
    for (const q of ['安心', 'jsl', '王敏', '7788', '金色里 3-2-301']) expect([q, await titles(q, company(county.other))]).toEqual([q, []]);
    const neighbour = county.as({ level: 'estate', id: county.silver, countyId: county.county }, 'estate-manager');
    for (const q of ['安心', 'jsl', '王敏', '7788', '3-2-301']) expect([q, await titles(q, neighbour)]).toEqual([q, []]);
  });

  test('a company sees its own, and at an estate the company that serves it', async () => {
    expect(await titles('金色', company(county.company))).toEqual(['estate:金色里']);
    expect(await titles('7788', company(county.company))).toEqual(['practitioner:王敏']);
    expect(await titles('金色里 3-2-301', company(county.company))).toEqual([]);   // a home's page shows its owners
    expect(await titles('安心', county.as({ level: 'estate', id: county.gold, countyId: county.county }, 'committee-member'))).toEqual(['company:安心物业有限公司']);
  });

  test('owners are found only by those who may see owners, and no scope finds nothing', async () => {
    const leader = county.as({ level: 'county', id: county.county, countyId: county.county }, 'department-officer');
    for (const q of ['2345', '李强', '13811112345']) expect([q, await titles(q, leader)]).toEqual([q, []]);
    const nowhere = county.as({ level: 'nothing', id: null, countyId: null });
    for (const q of ['金色', '安心', '3-2-301', '7788']) expect([q, await titles(q, nowhere)]).toEqual([q, []]);
  });

  test('another county sees nothing', async () => {
    const elsewhere = '0199a000-0000-7000-8000-00000000aaaa';
    const stranger = county.as({ level: 'county', id: elsewhere, countyId: elsewhere });
    for (const q of ['金色', '安心', '王敏', '3-2-301', '7788', '李强']) expect([q, await titles(q, stranger)]).toEqual([q, []]);
  });
});
