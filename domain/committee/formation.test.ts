import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import type { CommitteeFacts } from './committee.ts';
import { definitionText, estatesShortOfTarget, estateStanding, formationDefinition, formationRate, formationRateText, reachesTarget, type EstateFormation } from './formation.ts';
import { meetsStanding } from './formation-parts.ts';
import { formationTarget } from './policy.ts';

const asOf = localDate('2025-06-30');
const standard = formationDefinition([], asOf);
const formed = (over: Partial<CommitteeFacts> = {}): CommitteeFacts => ({ kind: 'committee', status: 'established', sinceOn: localDate('2022-01-01'), untilOn: localDate('2026-12-31'), filedOn: null, endedOn: null, ...over });
const estate = (...committees: CommitteeFacts[]): EstateFormation => ({ estateId: 'e', isOccupied: true, committees });
const standing = (one: EstateFormation, definition = standard) => estateStanding(one, definition, asOf).standing;

describe('estateStanding', () => {
  test('an estate counts while its committee stands; the last day of the term is not past it', () => {
    expect(standing(estate(formed()))).toBe('counted');
    expect(standing(estate(formed({ untilOn: asOf })))).toBe('counted');
    expect(standing(estate(formed({ untilOn: localDate('2025-06-29') })))).toBe('counted-expired');
    expect(standing(estate(formed({ sinceOn: null, untilOn: null })))).toBe('counted');
  });

  test('one formed later, ceased, in preparation or none at all does not count', () => {
    expect(standing(estate(formed({ sinceOn: localDate('2025-07-01') })))).toBe('none');
    expect(standing(estate(formed({ sinceOn: asOf })))).toBe('counted');
    expect(standing(estate(formed({ endedOn: asOf })))).toBe('none');
    expect(standing(estate(formed({ endedOn: localDate('2025-07-01') })))).toBe('counted');
    expect(standing(estate(formed({ status: 'dissolved' })))).toBe('none');
    expect(standing(estate(formed({ status: 'dissolved', endedOn: localDate('2025-07-01') })))).toBe('counted');
    expect(standing(estate(formed({ status: 'preparing' })))).toBe('preparing');
    expect(standing(estate())).toBe('none');
  });

  test('the definition decides on expired terms, filing and kinds', () => {
    expect(standing(estate(formed({ untilOn: localDate('2025-01-01') })), { ...standard, countsExpired: false })).toBe('expired');
    expect(standing(estate(formed()), { ...standard, requiresFiling: true })).toBe('not-filed');
    expect(standing(estate(formed({ filedOn: asOf })), { ...standard, requiresFiling: true })).toBe('counted');
    expect(standing(estate(formed({ filedOn: localDate('2025-07-01') })), { ...standard, requiresFiling: true })).toBe('not-filed');
    expect(standing(estate(formed({ kind: 'management-committee' })))).toBe('kind-not-counted');
    expect(standing(estate(formed({ kind: 'management-committee' })), { ...standard, countedKinds: ['management-committee'] })).toBe('counted');
  });

  test('an estate stands by the best of its organisations; one nobody lives in is left out of both numbers', () => {
    expect(standing(estate(formed({ status: 'preparing' }), formed({ untilOn: localDate('2025-01-01') }), formed()))).toBe('counted');
    expect(estateStanding({ ...estate(formed()), isOccupied: false }, standard, asOf)).toMatchObject({ standing: 'not-occupied', inDenominator: false, inNumerator: false });
  });

  test('each estate says why', () => {
    expect(estateStanding(estate(formed({ untilOn: localDate('2023-05-14') })), standard, asOf).reason).toBe('业主委员会任期已于2023年5月14日届满，尚未换届，计入并另行列示');
    expect(estateStanding(estate(), standard, asOf).reason).toBe('已入住，无业委会');
  });
});

