import { describe, expect, test } from 'vitest';
import { areaCm2, fen, localDate } from '#domain/kernel/brand.ts';
import { companyQuality, type CompanyQuality } from './company.ts';
import { estateQuality, type EstateQuality } from './estate.ts';
import { committeeQuality, practitionerQuality, type CommitteeQuality, type PractitionerQuality } from './people.ts';
import { inspect, type QualityRule } from './quality-rule.ts';
import { contractQuality, type ContractQuality } from './service-contract.ts';
import { duplicateUnits, unitQuality, type UnitQuality } from './units.ts';

const asOf = localDate('2025-06-30');
const limits = { contractEndingDays: 60, areaToleranceBp: 100 };

/** A checker of one kind of record: a good one with some facts changed → the ids found, without the prefix. */
function finder<Facts>(rules: readonly QualityRule<Facts>[], good: Facts) {
  return (change: Partial<Facts> = {}) => inspect(rules, { facts: { ...good, ...change }, asOf, limits }).map(({ rule }) => rule.replace('registry.', ''));
}

const goodEstate: EstateQuality = {
  managementKind: 'company', hasCompany: true, hasContract: true, hasEstateManager: true, totalUnits: 100, occupiedUnits: 100,
  buildingArea: areaCm2(100_000_000), deliveredArea: areaCm2(100_000_000), unitsRecorded: 100, unitAreaSum: areaCm2(100_000_000),
};
const estate = finder(estateQuality, goodEstate);
const company = finder<CompanyQuality>(companyQuality, { creditCode: '91350100M000100Y43', headName: '郭平', headPhone: '13800001234' });
const contract = finder<ContractQuality>(contractQuality, { isCurrent: true, from: localDate('2024-01-01'), until: localDate('2026-12-31'), feeBasis: 'lump-sum', pricePerSquareMetreMonth: fen(130) });
const practitioner = finder<PractitionerQuality>(practitionerQuality, { post: 'estate-manager', hasCompany: true, hasPhone: true, identity: 'missing' });
const committee = finder<CommitteeQuality>(committeeQuality, { isFormed: true, since: localDate('2022-07-01'), until: localDate('2027-07-01'), hasHeadPhone: true });
const unit = finder<UnitQuality>(unitQuality, { area: areaCm2(885_000), areaSource: 'register', headFlags: [], isDuplicate: false });

test('a complete record has nothing to mend', () => {
  expect([estate(), company(), contract(), practitioner(), committee(), unit()]).toEqual([[], [], [], [], [], []]);
});

describe('estates', () => {
  test('a company is missed only where one should be', () => {
    expect(estate({ hasCompany: false, hasContract: false, hasEstateManager: false })).toEqual(['estate-company-missing']);
    expect(estate({ managementKind: 'self', hasCompany: false, hasContract: false, hasEstateManager: false })).toEqual([]);
    expect((['unmanaged', 'self', 'work-unit', 'neighbourhood'] as const).map((managementKind) => estate({ managementKind }))).toEqual(Array.from({ length: 4 }, () => ['estate-company-unexpected']));
    expect(estate({ managementKind: 'quasi' })).toEqual([]);
    expect(estate({ managementKind: 'unknown' })).toEqual(['estate-management-kind-missing']);
  });

  test('contract, manager and totals', () => {
    expect(estate({ hasContract: false, hasEstateManager: false })).toEqual(['estate-contract-missing', 'estate-manager-missing']);
    expect(estate({ totalUnits: null })).toEqual(['estate-total-missing']);
    expect(estate({ occupiedUnits: 101 })).toEqual(['estate-occupied-exceeds-total']);
    expect(estate({ deliveredArea: areaCm2(100_000_001) })).toEqual(['estate-delivered-exceeds-building']);
    expect(estate({ unitsRecorded: 99 })).toEqual(['estate-units-incomplete']);
    expect(estate({ unitsRecorded: null, unitAreaSum: null })).toEqual([]);
  });

  test('areas exactly one percent apart pass, one cm² more does not, either way', () => {
    expect([101_000_000, 99_000_000].map((sum) => estate({ unitAreaSum: areaCm2(sum) }))).toEqual([[], []]);
    expect([101_000_001, 98_999_999].map((sum) => estate({ unitAreaSum: areaCm2(sum) }))).toEqual([['estate-area-differs'], ['estate-area-differs']]);
    expect(estate({ buildingArea: areaCm2(0), deliveredArea: null })).toEqual(['estate-area-differs']);
    expect(estate({ buildingArea: areaCm2(0), deliveredArea: null, unitAreaSum: areaCm2(0) })).toEqual([]);
  });
});

