import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bare, spellings } from './person.ts';

test('a name is looked for as offices write it: together, or with one blank, narrow or wide, at any of its gaps', () => {
  expect(spellings('张三')).toEqual(['张三', '张 三', '张\u3000三']);
  expect(spellings('欧阳小明')).toEqual(expect.arrayContaining(['欧阳小明', '欧阳 小明', '欧 阳 小 明', '欧阳\u3000小明']));
});

test('every spelling is of the same name, each once, and there are never many', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...'张王李赵钱孙周吴·买买提艾'), { minLength: 1, maxLength: 20 }), (signs) => {
    const all = spellings(signs.join(''));
    expect(new Set(all).size).toBe(all.length);
    expect(all.every((one) => bare(one) === signs.join(''))).toBe(true);
    expect(all.length).toBeLessThanOrEqual(2 * Math.max(8, signs.length));
  }));
});
