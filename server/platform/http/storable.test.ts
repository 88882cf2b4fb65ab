import { describe, expect, test } from 'vitest';
import { Problem } from '../problem.ts';
import { refuseUnstorable } from './storable.ts';

const refusalOf = (sent: unknown): unknown => {
  try { refuseUnstorable(sent); return null; } catch (error) { return error instanceof Problem ? error.errors[0]?.pointer : error; }
};

describe('what the database cannot hold', () => {
  test.each([['甲\0', '/a'], ['\ud800', '/a'], ['x\udc00y', '/a']])('%j is refused, and the place is named', (text, pointer) => {
    expect(refusalOf({ a: text })).toBe(pointer);
    expect(refusalOf({ b: [{ a: text }] })).toBe('/b/0/a');
  });
  test('is refused in the name of a field too', () => {
    expect(refusalOf({ 'a\0': 1 })).toBe('/');
  });
  test('is not what is merely rare: surrogates in pairs, marks of direction, numbers, nothing', () => {
    expect(refusalOf({ a: '👨‍👩‍👧 \u202e𠮷', b: [1, null, true, undefined] })).toBeNull();
  });
  test('is found however deep it lies', () => {
    let nested: unknown = '\0';
    for (let depth = 0; depth < 100_000; depth += 1) nested = [nested];
    expect(refusalOf(nested)).toMatch(/^\/0\/0/);
  });
});
