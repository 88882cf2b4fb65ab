import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { checkCell, CLEARED, readCellText, saysCleared, writeCellText } from './cell-text.ts';
import { faultsIn, missingIn, overlaid } from './check.ts';
import type { CellContent, Column, ColumnKind } from './column.ts';
import { differencesOf } from './difference.ts';
import { companyFields, estateFields, isPersonal, placeFields } from './fields.ts';
import { mergePart } from './merge.ts';
import { chaseOnceADay, groundStated, linkWithoutPersonal, periodFits } from './rules.ts';
import { collectionState, partState } from './standing.ts';

const column = (kind: ColumnKind, more: Partial<Column> = {}): Column => ({ key: 'c', title: '栏', kind, isRequired: false, choices: ['甲', '乙'], field: null, help: null, ...more });
const contents: Record<ColumnKind, fc.Arbitrary<CellContent>> = {
  text: fc.string({ minLength: 1, maxLength: 50 }).map((text) => text.trim()).filter((text) => text !== ''), whole: fc.nat(9_999_999), flag: fc.boolean(), choice: fc.constantFrom('甲', '乙'),
  area: fc.nat(100_000_000).map((hundredths) => hundredths * 100), money: fc.nat(1_000_000_000), date: fc.constantFrom('1900-01-01', '2026-02-28', '2199-12-31'),
};

test.each(Object.keys(contents) as ColumnKind[])('%s: what is written into a cell is read back as the same', (kind) => {
  fc.assert(fc.property(contents[kind], (value) => {
    expect(readCellText(column(kind), writeCellText(column(kind), value))).toEqual({ ok: true, value });
    expect(checkCell(column(kind), value)).toBeNull();
  }));
});

test.each<[ColumnKind, string, CellContent]>([
  ['whole', ' 1,566 ', 1566], ['date', '2026年1月5日', '2026-01-05'], ['date', '2026/1/5', '2026-01-05'], ['flag', '有', true], ['flag', '无', false], ['area', '88.5', 885_000], ['money', '1.2', 120], ['text', '  ', null], ['whole', '', null],
])('%s “%s” is read as people type it', (kind, text, value) => { expect(readCellText(column(kind), text)).toEqual({ ok: true, value }); });

test.each<[ColumnKind, string]>([['whole', '约120'], ['whole', '1.5'], ['whole', '-1'], ['date', '2026-02-30'], ['date', '1899-12-31'], ['flag', '也许'], ['choice', '丙'], ['area', '88.555'], ['money', '三元'], ['text', '长'.repeat(201)]])('%s “%s” is refused with a sentence', (kind, text) => {
  expect(readCellText(column(kind), text).ok).toBe(false);
});

test('contents of another kind are refused, whoever sent them', () => {
  expect([checkCell(column('whole'), '5'), checkCell(column('text'), 5), checkCell(column('flag'), '是'), checkCell(column('whole'), 1.5), checkCell(column('date'), '5月')].every((one) => one !== null)).toBe(true);
});

const rows = [{ id: 'r1', title: '甲小区' }, { id: 'r2', title: '乙小区' }];
test('a cell that was not asked for is a fault, a needed one left blank is named with its row', () => {
  const columns = [column('whole', { title: '户数', isRequired: true })];
  expect(faultsIn({ rows, columns }, { r1: { c: 5 }, r9: { c: 1 }, r2: { x: 1 } })).toHaveLength(2);
  expect(faultsIn({ rows, columns }, { r1: { c: 5 } })).toEqual([]);
  expect(missingIn({ rows, columns }, { r1: { c: 0 } })).toEqual([{ row: 'r2', column: 'c', message: '乙小区的“户数”还没有填' }]);
});
test('what was said lies over what is held, a blank that was said too', () => {
  expect(overlaid({ rows, columns: [column('whole')] }, { r1: { c: 1 }, r2: { c: 2 } }, { r1: { c: null } })).toEqual({ r1: { c: null }, r2: { c: 2 } });
});

