import { describe, expect, test } from 'vitest';
import { fittingEstates, type AttributedEstate, type Conditions } from './attribute.ts';

const anything: Conditions = { townshipId: null, managementKind: null, hasCommittee: null };
const estate = (more: Partial<AttributedEstate> = {}): AttributedEstate => ({ townshipId: 'east', managementKind: '物业企业管理', hasCommittee: true, ...more });
const company = { isCompany: true, townshipId: null };
const community = { isCompany: false, townshipId: 'east' };

describe('choosing recipients by conditions', () => {
  test('asked nothing, everybody fits', () => { expect([fittingEstates(anything, company, []), fittingEstates(anything, community, [])]).toEqual([{ isFitting: true, count: null }, { isFitting: true, count: null }]); });
  test('a body belongs to its township even without estates; a company only by an estate there', () => {
    const east = { ...anything, townshipId: 'east' };
    expect([fittingEstates(east, community, []), fittingEstates(east, { ...community, townshipId: 'west' }, [estate()])].map(({ isFitting }) => isFitting)).toEqual([true, false]);
    expect([fittingEstates(east, company, [estate({ townshipId: 'west' })]), fittingEstates(east, company, [estate(), estate({ townshipId: 'west' })])]).toEqual([{ isFitting: false, count: 0 }, { isFitting: true, count: 1 }]);
  });
  test('all conditions are asked of one estate, not each of another', () => {
    const both = { ...anything, managementKind: '自管', hasCommittee: false };
    expect(fittingEstates(both, company, [estate({ managementKind: '自管' }), estate({ hasCommittee: false })]).isFitting).toBe(false);
    expect(fittingEstates(both, company, [estate({ managementKind: '自管', hasCommittee: false })])).toEqual({ isFitting: true, count: 1 });
  });
  test('an estate whose kind is not known answers to no kind', () => { expect(fittingEstates({ ...anything, managementKind: '自管' }, company, [estate({ managementKind: null })]).isFitting).toBe(false); });
});
