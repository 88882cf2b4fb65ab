import { describe, expect, test } from 'vitest';
import { accept, civilCode, decide, defineRule, refuse } from './rule.ts';

const positive = defineRule<{ n: number }>({
  id: 'sample.positive', source: civilCode('第二百零一条'),
  broken: ({ n }) => [n <= 0 && '须大于零', n % 2 !== 0 && '须为偶数', ''],
});

describe('defineRule', () => {
  test('every broken sentence is told at once, with the rule and its source', () => {
    expect(positive.check({ n: -1 })).toEqual([
      { rule: 'sample.positive', message: '须大于零', source: [{ id: 'civil-code', clause: '第二百零一条' }] },
      { rule: 'sample.positive', message: '须为偶数', source: [{ id: 'civil-code', clause: '第二百零一条' }] },
    ]);
    expect(positive.check({ n: 2 })).toEqual([]);
  });

  test('a rule without a source or with a malformed id cannot be defined', () => {
    expect(() => defineRule({ id: 'sample.none', source: [], broken: () => [] })).toThrow(/source/);
    for (const id of ['sample', 'Sample.x', 'sample.x_y', 'sample.']) expect(() => defineRule({ id, source: civilCode('x'), broken: () => [] })).toThrow(/malformed/);
  });
});

describe('decide', () => {
  test('accepts only when nothing is broken', () => {
    expect(decide(positive.check({ n: 2 }), 'go')).toEqual(accept('go'));
    expect(decide(positive.check({ n: 0 }), 'go')).toEqual({ ok: false, violations: positive.check({ n: 0 }) });
  });

  test('a refusal names at least one violation', () => {
    expect(() => refuse([])).toThrow(RangeError);
  });
});
