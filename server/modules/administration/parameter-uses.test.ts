import { expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { defineDuty, workingDays } from '#domain/kernel/duty.ts';
import { eitherOf, oneOf, parametersOf } from '#domain/kernel/duty-parameters.ts';
import { given } from '#domain/kernel/duty.ts';
import { defineParameter, wholeNumber } from '#domain/kernel/parameter.ts';
import { houseConvention } from '#domain/kernel/rule.ts';
import { modules } from '#server/main/modules.ts';
import { About } from '#contract/administration/shared.ts';
import { allParameters } from './catalogue.ts';
import { dutiesOf, usesOf } from './parameter-uses.ts';

const uses = usesOf({ modules });
const of = (id: string) => (uses.get(id) ?? []).map((use) => `${use.kind} ${use.id}`);

test('a parameter names the duties and rules that rest on it, each with its clause, and the data kept for so long', () => {
  expect(of('complaint.answer-ordinary-days')).toEqual(['duty complaint.answer']);
  expect(of('complaint.extension-days')).toContain('duty complaint.answer');
  expect(of('complaint.joint-owners')).toEqual(['duty complaint.joint-reply']);
  expect(of('complaint.reopen-days')).toEqual(['rule complaint.reopen-in-time']);
  expect(of('registry.contract-ending-days')).toEqual(['duty registry.settle-contract', 'rule registry.contract-ending']);
  expect(of('committee.formation.counted-kinds')).toEqual(['rule committee.formation']);
  expect(of('privacy.request-number-days')).toEqual(['retention privacy.request-numbers']);
  expect(uses.get('complaint.intervene-days')?.[0]?.basis[0]).toMatchObject({ clause: expect.stringMatching(/\S/) });
});

test('whatever is named as used is a parameter that the page lists, and every duty belongs to a capability it has a name for', () => {
  const known = new Set(allParameters.map(({ id }) => id));
  expect([...uses.keys()].filter((id) => !known.has(id))).toEqual([]);
  expect(dutiesOf({ modules }).filter(({ id }) => !About.safeParse(id.split('.')[0]).success).map(({ id }) => id)).toEqual([]);
});

test('a duty whose days rest on its facts says among which numbers the facts choose; one that does not is told', () => {
  const days = (id: string) => defineParameter({ id, title: '样品天数', unit: '天', kind: wholeNumber(1, 90), versions: [{ from: localDate('2020-01-01'), value: 3, source: houseConvention('投诉时限'), sureness: 'I' }] });
  const [short, long] = [days('sample.short'), days('sample.long')];
  const duty = (due: Parameters<typeof defineDuty<{ readonly isLong: boolean }>>[0]['due']) => defineDuty<{ readonly isLong: boolean }>({ id: 'sample.act', title: '样品', source: houseConvention('投诉时限'), subject: 'Estate', holder: 'township', opensOn: 'sample.begun', appliesTo: () => true, due, dischargedBy: ['sample.done'] });
  expect(parametersOf(duty(eitherOf({ told: given(() => localDate('2026-01-05')), counted: workingDays(oneOf([short, long], ({ isLong }) => (isLong ? long : short))) }, ({ isLong }) => (isLong ? 'told' : 'counted')))).map(({ id }) => id)).toEqual(['sample.short', 'sample.long']);
  expect(() => parametersOf(duty(() => workingDays(short)))).toThrow('say among what by eitherOf');
  expect(() => parametersOf(duty(workingDays(({ isLong }: { readonly isLong: boolean }) => (isLong ? long : short))))).toThrow('say among what by oneOf');
});
