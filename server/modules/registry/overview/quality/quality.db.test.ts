import { afterAll, beforeAll, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import type { Ctx } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { testCounty, type County } from '../testing/county.ts';
import { getQuality } from './get-quality.ts';

let county: County;
beforeAll(async () => { county = await testCounty(); });
afterAll(() => county.stop());

type Query = Parameters<typeof getQuality>[1]['query'];
const look = (ctx: Ctx = county.clerk(), query: Partial<Query> = {}) => getQuality(ctx, { params: {}, body: {}, query: { after: 0, limit: 500, ...query } });
const found = async (rule: string, ctx?: Ctx, query: Partial<Query> = {}) => (await look(ctx, query)).findings.filter((finding) => finding.rule === `registry.${rule}`);
const set = (what: Record<string, unknown>) => county.clerk().transact(async (tx) => {
  tx.auditNothing('test');
  await tx.db.updateTable('registry.estate').set(what).where('id', '=', county.gold).execute();
});

test('a contradiction is found with the record and field to mend it in, and is gone after its repair', async () => {
  await set({ deliveredCm2: 4_000_000 });
  expect(await found('estate-delivered-exceeds-building')).toEqual([{
    rule: 'registry.estate-delivered-exceeds-building', severity: 'error', title: '已交付面积大于总建筑面积', message: '已交付400.00㎡，总建筑面积300.00㎡。请核对两个面积',
    target: { kind: 'estate', id: county.gold, field: 'deliveredCm2' }, repair: true, subjectName: '金色里', estateId: county.gold, township: '东街道',
  }]);
  await set({ deliveredCm2: 2_000_000 });
  expect(await found('estate-delivered-exceeds-building')).toEqual([]);
});

test('counts by rule and by township are of exactly the rows listed, page by page', async () => {
  const all = await look();
  expect(all.findings).toHaveLength(all.total);
  for (const { rule, count } of all.byRule) expect([rule, all.findings.filter((finding) => finding.rule === rule).length]).toEqual([rule, count]);
  expect(all.byRule.reduce((sum, one) => sum + one.count, 0)).toBe(all.total);
  for (const row of all.byTownship) {
    const of = all.findings.filter((finding) => finding.township === row.township.name);
    expect(row).toMatchObject({ errors: of.filter((finding) => finding.severity === 'error').length, warnings: of.filter((finding) => finding.severity === 'warn').length, estates: new Set(of.map((finding) => finding.estateId)).size });
  }
  const pages = [];
  for (let after: number | null = 0; after !== null;) { const page = await look(county.clerk(), { after, limit: 2 }); pages.push(...page.findings); after = page.next; }
  expect(pages).toEqual(all.findings);
  expect(all.findings.findLastIndex((finding) => finding.severity === 'error')).toBeLessThan(all.findings.findIndex((finding) => finding.severity === 'warn'));
});

test('filters by township and by rule; the other rules stay to be chosen', async () => {
  const west = await look(county.clerk(), { townshipId: county.west });
  expect(new Set(west.findings.map((finding) => finding.township))).toEqual(new Set(['西街道']));
  const [rule] = west.byRule;
  const one = await look(county.clerk(), { townshipId: county.west, ...(rule ? { rule: rule.rule } : {}) });
  expect(one.total).toBe(rule?.count);
  expect(one.byRule).toEqual(west.byRule);
});

test('a sibling township sees nothing of it; companies and people are shown to the county and to the company itself', async () => {
  const of = async (ctx: Ctx) => new Set((await look(ctx)).findings.map((finding) => finding.subjectName));
  expect(await of(county.township(county.west))).toEqual(new Set(['银杏苑']));
  expect(await of(county.clerk())).toContain('放心物业有限公司');
  const rival = await of(county.as({ level: 'company', id: county.other, countyId: county.county }, 'company-head'));
  expect(rival).toContain('放心物业有限公司');
  expect(rival.has('金色里')).toBe(false);
  expect(await found('company-credit-code-malformed')).toMatchObject([{ target: { kind: 'company', id: county.other, field: 'creditCode' }, repair: true, township: null }]);
});

test('a place is told what is missing of those who serve it, and who mends it; of others nothing', async () => {
  await county.clerk().transact(async (tx) => {
    tx.auditNothing('test');
    await tx.db.updateTable('registry.company').set({ creditCodeCheck: 'missing', creditCode: null }).where('id', '=', county.company).execute();
  });
  const of = async (ctx: Ctx, query: Partial<Query> = {}) => (await look(ctx, query)).findings.filter((finding) => finding.target.kind === 'company').map((finding) => [finding.subjectName, finding.repair]);
  expect(await of(county.township(county.east))).toEqual([['安心物业有限公司', '由县住建局或企业本身修改']]);
  expect(await of(county.clerk(), { townshipId: county.east })).toEqual([['安心物业有限公司', true]]);
  expect(await of(county.clerk(), { estateId: county.gold })).toEqual([['安心物业有限公司', true]]);
  expect(await of(county.township(county.west))).toEqual([]);
  expect(await of(county.clerk(), { townshipId: county.west })).toEqual([]);
});

test('within a township the findings are counted by estate, and every one says where it is mended', async () => {
  expect((await look()).byEstate).toEqual([]);
  const east = await look(county.clerk(), { townshipId: county.east });
  expect(east.byEstate).toEqual([{ estate: { id: county.gold, name: '金色里' }, errors: east.findings.filter((one) => one.estateId !== null && one.severity === 'error').length, warnings: east.findings.filter((one) => one.estateId !== null && one.severity === 'warn').length }]);
  const one = await look(county.clerk(), { estateId: county.gold });
  expect(one.estate).toEqual({ id: county.gold, name: '金色里' });
  for (const finding of one.findings) expect(finding.target.id).toMatch(/^[\da-f-]{36}$/);
  expect((await look(county.as({ level: 'estate', id: county.gold, countyId: county.county }, 'estate-manager'), { estateId: county.gold })).findings.filter((finding) => finding.repair === true)).toEqual([]);
});

test("the county's own limit holds: areas within its tolerance are no finding", async () => {
  await set({ totalCm2: 3_020_000 });
  expect(await found('estate-area-differs')).toEqual([]);
  await set({ totalCm2: 3_300_000 });
  expect(await found('estate-area-differs')).toHaveLength(1);
  await county.clerk().transact(async (tx) => {
    tx.auditNothing('test');
    const setBy = newId<'AppUser'>();
    await tx.db.insertInto('platform.appUser').values({ id: setBy, countyId: county.county, login: `q${setBy.slice(-6)}`, name: '设置人', passwordHash: 'x' }).execute();
    await tx.db.insertInto('platform.parameterOverride').values({ id: newId<'ParameterOverride'>(), countyId: county.county, parameterId: 'registry.area-tolerance', value: JSON.stringify(2_000), effectiveFrom: localDate('2026-01-01'), basis: '县局通知', setBy }).execute();
  });
  expect(await found('estate-area-differs')).toEqual([]);
});

test('of one estate the units are looked at too; doubtful holders only for those who may see owners', async () => {
  const weak = await found('unit-weak-identity', county.clerk(), { estateId: county.gold });
  expect(weak.map((finding) => [finding.target.kind, finding.subjectName])).toContainEqual(['owner', '金色里 3幢1单元301室']);
  expect(weak[0]?.target.field).toBe('idNumber');
  expect(await found('unit-weak-identity', county.as({ level: 'estate', id: county.gold, countyId: county.county }, 'estate-manager'), { estateId: county.gold })).toEqual([]);
  expect(await found('unit-weak-identity', county.township(county.west), { estateId: county.gold })).toEqual([]);
});
