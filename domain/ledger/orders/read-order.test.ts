import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { findHeaders } from '../find-header.ts';
import { gridOf } from '../grid.ts';
import { isAboutPerson, orderHeaderFields } from './columns.ts';
import { checkOrder, momentText, orderText, readMoment } from './read-order.ts';

describe('the headings of an order file', () => {
  test.each([
    [['工单编号', '来电时间', '诉求标题', '诉求内容', '诉求类型', '诉求人', '联系电话', '事发地址', '承办单位', '派单时间', '办理时限', '紧急程度', '工单状态'], ['orderNo', 'calledAt', 'title', 'content', 'type', 'callerName', 'callerPhone', 'address', 'unit', 'dispatchedAt', 'dueAt', 'urgency', 'status']],
    [['序号', '工单号', '受理时间', '标题', '反映内容', '问题分类', '来电人', '来电号码', '事发地点', '主办单位', '交办时间', '截止时间', '满意度', '是否解决', '是否联系'], [undefined, 'orderNo', 'calledAt', 'title', 'content', 'type', 'callerName', 'callerPhone', 'address', 'unit', 'dispatchedAt', 'dueAt', 'satisfied', 'resolved', 'isContacted']],
    [['受理编号', '登记时间', '主题', '问题描述', '事件类型', '市民姓名', '市民电话', '问题地址', '处置单位', '派发时间', '到期时间', '办理结果', '答复内容', '退单原因'], ['orderNo', 'calledAt', 'title', 'content', 'type', 'callerName', 'callerPhone', 'address', 'unit', 'dispatchedAt', 'dueAt', 'outcome', 'answer', 'sentBack']],
  ])('%j', (headings, fields) => {
    const rows = [{ sheet: 's', row: 1, cells: ['12345工单明细'] }, { sheet: 's', row: 2, cells: headings }, { sheet: 's', row: 3, cells: headings.map((_each, at) => `内容${String(at)}`) }];
    const best = findHeaders(gridOf(rows, []), orderHeaderFields)[0];
    const byColumn = new Map(Object.entries(best?.columns ?? {}).map(([field, column]) => [column, field]));
    expect([best?.rows, headings.map((_each, at) => byColumn.get(at))]).toEqual([[2], fields]);
  });
  test('columns that nobody knows are kept, but for those that speak of a person', () => {
    expect([isAboutPerson('身份证号'), isAboutPerson('联系人住址'), isAboutPerson('区域码'), isAboutPerson('办理环节')]).toEqual([true, true, false, false]);
  });
});

describe('moments', () => {
  test.each([
    ['2026-11-23 09:15', '2026-11-23 09:15'], ['2026/11/23 9:05:30', '2026-11-23 09:05'], ['2026年11月23日下午3时', '2026-11-23 15:00'], ['2026年11月23日15点30分', '2026-11-23 15:30'], ['2026-11-23', '2026-11-23'], ['20261123', '2026-11-23'], ['2026-11-23T09:15:00', '2026-11-23 09:15'], ['46349.5', '2026-11-23 12:00'],
  ])('%s', (text, said) => { const moment = readMoment(text); expect(moment && momentText(moment)).toBe(said); });
  test.each(['改天', '11月23日', '2026-11', '2026-11-23 25:10', '2026-13-01 09:00'])('%s is not guessed', (text) => { expect(readMoment(text)).toBeUndefined(); });
  test('what is read is written so that it reads the same again', () => {
    fc.assert(fc.property(fc.date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2090-01-01T00:00:00Z'), noInvalidDate: true }), fc.boolean(), (at, hasTime) => {
      const text = hasTime ? at.toISOString().slice(0, 16).replace('T', ' ') : at.toISOString().slice(0, 10);
      const moment = readMoment(text);
      expect(moment && momentText(moment)).toBe(text);
    }));
  });
  test('a cell that is a day and a minute keeps its minute; a number that Excel cut is told', () => {
    expect(orderText('dueAt', { date: localDate('2026-11-23'), time: '18:00' })).toBe('2026-11-23 18:00');
    expect(checkOrder({ orderNo: orderText('orderNo', 20_261_123_000_100_000), content: '有内容' })[0]?.message).toMatch(/末几位已丢失/);
  });
});

test('a row without number, content or a day that can be read says what to do; nothing else keeps it back', () => {
  expect(checkOrder({}).filter(({ severity }) => severity === 'error').map(({ field }) => field)).toEqual(['orderNo', 'content']);
  expect(checkOrder({ orderNo: '1', content: '有', calledAt: '2026-11-23', dueAt: '2026-11-20' }).map(({ message }) => message)).toEqual(['“办理时限”早于来电的日期（2026-11-23），请核对']);
  fc.assert(fc.property(fc.string(), fc.string(), (calledAt, dueAt) => { for (const { message } of checkOrder({ orderNo: '1', content: '有', calledAt, dueAt })) expect(message).toMatch(/请|暂按/); }));
});
