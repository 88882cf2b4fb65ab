import { describe, expect, test } from 'vitest';
import { makeId } from '#domain/kernel/brand.ts';
import type { Column } from '#domain/collection/column.ts';
import { markOf } from './mark.ts';
import { readForm, type Asked } from './read-form.ts';

const columns: readonly Column[] = [{ key: 'c1', title: '总户数', kind: 'whole', isRequired: false, choices: [], field: null, help: null }];
const part = (no: number, name: string, ...titles: readonly string[]): Asked => ({ partId: makeId<'Part'>(`00000000-0000-7000-8000-00000000000${no}`), name, lines: titles.map((title, at) => ({ id: `${no}${at}`, title })) });
const [east, west] = [part(1, '东镇', '家属院', '东苑'), part(2, '西镇', '家属院', '西苑')];
const sheet = (...rows: readonly (readonly (string | number | null)[])[]) => [{ name: '表', rows: [['小区名称', '总户数'], ...rows].map((cells, at) => ({ sheet: '表', row: at + 1, cells: [...cells] })) }];

describe('a sheet without our mark', () => {
  test('whose names belong to one recipient alone is that one\'s, though others have estates of the same name', () => {
    const { values, problems } = readForm(sheet(['家属院', 30], ['西苑', 40]), columns, [east, west]);
    expect([problems, [...values]]).toEqual([[], [[west.partId, { 20: { c1: 30 }, 21: { c1: 40 } }]]]);
  });
  test('with a name that several have, and nothing that tells them apart, is refused with its row', () => {
    expect(readForm(sheet(['家属院', 30]), columns, [east, west]).problems).toEqual(['工作表“表”第 2 行“家属院”对得上几个对象，请用下载的表填写']);
  });
  test('of several recipients is read row by row', () => {
    const { values, problems } = readForm(sheet(['东苑', 10], ['西苑', 40], ['合计', 50], ['东苑（空）', null]), columns, [east, west]);
    expect([problems, [...values.keys()]]).toEqual([[], [east.partId, west.partId]]);
  });
});

describe('a sheet of ours', () => {
  const both: readonly Column[] = [...columns, { key: 'c2', title: '电梯数', kind: 'whole', isRequired: false, choices: [], field: null, help: null }];
  const ours = (mark: string, header: readonly (string | null)[]) => [{ name: '表', rows: [[mark, '名称', ...header], ['10', '家属院', 30, 4]].map((cells, at) => ({ sheet: '表', row: at + 1, cells: [...cells] })) }];
  test('whose heading was changed is refused with what is not known and what is missing, instead of dropping that column unsaid', () => {
    const { values, problems } = readForm(ours(markOf(east.partId), ['总户数', '梯']), both, [east, west]);
    expect([values.size, problems]).toEqual([0, ['工作表“表”第 1 行的表头被改过：不认识“梯”，缺少“电梯数”，没有读取；请把表头改回下载时的样子再交']]);
  });
  test('with a column taken out, or one of the sender\'s own put in, is read', () => {
    expect([...readForm(ours(markOf(east.partId), ['总户数']), both, [east, west]).values.values()]).toEqual([{ 10: { c1: 30 } }]);
    expect(readForm([{ name: '表', rows: [[markOf(east.partId), '名称', '总户数', '电梯数', '备注'], ['10', '家属院', 30, 4, '新增']].map((cells, at) => ({ sheet: '表', row: at + 1, cells: [...cells] })) }], both, [east]).problems).toEqual([]);
  });
  test('of another recipient, or of another task, is refused where it does not belong', () => {
    for (const stranger of [west.partId, makeId<'Part'>('00000000-0000-7000-8000-000000000099')]) {
      expect(readForm(ours(markOf(stranger), ['总户数', '电梯数']), both, [east]).problems).toEqual(['工作表“表”是别的采集任务或别的单位的表，没有读取；请核对后交到对应的任务']);
    }
  });
});
