import { expect, test } from 'vitest';
import { fullWidth } from './full-width.ts';

test.each([
  ['楼栋内还有房屋,请先归档或调整这些房屋', '楼栋内还有房屋，请先归档或调整这些房屋'],
  ['业委会组建率(截至2026年11月20日):50.29%', '业委会组建率（截至2026年11月20日）：50.29%'],
  ['共 1,234 户;其中空置 20 户', '共 1,234 户；其中空置 20 户'],
  ['登记于 10:03,http://127.0.0.1:8080/', '登记于 10:03,http://127.0.0.1:8080/'],
  ['f(x)', 'f(x)'],
])('%s is written %s', (half, full) => {
  expect(fullWidth(half)).toBe(full);
});
