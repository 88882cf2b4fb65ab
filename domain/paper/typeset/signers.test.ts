import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signerRows, signersText } from './signers.ts';

test('one signer stands as he is; several two a row, each as wide as the other, names of two characters spread over three', () => {
  expect(signerRows(signersText(['李四']))).toEqual(['李四']);
  expect(signerRows(signersText(['李四', '王小明']))).toEqual(['李\u3000四\u3000王小明']);
  expect(signerRows(signersText(['李四', '王小明', '欧阳小明']))).toEqual(['李\u3000四\u3000\u3000王小明\u3000', '欧阳小明\u3000\u3000\u3000\u3000\u3000']);
});

test('no name is lost or moved, and all rows are of one width', () => {
  fc.assert(fc.property(fc.array(fc.array(fc.constantFrom(...'张王李赵欧阳小明'), { minLength: 2, maxLength: 5 }).map((signs) => signs.join('')), { minLength: 1, maxLength: 7 }), (names) => {
    const rows = signerRows(signersText(names));
    expect(rows.join('').replaceAll('\u3000', '')).toBe(names.join(''));
    expect(rows).toHaveLength(names.length < 2 ? 1 : Math.ceil(names.length / 2));
    expect(new Set(rows.map((row) => [...row].length)).size).toBe(1);
  }));
});
