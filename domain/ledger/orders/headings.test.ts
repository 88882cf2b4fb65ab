import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderColumns, orderFields, type OrderField } from './columns.ts';
import { columnsKnowing, headingKey, headingsToRemember, type KnownHeadings } from './headings.ts';

const ours = orderFields.flatMap((field) => [orderColumns[field].title, ...orderColumns[field].names.split(' ')]);
const strange = ['群众说了啥', '单子号', '谁打来的', '怎么找他', '出事的地儿', '哪天派的', '批次', '坐席', '网格', '片区负责人', '办理部门联系人', '甲', '乙', '丙'];
const aSheet = fc.uniqueArray(fc.constantFrom(...ours, ...strange), { minLength: 2, maxLength: 14, selector: headingKey }).chain((titles) => fc.record({
  titles: fc.constant(titles), fields: fc.uniqueArray(fc.constantFrom(...orderFields), { minLength: 1, maxLength: titles.length }), order: fc.shuffledSubarray(titles.map((_each, at) => at), { minLength: titles.length }),
}));
const columnsOf = (fields: readonly OrderField[], order: readonly number[]) => Object.fromEntries(fields.map((field, at) => [field, order[at] ?? 0]));

test('whatever was pointed out once is taken just so the next time, whatever was known before', () => {
  fc.assert(fc.property(aSheet, aSheet, (first, sheet) => {
    const before: KnownHeadings = headingsToRemember({ ...first.titles }, columnsOf(first.fields, first.order), new Map());
    const told = columnsOf(sheet.fields, sheet.order);
    const headers = { ...sheet.titles };
    const learnt = headingsToRemember(headers, told, before);
    expect(columnsKnowing(headers, new Map([...before, ...learnt]))).toEqual(told);
  }), { numRuns: 500 });
});

test('what was taken rightly is not learnt; what was not, is, and a heading that is passed over is known as such', () => {
  const headers = { 0: '单子号', 1: '诉求标题', 2: '群众说了啥', 3: '类型', 4: '甲' };
  expect([...headingsToRemember(headers, { orderNo: 0, title: 1, content: 2 }, new Map())]).toEqual([['单子号', 'orderNo'], ['群众说了啥', 'content'], ['类型', 'none']]);
});

test('a heading over two columns says nothing by itself, and is not learnt', () => {
  expect([...headingsToRemember({ 0: '单子号', 1: '时间', 2: '时间' }, { orderNo: 0, calledAt: 1, dispatchedAt: 2 }, new Map())]).toEqual([['单子号', 'orderNo']]);
});
