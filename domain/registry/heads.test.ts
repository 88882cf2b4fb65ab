import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areaCm2 } from '#domain/kernel/brand.ts';
import { countHeads, tallyHeads, type Holder, type UnitHolding } from './heads.ts';

const holder = (name: string, identityKey: string | null = null, phoneKey: string | null = null, isOrganisation = false): Holder => ({ name, identityKey, phoneKey, isOrganisation });
let made = 0;
const unit = (holders: Holder[], standing: UnitHolding['standing'] = 'delivered', unitId = `u${(made += 1)}`): UnitHolding => ({ unitId, area: areaCm2(1_000_000), standing, holders });
const count = (...units: UnitHolding[]) => countHeads(units, '云川县建设开发有限公司').count;
const [zhao, qian] = [holder('赵强', 'id-1'), holder('钱芳', 'id-2')];
const developer = holder('云川县建设开发有限公司', null, null, true);

describe('countHeads', () => {
  test('one unit is one head, however many own it', () => {
    expect(count(unit([zhao]), unit([qian, zhao]))).toBe(2);
    expect(count(unit([qian, zhao]))).toBe(1);
  });

  test('the same buyer with several units is one head, by number whatever the name says', () => {
    expect(count(unit([zhao]), unit([zhao]), unit([holder('赵 强', 'id-1')]))).toBe(1);
    expect(count(unit([zhao]), unit([holder('赵强', 'id-9')]))).toBe(2);
  });

  test('the developer has one head for all unsold, undelivered and own units, sold-but-undelivered ones included', () => {
    expect(count(unit([], 'unsold'), unit([zhao], 'undelivered'), unit([developer]), unit([holder('云川县建设开发有限公司', 'credit-1', null, true)]))).toBe(1);
    expect(count(unit([zhao]), unit([zhao], 'undelivered'))).toBe(2);
  });

  test('without a number an organisation is known by its name, a person by name and phone', () => {
    expect(count(unit([holder('某某银行（城关支行）', null, null, true)]), unit([holder('某某银行(城关支行)', null, 'p9', true)]))).toBe(1);
    expect(count(unit([holder('孙丽', null, 'p1')]), unit([holder('孙丽', null, 'p1')]), unit([holder('孙丽', null, 'p2')]))).toBe(2);
  });

  test('a bare name proves nothing: each unit is its own head, flagged; so is a unit without a holder', () => {
    const found = countHeads([unit([holder('李娜')], 'delivered', 'a'), unit([holder('李娜')], 'delivered', 'b'), unit([], 'delivered', 'c')], null);
    expect(found.count).toBe(3);
    expect(found.flags.map(({ kind, unitIds }) => [kind, unitIds])).toEqual([
      ['no-holder', ['c']], ['same-name-elsewhere', ['a']], ['same-name-elsewhere', ['b']], ['weak-identity', ['a']], ['weak-identity', ['b']],
    ]);
  });

  test('one number under two names and a numberless namesake are flagged, never silently merged', () => {
    const found = countHeads([unit([zhao], 'delivered', 'a'), unit([holder('马勇', 'id-1')], 'delivered', 'b'), unit([holder('赵强', null, 'p1')], 'delivered', 'c')], null);
    expect(found.count).toBe(2);
    expect(found.flags.map(({ kind, unitIds }) => [kind, unitIds])).toEqual([['one-number-several-names', ['a', 'b']], ['same-name-elsewhere', ['c']], ['weak-identity', ['c']]]);
  });

  test('what is certain is not flagged: one number under one name, and a weak identity without a namesake only as weak', () => {
    expect(countHeads([unit([zhao]), unit([zhao]), unit([qian])], null).flags).toEqual([]);
    expect(countHeads([unit([holder('孙丽', null, 'p1')]), unit([zhao])], null).flags.map(({ kind }) => kind)).toEqual(['weak-identity']);
  });

  test('unsold, undelivered and own units of a developer written three ways are one head together; a buyer of an undelivered home is not counted for it', () => {
    const ways = [holder('云川县建设开发有限公司', null, null, true), holder('云川县 建设开发有限公司', null, null, true), holder('云川县建设开发有限公司', '91990101', '139', true)];
    expect(count(...ways.map((one) => unit([one])), unit([], 'unsold'), unit([ways[0] ?? developer], 'unsold'), unit([zhao, qian], 'undelivered'))).toBe(1);
    // The same buyer's delivered home is one head beside the developer's, however many undelivered ones he has.
    expect(count(unit([zhao]), unit([zhao], 'undelivered'), unit([zhao], 'undelivered'), unit([], 'unsold'))).toBe(2);
    // Nobody knows who the developer is: unsold units are still one head, and its own name is an organisation like any other.
    expect(countHeads([unit([], 'unsold'), unit([], 'undelivered'), unit([developer]), unit([developer])], null).count).toBe(2);
  });

  test('an organisation is one by its name however its brackets, widths and blanks are written; its branches are others', () => {
    const bank = (name: string) => unit([holder(name, null, null, true)]);
    expect(count(bank('安和农商银行（东街支行）'), bank('安和农商银行(东街支行)'), bank('安和农商银行 (东街支行) '), bank('安和农商银行（西街支行）'))).toBe(2);
    expect(count(bank('ＡＢ物业有限公司'), bank('AB物业有限公司'))).toBe(1);
  });

  test('a person and an organisation of one name, one phone of two people, two people of one name: never one head', () => {
    expect(count(unit([holder('金辉', null, 'p1')]), unit([holder('金辉', null, null, true)]))).toBe(2);
    expect(count(unit([holder('孙丽', null, 'p1')]), unit([holder('孙明', null, 'p1')]))).toBe(2);
    expect(count(unit([holder('孙丽', 'id-3')]), unit([holder('孙丽', 'id-4')]))).toBe(2);
  });

  test('co-owners of several homes are one head each home, and one together where the same is named first; another order is flagged', () => {
    expect(count(unit([zhao, qian]), unit([zhao, qian]))).toBe(1);
    const found = countHeads([unit([zhao, qian], 'delivered', 'a'), unit([qian, zhao], 'delivered', 'b'), unit([qian], 'delivered', 'c')], null);
    expect(found.count).toBe(2);
    expect(found.flags.map(({ kind, unitIds }) => [kind, unitIds])).toEqual([['co-owners-reordered', ['a', 'b']]]);
    expect(countHeads([unit([zhao, qian], 'delivered'), unit([qian], 'delivered')], null).flags).toEqual([]);
  });

  test('the count explains itself', () => {
    expect(countHeads([unit([zhao]), unit([qian])], null).explanation).toBe('专有部分2个，计业主2人（一个专有部分按一人计，共有人合计为一人）。');
    const { explanation } = countHeads([unit([zhao]), unit([zhao]), unit([], 'unsold'), unit([qian])], null);
    expect(explanation).toBe('专有部分4个，计业主3人（一个专有部分按一人计，共有人合计为一人）；同一买受人拥有多个专有部分的1人，名下2个专有部分，各按一人计；建设单位尚未出售、已售未交付及自有的1个专有部分，合计按一人计。');
  });
});

