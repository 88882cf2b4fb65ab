import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headerKey, letterOf, matchHeader } from './header.ts';
import { ledgerKinds, ledgerSpecs } from './ledger-specs.ts';
import type { LedgerKind } from './types.ts';

const fieldsOf = (kind: LedgerKind) => ledgerSpecs[kind].fields.map(({ key, names, like }) => ({ key, names, like, title: '', isRequired: false, onFault: 'warn' as const, fillDown: 'merged' as const, put: () => null }));
/** A bare 电话 means what stands before it; it is tried on its own elsewhere. */
const BARE = /^(电话|联系电话|联系方式|手机|手机号|手机号码|电话号码|值班电话|名称|姓名)$/;
const dressed = fc.constantFrom((name: string) => name, (name: string) => `${name}（必填）`, (name: string) => ` ${name.slice(0, 1)}\n${name.slice(1)} `, (name: string) => `*${name}`, (name: string) => `${name}：`);

describe('headers are read by meaning', () => {
  test.each(ledgerKinds)('no two fields of %s claim the same name', (kind) => {
    const owners = new Map<string, string[]>();
    for (const { key, names } of ledgerSpecs[kind].fields) for (const name of new Set(names.map(headerKey))) owners.set(name, [...(owners.get(name) ?? []), key]);
    expect([...owners].filter(([, keys]) => keys.length > 1)).toEqual([]);
  });

  test.each(ledgerKinds)('every field of %s is found under any of its names, in any order, however the header is dressed', (kind) => {
    const fields = fieldsOf(kind);
    const pick = fc.tuple(...fields.map(({ key, names }) => fc.tuple(fc.constantFrom(...names.filter((name) => !BARE.test(name))), dressed).map(([name, dress]) => ({ key, header: dress(name) }))));
    fc.assert(fc.property(pick.chain((chosen) => fc.shuffledSubarray(chosen, { minLength: 2 })), (columns) => {
      const headers = Object.fromEntries(columns.map(({ header }, at) => [at, header]));
      expect(matchHeader(fields, headers).columns).toEqual(Object.fromEntries(columns.map(({ key }, at) => [key, at])));
    }));
  });

  test('letters of columns go on after Z', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(letterOf)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });
});
