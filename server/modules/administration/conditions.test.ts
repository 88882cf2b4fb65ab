import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { modules } from '#server/main/modules.ts';
import { conditionWords, idsIn } from './conditions.ts';
import { exportedLists } from './exported-lists.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const kindsIn = (text: string) => [...text.matchAll(/exportList(?:<[^(]*>)?\((?:(?!exportList)[\s\S])*?\bkind: '([a-z-]+)'/gu)].map(([, kind = '']) => kind);
const TOWNSHIP = '019333aa-0000-7000-8000-00000000aaaa';
const routes = modules.flatMap((module) => module.routes.map(({ route }) => route));
const known = { routes, names: new Map([[TOWNSHIP, '临川街道']]) };

test.each<[string, object, string]>([
  ['estate', { townshipId: TOWNSHIP, managementKind: 'self', q: '花园', archived: false, limit: 50 }, '乡镇街道：临川街道；管理方式：业主自管；关键字：花园'],
  ['estate', { archived: true, on: '2026-06-30' }, '含已归档；截至：2026年6月30日'],
  ['estate', { problem: 'registry.no-such', neighbourhoodId: '019333aa-0000-7000-8000-00001234abcd' }, '数据问题：registry.no-such；社区：编号 1234abcd'],
  ['quality', { rule: 'registry.company-head-missing', after: 0, limit: 100 }, '问题：未填企业负责人'],
  ['audit', { action: 'estate.rename', subjectKind: 'Estate', from: '2026-01-01' }, '操作：小区更名；对象类别：小区；从：2026年1月1日'],
  ['user', { role: 'bureau-clerk', status: 'disabled' }, '角色：住建局经办人；状态：已停用'],
  ['paper', { status: 'issued', kind: 'request', year: 2026 }, '状态：已签发；文种：请示；编号年份：2026'],
  ['person-request', { status: 'open' }, '状态：办理中'],
  ['lookup-flag', { status: 'open' }, '状态：待核实'],
  ['ledger-batch', { kind: 'units', status: 'committed' }, '台账种类：房屋业主名册；状态：已导入'],
  ['formation', { standing: 'not-counted' }, '计入情况：已入住但没有计入的'],
  ['self-check', { year: 2026 }, '年份：2026'],
  ['slow-statement', {}, '没有限定'],
  ['quality', { after: 100, limit: 100 }, '没有限定'],
])('of the %s list, %o reads %s', (kind, query, words) => {
  expect(conditionWords(kind, query, known)).toBe(words);
});

test('a list or a condition that is no longer there is told as it was kept', () => {
  expect(conditionWords('constructor', { colour: 'red', toString: 'constructor' }, known)).toBe('colour：red；toString：constructor');
});

test('of conditions the ids alone are looked up', () => {
  expect(idsIn({ townshipId: TOWNSHIP, q: '花园', archived: true })).toEqual([TOWNSHIP]);
  expect(idsIn(null)).toEqual([]);
});

test('every list that is exported tells its conditions', () => {
  const kinds = globSync('server/modules/**/*.ts', { cwd: ROOT }).filter((path) => !path.endsWith('.test.ts')).flatMap((path) => kindsIn(readFileSync(ROOT + path, 'utf8')));
  expect(kinds.length).toBeGreaterThan(30);
  expect([...new Set(kinds)].toSorted()).toEqual(Object.keys(exportedLists).toSorted());
  expect(Object.values(exportedLists).flat().filter((path) => !routes.some((route) => route.path === path))).toEqual([]);
  expect(kindsIn("exportList(ctx, {\n title: '油漆', kind: 'paint', query")).toEqual(['paint']);
});
