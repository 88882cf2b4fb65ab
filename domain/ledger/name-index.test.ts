import { describe, expect, test } from 'vitest';
import { NameIndex } from './name-index.ts';

const index = new NameIndex({
  areas: ['云川县'],
  townships: [{ id: 't1', name: '城关街道' }, { id: 't2', name: '云岭镇' }],
  neighbourhoods: [{ id: 'n1', name: '东门社区', townshipId: 't1' }, { id: 'n2', name: '东门社区', townshipId: 't2' }],
  companies: [
    { id: 'c1', name: '云川县德胜物业有限公司', creditCode: '91990101MA3N81JF5H' }, { id: 'c2', name: '云川县德胜物业管理有限公司', creditCode: null },
    { id: 'c3', name: '云川县宏达物业服务有限公司', creditCode: null },
  ],
  estates: [
    { id: 'e1', name: '金色里', townshipId: 't1' }, { id: 'e2', name: '金色里', townshipId: 't2' }, { id: 'e3', name: '春江花园（一期）', townshipId: 't1', aliases: ['春江一号'] }, { id: 'e4', name: '锦绣小区', townshipId: 't1' },
  ],
});
const id = (found: { is: string; thing?: { id: string } }) => found.thing?.id ?? found.is;

describe('names are resolved exactly, then normalised, then asked for', () => {
  test.each([
    ['云川县德胜物业有限公司', 'c1'], ['德胜物业有限公司', 'c1'], ['云川德胜物业管理有限公司', 'c2'], ['德胜物业有限责任公司', 'c1'], [' 云川县宏达物业服务有限公司\n', 'c3'],
    ['宏达物业', 'c3'], ['德胜物业', 'ambiguous'], ['宏达物业管理有限公司', 'unknown'], ['不存在物业有限公司', 'unknown'],
  ])('company %s → %s', (text, expected) => {
    expect(id(index.company(text))).toBe(expected);
  });

  test('a company’s code decides before its name, and one that nearly fits is offered', () => {
    expect(id(index.company('改了名的公司', '91990101MA3N81JF5H'))).toBe('c1');
    expect(index.company('宏达物业管理有限公司')).toMatchObject({ is: 'unknown', candidates: [{ id: 'c3' }] });
  });

  test.each([['金色里', null, 'ambiguous'], ['金色里', 't2', 'e2'], ['云岭镇金色里', null, 'e2'], ['春江花园1期', 't1', 'e3'], ['春江花园第一期', null, 'e3'], ['春江一号', null, 'e3'], ['锦绣', 't1', 'e4'], ['锦绣小区', 't2', 'unknown'], ['阳光里', null, 'unknown']])('estate %s in %s → %s', (text, township, expected) => {
    expect(id(index.estate(text, township))).toBe(expected);
  });

  test('an estate of that name in another township is offered, not taken', () => {
    expect(index.estate('锦绣小区', 't2')).toMatchObject({ candidates: [{ id: 'e4' }] });
  });

  test.each([['城关街道', 't1'], ['城关街道办事处', 't1'], ['云川县城关街道', 't1'], ['城关', 't1'], ['云岭', 't2'], ['白塔镇', 'unknown']])('township %s → %s', (text, expected) => {
    expect(id(index.township(text))).toBe(expected);
  });

  test('a neighbourhood is looked for in its township', () => {
    expect(id(index.neighbourhood('东门', 't2'))).toBe('n2');
    expect(id(index.neighbourhood('东门社区居委会', 't1'))).toBe('n1');
    expect(id(index.neighbourhood('东门社区', null))).toBe('ambiguous');
  });
});