describe('formationRate', () => {
  test('88 of 173 with 26 past their term is 50.87%', () => {
    const estates = Array.from({ length: 175 }, (_, at): EstateFormation => ({
      estateId: `e${at}`, isOccupied: at < 173, committees: at < 88 || at === 174 ? [formed(at < 26 ? { untilOn: localDate('2025-06-29') } : {})] : [],
    }));
    const rate = formationRate(estates, standard, asOf);
    expect([rate.occupied, rate.withCommittee, rate.expired, rate.preparing, formationRateText(rate)]).toEqual([173, 88, 26, 0, '50.87%']);
    const strict = formationRate(estates, { ...standard, countsExpired: false }, asOf);
    expect([strict.withCommittee, strict.expired]).toEqual([62, 26]);
  });

  test('exactly the target is enough, one estate less is not', () => {
    const target = formationTarget.versions[0]?.value ?? 0;
    expect(target).toBe(6_000);
    expect([reachesTarget({ withCommittee: 60, occupied: 100 }, target), reachesTarget({ withCommittee: 59, occupied: 100 }, target), reachesTarget({ withCommittee: 0, occupied: 0 }, target)]).toEqual([true, false, false]);
    expect(estatesShortOfTarget({ withCommittee: 88, occupied: 173 }, target)).toBe(16);
  });

  test('forming what is short reaches the target, one fewer does not', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 10_000 }), fc.nat(500), (occupied, target, some) => {
      const withCommittee = Math.min(some, occupied);
      const short = estatesShortOfTarget({ withCommittee, occupied }, target);
      expect(reachesTarget({ withCommittee: withCommittee + short, occupied }, target)).toBe(true);
      expect(short === 0 || !reachesTarget({ withCommittee: withCommittee + short - 1, occupied }, target)).toBe(true);
    }));
  });

  test('every estate has one standing, the numbers are the sums of the estates, and each number’s condition lists as many', () => {
    const day = fc.constantFrom(null, localDate('2025-01-01'), asOf, localDate('2025-12-31'));
    const committee = fc.record({ kind: fc.constantFrom('committee' as const, 'joint' as const, 'management-committee' as const), status: fc.constantFrom('preparing' as const, 'established' as const, 'dissolved' as const), sinceOn: day, untilOn: day, filedOn: day, endedOn: day });
    const estates = fc.array(fc.record({ estateId: fc.uuid(), isOccupied: fc.boolean(), committees: fc.array(committee, { maxLength: 3 }) }), { maxLength: 20 });
    const definition = fc.record({ countedKinds: fc.subarray(['committee', 'joint', 'management-committee'] as const), countsExpired: fc.boolean(), requiresFiling: fc.boolean() });
    fc.assert(fc.property(estates, definition, (some, by) => {
      const rate = formationRate(some, by, asOf);
      expect(rate.estates).toHaveLength(some.length);
      expect(rate.occupied).toBe(some.filter(({ isOccupied }) => isOccupied).length);
      expect(rate.withCommittee).toBe(rate.estates.filter(({ inNumerator }) => inNumerator).length);
      const shown = (wanted: string | undefined) => rate.estates.filter((row) => meetsStanding(row, wanted)).length;
      expect([shown('occupied'), shown('all-counted'), shown('past-term'), shown('preparing'), shown('all'), shown(undefined)]).toEqual([rate.occupied, rate.withCommittee, rate.expired, rate.preparing, some.length, some.length]);
      expect(shown('not-counted')).toBe(rate.occupied - rate.withCommittee);
      expect(rate.estates.every(({ inNumerator, inDenominator, reason }) => (!inNumerator || inDenominator) && reason !== '')).toBe(true);
      expect(formationRate(some, { ...by, countsExpired: true }, asOf).withCommittee).toBeGreaterThanOrEqual(rate.withCommittee);
      expect(formationRate(some, { ...by, requiresFiling: false }, asOf).withCommittee).toBeGreaterThanOrEqual(rate.withCommittee);
    }));
  });

  test('the county may set its own definition from a day on', () => {
    const overrides = [{ parameterId: 'committee.formation.counts-expired', from: localDate('2025-07-01'), until: null, value: false, basis: '县政办通知' }];
    expect(formationDefinition(overrides, asOf).countsExpired).toBe(true);
    expect(formationDefinition(overrides, localDate('2025-07-01')).countsExpired).toBe(false);
    expect(definitionText(standard, asOf)).toBe('截至2025年6月30日，已成立的业主委员会、联合业主委员会数÷已入住小区数；届满未换届的计入，另行列示');
  });
});
