import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildingKey, entranceKey, parseUnitNumber, roomKey, unitKey } from './unit-number.ts';

describe('keys of buildings, entrances and rooms', () => {
  test.each(['3幢', '3号楼', '03栋', '3#', '3#楼', '第3幢', '三号楼', '３栋', ' 3 ', '3.0', '3号'])('%s is building 3', (text) => {
    expect(buildingKey(text)).toBe('3');
  });

  test('letters and compound numbers stay', () => {
    expect(['A座', 'a3幢', '十二幢', '3-1幢', '商铺', '10幢', '楼'].map(buildingKey)).toEqual(['A', 'A3', '12', '3-1', '商铺', '10', '楼']);
  });

  test('entrances and rooms by the same habit', () => {
    expect(['1单元', '一单元', '01', '二门'].map(entranceKey)).toEqual(['1', '1', '1', '2']);
    expect(['301室', '0301', '301', '商铺5号', '101A'].map(roomKey)).toEqual(['301', '301', '301', '商铺5', '101A']);
  });

  test('the key of a key is itself', () => {
    const text = fc.array(fc.constantFrom('0', '1', '10', '三', '十', '幢', '号楼', '#', '单元', '室', '-', 'A', '座', '第', '.0', ' '), { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(fc.property(text, (typed) => {
      for (const key of [buildingKey, entranceKey, roomKey]) expect(key(key(typed))).toBe(key(typed));
    }), { numRuns: 1_000 });
  });
});

describe('parseUnitNumber', () => {
  test.each([['1-2-301', '1-2-301'], ['1幢2单元301室', '1-2-301'], ['01栋一单元0301', '1-1-301'], ['1-301', '1--301'], ['3号楼502', '3--502'], ['1／2／301', '1-2-301'], ['A座1201', 'A--1201'], ['2幢-301', '2--301']])('%s is %s', (text, key) => {
    const number = parseUnitNumber(text);
    expect(number && unitKey(number)).toBe(key);
  });

  test.each(['', '301', '1-2-3-4', '待定'])('%j names no building and room', (text) => {
    expect(parseUnitNumber(text)).toBeUndefined();
  });
});
