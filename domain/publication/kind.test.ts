import { expect, test } from 'vitest';
import { indexNoOf, kindsFor, overdueKinds, publicationKindLabels } from './kind.ts';

test('an office publishes every kind, counts of the whole county only those of the county; a company and a committee only their own words and papers', () => {
  expect([...kindsFor('county')].toSorted()).toEqual(Object.keys(publicationKindLabels).toSorted());
  for (const level of ['township', 'neighbourhood'] as const) expect([...kindsFor(level), ...overdueKinds].toSorted()).toEqual(Object.keys(publicationKindLabels).toSorted());
  for (const level of ['company', 'estate'] as const) expect(kindsFor(level)).toEqual(['announcement', 'paper']);
});

test('the numbers of offices, companies and committees are told apart', () => {
  expect([indexNoOf('990100', 'township', 2026, 3), indexNoOf('990100', 'company', 2026, 3), indexNoOf('990100', 'estate', 2026, 12_345)]).toEqual(['990100/2026-00003', '990100Q/2026-00003', '990100Y/2026-12345']);
});
