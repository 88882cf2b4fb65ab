import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCommonPassword } from './common-passwords.ts';
import { passwordAcceptable } from './password.ts';
import { passwordMaxLength, passwordMinLength } from './policy.ts';
import { administratorLabels, separationOfAdministrators } from './separation.ts';

const minLength = passwordMinLength.versions[0]?.value ?? 0;
const maxLength = passwordMaxLength.versions[0]?.value ?? 0;
const faults = (password: string, username = 'wangmin') => passwordAcceptable.check({ password, username, minLength, maxLength }).map(({ message }) => message);

describe('passwordAcceptable', () => {
  test('ten characters are enough, nine are not; 128 are, 129 are not', () => {
    expect([minLength, maxLength]).toEqual([10, 128]);
    expect(faults('kd8-Rw2x.q')).toEqual([]);
    expect(faults('kd8-Rw2x.')).toEqual(['密码至少10个字符，请加长']);
    expect(faults('kd8-Rw2x'.repeat(16).replace('R', '门'))).toEqual([]);
    expect(faults(`${'kd8-Rw2x'.repeat(16).replace('R', '门')}1`)).toEqual(['密码最多128个字符，请缩短']);
  });

  test.each(['Abc12345', 'Abc1234567', 'Password123!', 'P@ssw0rd2025', 'qwertyuiop', '1234567890', '1qaz2wsx3edc', 'woaini1314520', 'admin@2025!', 'zhang19870512', 'aaaaaaaaaa', 'abcabcabcabc', 'Zhujianju2025', 'qwerty123456', '13800001234', '!@#$%^&*()', 'qwe987rty654'])('%s is a common password', (password) => {
    expect(isCommonPassword(password)).toBe(true);
    expect(faults(password)).toContain('密码过于常见，容易被猜中，请换一个');
  });

  test.each(['kd8-Rw2x.q', '春眠不觉晓处处闻啼鸟', 'correct horse battery', 'zhang-river-9-boats'])('%s is not', (password) => {
    expect(faults(password)).toEqual([]);
  });

  test('the user name in it, in any case or backwards, refuses it; a name of two letters does not', () => {
    expect(faults('x8-WangMin-77')).toEqual(['密码不能包含用户名，请换一个']);
    expect(faults('x8-nimgnaw-77')).toEqual(['密码不能包含用户名，请换一个']);
    expect(faults('x8-wm-77-rest', 'wm')).toEqual([]);
  });

  test('one kind of character needs sixteen of them; all faults come together', () => {
    expect(faults('kdwrxqplmvbtcaz')).toEqual(['密码只用了一类字符，请同时使用字母、数字或符号，或加长到16个字符以上']);
    expect(faults('kdwrxqplmvbtcazu')).toEqual([]);
    expect(faults('123', '123')).toHaveLength(4);
  });
});

describe('separationOfAdministrators', () => {
  test('one person may hold one of the three, twice if need be, beside other roles', () => {
    expect(separationOfAdministrators.check({ held: ['bureau-clerk', 'audit-administrator', 'audit-administrator'] })).toEqual([]);
    expect(separationOfAdministrators.check({ held: [] })).toEqual([]);
    expect(separationOfAdministrators.check({ held: ['toString', 'constructor', 'audit-administrator'] })).toEqual([]);
  });

  test('any two of the three are refused, in whatever order and company', () => {
    const role = fc.constantFrom('bureau-clerk', 'company-head', ...Object.keys(administratorLabels));
    fc.assert(fc.property(fc.array(role, { maxLength: 8 }), (held) => {
      const distinct = new Set(held.filter((one) => Object.hasOwn(administratorLabels, one))).size;
      expect(separationOfAdministrators.check({ held })).toHaveLength(distinct > 1 ? 1 : 0);
    }));
    expect(separationOfAdministrators.check({ held: ['system-administrator', 'audit-administrator'] })[0]?.message).toBe('同一人不能兼任系统管理员、审计管理员，请先撤销原授权或授予他人');
  });
});
