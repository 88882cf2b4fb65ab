import { expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { contractEventOf, type ContractStanding } from './obligations.ts';

const stands: ContractStanding = { isStanding: true, kind: 'ordinary', endsOn: localDate('2026-12-31'), terminatedOn: null, hasSuccessor: false };

test.each<[string, Partial<ContractStanding>, string]>([
  ['a term that is told is as it says', {}, 'registry.contract-set'],
  ['without a last day there is nothing to settle', { endsOn: null }, 'registry.contract-gone'],
  ['recorded by mistake it asks nobody, whatever came after it', { isStanding: false, hasSuccessor: true }, 'registry.contract-gone'],
  ['a later contract of the estate settles it', { hasSuccessor: true }, 'registry.contract-succeeded'],
  ['ended early it is settled', { terminatedOn: localDate('2026-10-01') }, 'registry.contract-settled'],
  ['gone on without a term it is settled', { kind: 'open-ended', endsOn: null }, 'registry.contract-settled'],
])('%s', (_words, change, event) => { expect(contractEventOf({ ...stands, ...change })).toBe(event); });
