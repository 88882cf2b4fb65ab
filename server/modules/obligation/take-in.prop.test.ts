import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant, localDate, type LocalDate } from '#domain/kernel/brand.ts';
import { begins, daysBefore, defineDuty, overdue } from '#domain/kernel/duty.ts';
import { addDays } from '#domain/kernel/local-date.ts';
import { defineParameter, parameterOn, wholeNumber } from '#domain/kernel/parameter.ts';
import { civilCode, houseConvention } from '#domain/kernel/rule.ts';
import { publishedHolidays } from '#domain/kernel/holidays.ts';
import { workingCalendar } from '#domain/kernel/working-calendar.ts';
import type { Fact } from './fact.ts';
import { takeIn, type Books } from './take-in.ts';

const COUNTY = '0190a000-0000-7000-8000-000000000001';
const ahead = defineParameter({ id: 'sample.ahead', title: '提前天数', unit: '天', kind: wholeNumber(1, 365), versions: [{ from: localDate('2020-01-01'), value: 90, source: houseConvention('数据质量'), sureness: 'I' }] });
interface Term { readonly untilOn: LocalDate }
const duty = defineDuty<Term>({
  id: 'sample.renew', title: '续期', source: civilCode('第二百零一条'), subject: 'Sample', holder: 'county-bureau', opensOn: ['set'], restatedBy: ['set'], appliesTo: () => true,
  due: daysBefore(({ untilOn }) => untilOn, ahead), dischargedBy: ['renewed'], voidedBy: ['gone'], ladder: [begins(), overdue()],
});
const START = localDate('2026-01-01');

/** The term told on the day `after` days from the start, to end `ends` days from it. */
const told = (after: number, ends: number): Fact => {
  const on = addDays(START, after);
  return {
    event: 'set', key: `${after}`, subject: ['Sample', 'one'], at: instant(`${on}T02:00:00.000Z`), on, facts: { untilOn: addDays(START, ends) }, title: '样品', path: '/estates', holders: {},
    place: { countyId: COUNTY, townshipId: null, neighbourhoodId: null, estateId: null, companyId: null },
  };
};
const booksAfter = (facts: readonly Fact[]): Books => {
  const grounds = { calendar: workingCalendar(publishedHolidays), today: localDate('2026-11-20'), inForce: <T>(parameter: Parameters<typeof parameterOn<T>>[0], on: LocalDate) => parameterOn(parameter, [], on) };
  const books: Books = { duties: [duty], files: [], drafts: [], grounds: new Map([[COUNTY, grounds]]) };
  for (const fact of facts) takeIn({ now: instant('2026-11-20T02:00:00.000Z') }, books, fact);
  return books;
};
const open = ({ files }: Books) => files.filter(({ row }) => row.endedOn === null).map(({ row }) => row.dueOn);
const tellings = fc.uniqueArray(fc.record({ after: fc.integer({ min: 0, max: 300 }), ends: fc.integer({ min: 0, max: 900 }) }), { minLength: 1, maxLength: 6, selector: ({ after }) => after });

test('in whatever order tellings of a day arrive, one duty is open, due on the day told last', () => {
  fc.assert(fc.property(tellings, fc.infiniteStream(fc.nat()), (all, keys) => {
    const last = all.reduce((latest, each) => (each.after > latest.after ? each : latest));
    const shuffled = all.map((each) => ({ each, key: keys.next().value })).toSorted((a, b) => Number(a.key) - Number(b.key)).map(({ each }) => told(each.after, each.ends));
    expect(open(booksAfter(shuffled))).toEqual([addDays(START, last.ends)]);
  }), { numRuns: 300 });
});

test('the last telling repeated, as every night does, adds no entry', () => {
  fc.assert(fc.property(tellings, (all) => {
    const facts = all.toSorted((a, b) => a.after - b.after).map(({ after, ends }) => told(after, ends));
    const [once, often] = [booksAfter(facts), booksAfter([...facts, ...facts.slice(-1), ...facts.slice(-1)])];
    expect(often.drafts.map(({ kind, key }) => [kind, key])).toEqual(once.drafts.map(({ kind, key }) => [kind, key]));
  }), { numRuns: 200 });
});
