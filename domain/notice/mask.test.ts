import { expect, test } from 'vitest';
import { maskMail } from './mask.ts';

test.each([['wangmin@example.gov.cn', 'w****@example.gov.cn'], ['a@b.cn', 'a****@b.cn'], ['"x@y"@b.cn', '"****@b.cn'], ['nobody', '****']])('%s is masked as %s', (address, masked) => {
  expect(maskMail(address)).toBe(masked);
});
