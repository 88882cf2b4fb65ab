import { describe, expect, test } from 'vitest';
import { reckon } from './formula.ts';
import { copyFormula, shiftFormula } from './refs.ts';

const cells: Record<string, number | string | null> = { '0:1': 6, '1:1': 4, '2:1': null, '3:1': '7', '4:1': 'abc' };
const value = (formula: string) => reckon(formula, (sheet, column, row) => (sheet === null ? cells[`${column}:${row}`] ?? null : sheet === '表 2' ? 9 : undefined));

describe('simple formulas are reckoned as office programs do', () => {
  test.each<[string, unknown]>([
    ['A1+B1*2', 14], ['(A1+B1)*2', 20], ['-A1^2', undefined], ['A1/C1', { error: '#DIV/0!' }], ['IF(C1=0,"",A1/C1)', ''], ['IF(A1>B1,"多","少")', '多'], ['SUM(A1:E1)', 10], ['ROUND(A1/B1*100,1)', 150],
    ['ROUND(2.675,2)', 2.68], ['ROUND(-2.5,0)', -3], ['IFERROR(A1/C1,0)', 0], ['IFERROR(A1/B1,0)', 1.5], ['AVERAGE(A1:B1)', 5], ['MAX(A1:B1)-MIN(A1:B1)', 2], ['COUNT(A1:E1)', 2], ['A1&"个"', '6个'],
    ['D1+1', 8], ['E1+1', { error: '#VALUE!' }], ['50%', 0.5], ["'表 2'!A1+1", 10], ['另表!A1', undefined], ['VLOOKUP(A1,A1:B1,2)', undefined], ['A1+', undefined], ['C1', 0],
  ])('%s', (formula, expected) => { expect(value(formula)).toEqual(expected); });
});

describe('references follow rows that are put in', () => {
  const shift = { after: 5, count: 10 };
  test.each([
    ['SUM(E3:E5)', 'SUM(E3:E15)'], ['A6*2', 'A16*2'], ['A5', 'A5'], ['$A$6+LOG10(3)', '$A$16+LOG10(3)'], ['"A6"&B7', '"A6"&B17'], ['附件2!A6', '附件2!A6'], ['附件1!A6', '附件1!A16'], ["'附件1'!A6:B8", "'附件1'!A16:B18"],
  ])('%s', (before, after) => { expect(shiftFormula(before, { sheetName: '附件1', isOwn: true, shift })).toBe(after); });
  test('a formula copied down keeps what is fixed', () => { expect(copyFormula('A1+$B1+C$1+$D$1', 2, 1)).toBe('B3+$B3+D$1+$D$1'); });
});
