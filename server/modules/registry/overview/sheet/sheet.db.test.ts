import { afterAll, beforeAll, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { testCounty, type County } from '../testing/county.ts';
import { getCompanySheet } from './company-sheet.ts';
import { getEstateSheet } from './estate-sheet.ts';
import { getTownshipSheet } from './township-sheet.ts';
import type { Sheet } from './words.ts';

let county: County;
beforeAll(async () => { county = await testCounty(); });
afterAll(() => county.stop());

const none = { query: {}, body: {} };
const ofGold = (ctx: Ctx = county.clerk(), query = {}) => getEstateSheet(ctx, { ...none, query, params: { estateId: county.gold } });
const factsOf = (sheet: Sheet) => Object.fromEntries(sheet.sections.flatMap((section) => section.facts.map((fact) => [fact.label, fact.value])));
const tel = (sheet: Sheet, label: string) => sheet.sections.flatMap((section) => section.facts).find((fact) => fact.label === label)?.tel;

test('one page of an estate holds what a leader asks for, and says 未登记 where nothing is recorded', async () => {
  const sheet = await ofGold();
  expect(sheet).toMatchObject({ title: '金色里一页纸', subtitle: '东街道 东一社区', on: '2026-11-20' });
  expect(factsOf(sheet)).toMatchObject({
    管理方式: '物业服务企业', 总户数: '3户', 入住户数: '2户', 总建筑面积: '300.00㎡', 其他名称: '老金色（俗称）', 物业服务企业: '安心物业有限公司', 项目经理: '王敏', 项目经理电话: '13700007788', 物业费: '1.30元/㎡·月', 收缴率: '未登记',
    名称: '金色里业主委员会', 状态: '已成立', 主任: '孙主任', 主任电话: '13611110000', 房屋名册: '3户', 专有部分面积: '300.00㎡', 业主人数: '2人', 面积依据: '不动产登记簿3户', 电梯: '未登记', 网格员: '未登记', 近12个月投诉: '未登记',
  });
  expect(tel(sheet, '项目经理电话')).toBe('13700007788');
  for (const section of sheet.sections) for (const fact of section.facts) expect(sheet.text).toContain(`${fact.label}：${fact.value}`);
  expect(sheet.text.split('\n')[0]).toBe('金色里一页纸（截至2026年11月20日）');
});

test('the day asked about decides the committee, and what does not move with it is said', async () => {
  const past = await ofGold(county.clerk(), { on: localDate('2021-06-01') });
  expect(factsOf(past)['业委会']).toBe('无');
  expect(past.notes.join()).toContain('为现有登记');
  expect(factsOf(await ofGold(county.clerk(), { on: localDate('2027-01-02') }))['状态']).toBe('已成立（届满未换届）');
});

test('the township and the company add up to their estates, and the rate carries its definition', async () => {
  const township = await getTownshipSheet(county.clerk(), { ...none, params: { townshipId: county.east } });
  expect(factsOf(township)).toMatchObject({ 小区数: '1个', 总户数: '3户', 入住户数: '2户', 总建筑面积: '300.00㎡', 物业服务企业: '1家', 业委会组建率: '100.00%（1/1）', 届满未换届: '0个' });
  expect(township.sections[1]?.table?.rows).toEqual([['金色里', '东一社区', '3', '安心物业有限公司', '王敏', '13700007788', '未登记', '已成立', '2027年1月1日']]);
  expect(township.notes[0]).toContain('组建率口径：截至2026年11月20日');
  const company = await getCompanySheet(county.clerk(), { ...none, params: { companyId: county.company } });
  expect(factsOf(company)).toMatchObject({ 统一社会信用代码: '91990101MALYNJJ7EA', 法定代表人: '周安心', 联系电话: '13900000001', 项目数: '1个', 户数: '3户', 面积: '300.00㎡', 人数: '1人', 项目经理: '1人' });
  expect(company.sections[1]?.table?.rows).toHaveLength(1);
});

test('beside the scope there is no sheet, and a township is told that a company has more elsewhere', async () => {
  const west = county.township(county.west);
  await expect(ofGold(west)).rejects.toMatchObject({ code: 'estate.not-found' });
  await expect(getTownshipSheet(west, { ...none, params: { townshipId: county.east } })).rejects.toMatchObject({ code: 'not-found' });
  const shared = await getCompanySheet(west, { ...none, params: { companyId: county.company } });
  expect(factsOf(shared)['项目数']).toBe('0个');
  expect(shared.text).not.toContain('金色里');
  expect(shared.notes.join()).toContain('只列管辖范围内');
  const rival = county.as({ level: 'company', id: county.other, countyId: county.county }, 'company-head');
  await expect(getCompanySheet(rival, { ...none, params: { companyId: county.company } })).rejects.toMatchObject({ code: 'company.not-found' });
  await expect(getTownshipSheet(rival, { ...none, params: { townshipId: county.east } })).rejects.toMatchObject({ code: 'not-found' });
});

test('without the right to the directory numbers are masked and cannot be tapped', async () => {
  const sheet = await ofGold(county.as({ level: 'estate', id: county.gold, countyId: county.county }, 'owner'));
  expect(factsOf(sheet)).toMatchObject({ 项目经理电话: '137****7788', 主任电话: '136****0000' });
  expect(tel(sheet, '项目经理电话')).toBeNull();
});