test('companies: credit code and head', () => {
  expect([company({ creditCode: null }), company({ creditCode: '' }), company({ creditCode: '9135' }), company({ creditCode: '91350100M000100Y44' }), company({ headName: '', headPhone: null })]).toEqual([
    ['company-credit-code-missing'], ['company-credit-code-missing'], ['company-credit-code-malformed'], ['company-credit-code-check-digit'], ['company-head-missing', 'company-head-phone-missing'],
  ]);
});

describe('contracts', () => {
  test('its last day is not past; sixty days ahead is ending, sixty-one is not', () => {
    expect(contract({ until: localDate('2025-06-29') })).toEqual(['contract-expired']);
    expect(contract({ until: asOf })).toEqual(['contract-ending']);
    expect(contract({ until: localDate('2025-08-29') })).toEqual(['contract-ending']);
    expect(contract({ until: localDate('2025-08-30') })).toEqual([]);
    expect(contract({ until: localDate('2025-06-29'), isCurrent: false })).toEqual([]);
  });

  test('dates, fee basis and price', () => {
    expect(contract({ from: localDate('2027-01-01') })).toEqual(['contract-period-reversed']);
    expect(contract({ feeBasis: null })).toEqual(['contract-fee-basis-missing']);
    expect(contract({ feeBasis: null, pricePerSquareMetreMonth: null })).toEqual([]);
    expect(contract({ pricePerSquareMetreMonth: fen(0) })).toEqual(['contract-price-zero']);
  });
});

test('practitioners: a wrong number, a head without a phone, no company; a missing number is no fault', () => {
  expect((['check-digit', 'malformed', 'birth-date', 'ok', 'old-form'] as const).map((identity) => practitioner({ identity }).length)).toEqual([1, 1, 1, 0, 0]);
  expect([practitioner({ hasPhone: false }), practitioner({ hasPhone: false, post: 'cleaning' }), practitioner({ hasCompany: false })]).toEqual([['practitioner-phone-missing'], [], ['practitioner-company-missing']]);
});

test('committees: expired the day after the term, five years are allowed, a day more is not', () => {
  expect([committee({ until: localDate('2025-06-29') }), committee({ until: asOf }), committee({ until: asOf, isFormed: false }), committee({ until: localDate('2027-07-02') }), committee({ until: localDate('2027-07-31') }), committee({ until: localDate('2027-08-31') })]).toEqual([['committee-expired'], [], [], ['committee-term-too-long'], [], ['committee-term-too-long']]);
  expect([committee({ until: null }), committee({ hasHeadPhone: false }), committee({ since: localDate('2028-01-01') }), committee({ since: localDate('2027-07-01') })]).toEqual([['committee-term-missing'], ['committee-head-phone-missing'], ['committee-term-reversed'], []]);
});

test('units: duplicates, area, its source and the owner', () => {
  expect([unit({ isDuplicate: true }), unit({ area: null }), unit({ area: areaCm2(0) }), unit({ areaSource: 'unknown' })]).toEqual([['unit-duplicate'], ['unit-area-missing'], ['unit-area-missing'], ['unit-area-source-missing']]);
  expect(unit({ headFlags: ['weak-identity', 'no-holder', 'one-number-several-names'] })).toEqual(['unit-holder-missing', 'unit-weak-identity', 'unit-number-several-names']);
  expect(duplicateUnits([{ unitId: 'a', building: '1幢', entrance: '1单元', room: '101' }, { unitId: 'b', building: '1号楼', entrance: '1', room: '0101室' }, { unitId: 'c', building: '2', entrance: '1', room: '101' }])).toEqual(['a', 'b']);
});

test('every finding names its field and ends with what to do', () => {
  const [finding] = inspect(estateQuality, { facts: { ...goodEstate, occupiedUnits: 120 }, asOf, limits });
  expect(finding).toEqual({ rule: 'registry.estate-occupied-exceeds-total', severity: 'error', title: '入住户数大于总户数', field: 'occupiedUnits', message: '入住120户，总户数100户。请核对两个数' });
});
