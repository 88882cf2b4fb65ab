import { expect, test } from 'vitest';
import { numberTitle, valueTitle } from './audit-values.ts';

test.each([
  ['AppUser', 'way', 'password', '密码'], ['AppUser', 'role', 'bureau-clerk', '住建局经办人'], ['Estate', 'managementKind', 'company', '物业服务企业'],
  ['Committee', 'status', 'established', '已成立'], ['Publication', 'status', 'published', '已发布'],
])('of %s the %s “%s” reads %s', (subject, field, value, words) => {
  expect(valueTitle(subject, field, value)).toBe(words);
});

test('a word that is in no list stays as it was recorded', () => {
  expect(valueTitle('Estate', 'name', 'company')).toBe('company');
  expect(valueTitle('Estate', 'managementKind', 'toString')).toBe('toString');
});

test.each([['totalCm2', 330_150_000, '33015.00 ㎡'], ['feeFenPerM2Month', 185, '1.85 元'], ['collectionRateBp', 8_725, '87.25%'], ['totalUnits', 284, '284']])('%s of %d reads %s', (field, value, words) => {
  expect(numberTitle(field, value)).toBe(words);
});