describe('rules', () => {
  const today = localDate('2026-11-20');
  test('a collection without a ground is refused', () => {
    expect(groundStated.check({ ground: '要求', issuer: '县住建局' })).toHaveLength(1);
    expect(groundStated.check({ ground: '《物业管理条例》第四十九条', issuer: '县住建局' })).toEqual([]);
  });
  test('the due day may be today, the end may be the due day, neither may be over', () => {
    expect(periodFits.check({ today, dueOn: today, endsOn: today })).toEqual([]);
    expect(periodFits.check({ today, dueOn: localDate('2026-11-19'), endsOn: localDate('2026-11-18') })).toHaveLength(2);
    expect(periodFits.check({ today, dueOn: today, endsOn: localDate('2028-01-01') })).toHaveLength(1);
  });
  test('a link asks for nothing that names or reaches a person, whether bound or only so called', () => {
    const columns = [column('text', { title: '负责人', field: 'managerPhone' }), column('text', { title: '值班电话' }), column('whole', { title: '户数' })];
    expect(linkWithoutPersonal.check({ isByLink: true, columns, fields: estateFields })).toHaveLength(2);
    expect(linkWithoutPersonal.check({ isByLink: false, columns, fields: estateFields })).toEqual([]);
    expect(isPersonal(column('text', { title: '楼栋数' }), estateFields)).toBe(false);
  });
  test('one reminder a day, none to who has answered', () => {
    expect(chaseOnceADay.check({ name: '甲镇', isAnswered: false, chasedOn: today, today })).toHaveLength(1);
    expect(chaseOnceADay.check({ name: '甲镇', isAnswered: false, chasedOn: localDate('2026-11-19'), today })).toEqual([]);
    expect(chaseOnceADay.check({ name: '甲镇', isAnswered: true, chasedOn: null, today })).toHaveLength(1);
  });
  test('the last day is still within, the day after it has ended by itself; so with the due day', () => {
    expect([collectionState({ status: 'issued', endsOn: today }, today), collectionState({ status: 'issued', endsOn: localDate('2026-11-19') }, today), collectionState({ status: 'withdrawn', endsOn: localDate('2026-11-19') }, today)]).toEqual(['issued', 'ended', 'withdrawn']);
    expect([partState({ status: 'waiting' }, today, today), partState({ status: 'returned' }, localDate('2026-11-19'), today), partState({ status: 'answered' }, localDate('2026-11-19'), today)]).toEqual(['waiting', 'overdue', 'answered']);
  });
});

test('settled answers that say something new are compared with the books, whatever holds them; what nobody touched, and 无变化, is not', () => {
  const columns = [column('whole', { key: 'u', field: 'totalUnits' }), column('flag', { key: 'k', field: 'hasCommittee' }), column('text', { key: 'n', field: 'companyName' }), column('whole', { key: 'x' })];
  const held = { r1: { u: 10, k: false, n: '安和物业（集团）' }, r2: { u: 4, k: true } };
  const cells = mergePart({ rows, columns, held, choosings: {}, answers: [
    { id: 'a', at: '1', values: { r1: { u: 12, k: true, n: '安和物业 (集团)', x: 3 }, r2: { u: 5, k: true, n: '新物业' } } }, { id: 'b', at: '2', values: { r2: { u: 6 } } },
  ] });
  // Of r2 the books have since got another content in `k`: that it was unchanged when it was answered says nothing against it.
  const now = { r1: { totalUnits: 10, hasCommittee: false, companyName: '安和物业（集团）' }, r2: { totalUnits: 4, hasCommittee: false, companyName: null } } as const;
  const found = differencesOf(columns, estateFields, cells, (row, field) => Object.entries(row === 'r1' ? now.r1 : now.r2).find(([name]) => name === field)?.[1]);
  expect(found.map(({ row, column: key, before, after, field }) => [row, key, before, after, field.taking])).toEqual([['r1', 'u', 10, 12, 'content'], ['r1', 'k', false, true, 'elsewhere'], ['r2', 'n', null, '新物业', 'contract']]);
});

test('what is changed elsewhere says where, and nothing else does', () => {
  for (const fields of [estateFields, companyFields, placeFields]) for (const { taking, elsewhere } of fields) expect(taking === 'elsewhere').toBe((elsewhere ?? '').length > 10);
});

test('a cell of a workbook is emptied by the word, in whatever brackets; a blank is no word', () => {
  expect(['（清空）', '(清空)', ' 清空 ', '【清空】', '[清空]', CLEARED].map(saysCleared)).toEqual([true, true, true, true, true, true]);
  expect(['', '　', '清空了', '已清空', '0', '无'].map(saysCleared)).toEqual([false, false, false, false, false, false]);
});