const anyHolder = fc.record({
  name: fc.constantFrom('赵强', '钱芳', '孙丽', '云川县建设开发有限公司', ''), isOrganisation: fc.boolean(),
  identityKey: fc.constantFrom(null, null, 'id-1', 'id-2', 'id-3'), phoneKey: fc.constantFrom(null, 'p1', 'p2'),
});
const anyUnits = fc.array(fc.record({ area: fc.integer({ min: 0, max: 5_000_000 }).map(areaCm2), standing: fc.constantFrom('delivered' as const, 'delivered' as const, 'unsold' as const, 'undelivered' as const), holders: fc.array(anyHolder, { maxLength: 3 }) }), { maxLength: 30 })
  .map((units) => units.map((one, at): UnitHolding => ({ unitId: `u${at}`, ...one })));

describe('any estate', () => {
  test('the order of the units changes nothing', () => {
    fc.assert(fc.property(anyUnits, fc.infiniteStream(fc.nat()), (units, random) => {
      const shuffled = units.map((one) => ({ one, at: random.next().value })).sort((a, b) => a.at - b.at).map(({ one }) => one);
      const [before, after] = [countHeads(units, '云川县建设开发有限公司'), countHeads(shuffled, '云川县建设开发有限公司')];
      expect({ ...after, flags: new Set(after.flags) }).toEqual({ ...before, flags: new Set(before.flags) });
    }));
  });

  test('heads share out all units and all area, and are never more than units', () => {
    fc.assert(fc.property(anyUnits, (units) => {
      const { heads, area, count: found } = countHeads(units, null);
      expect(heads.flatMap(({ unitIds }) => unitIds).sort()).toEqual(units.map(({ unitId }) => unitId).sort());
      expect(heads.reduce((sum, head) => sum + head.area, 0)).toBe(units.reduce((sum, one) => sum + one.area, 0));
      expect(area).toBe(units.reduce((sum, one) => sum + one.area, 0));
      expect(found).toBe(heads.length);
      expect(found).toBeLessThanOrEqual(units.length);
    }));
  });

  test('the tally is the count without its explanation', () => {
    fc.assert(fc.property(anyUnits, fc.constantFrom(null, '云川县建设开发有限公司'), (units, developer) => {
      const { count: heads, area, heads: each } = countHeads(units, developer);
      expect(tallyHeads(units, developer)).toEqual({ count: heads, area, weak: each.filter(({ basis }) => ['name-phone', 'name-only', 'nobody'].includes(basis)).length });
    }));
  });

  test('one more unit adds at most one head and takes none away', () => {
    fc.assert(fc.property(anyUnits.filter((units) => units.length > 0), (units) => {
      const [with_, without] = [countHeads(units, null).count, countHeads(units.slice(1), null).count];
      expect(with_ - without === 0 || with_ - without === 1).toBe(true);
    }));
  });

  test('finding that two numbers are one person never raises the count', () => {
    fc.assert(fc.property(anyUnits, (units) => {
      const merged = units.map((one) => ({ ...one, holders: one.holders.map((held) => ({ ...held, identityKey: held.identityKey === 'id-2' ? 'id-1' : held.identityKey })) }));
      expect(countHeads(merged, null).count).toBeLessThanOrEqual(countHeads(units, null).count);
    }));
  });
});
