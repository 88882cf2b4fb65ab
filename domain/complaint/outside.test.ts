import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { addDays, addMonths } from '#domain/kernel/local-date.ts';
import type { Duty } from '#domain/kernel/duty.ts';
import { clock } from '#domain/obligation/clock.ts';
import { explain } from '#domain/obligation/explain.ts';
import { groundsWith, happened } from '#domain/obligation/testing/duties.ts';
import { answer, answerDisclosure, answerDuties, answerPetition, answerProposal, complaintDuties, petitionAccept, type ComplaintFacts } from './obligations.ts';
import { originNumber, outsideOrigins, type Origin } from './origin.ts';
import { outsideComplete } from './rules.ts';

const of = (origin: Origin, more: Partial<ComplaintFacts> = {}): ComplaintFacts => ({ pace: 'ordinary', isAboutCommittee: false, isIntervened: false, isJoint: false, isEmergency: false, isRebound: false, isCalledBackElsewhere: false, origin, originDueOn: null, ...more });
const dated = (duty: Duty<ComplaintFacts>, facts: ComplaintFacts, ...log: ReturnType<typeof happened>[]) => clock(duty, facts, log, groundsWith());
const from = (duty: Duty<ComplaintFacts>, facts: ComplaintFacts, on: string) => dated(duty, facts, happened('opened', on)).dueOn;
const words = (duty: Duty<ComplaintFacts>, facts: ComplaintFacts, on: string) => explain(dated(duty, facts, happened('opened', on)).lines).map(({ text }) => text);

describe('each source has days of its own', () => {
  test('a petition: told within fifteen days whether it is taken up, handled within sixty from acceptance, once thirty more with a reason', () => {
    expect(from(petitionAccept, of('petition'), '2026-03-02')).toBe('2026-03-17');
    expect(from(answerPetition, of('petition'), '2026-03-02')).toBe('2026-05-06');
    const more = happened('extended', '2026-04-20', { reason: '情况复杂，需要评估' });
    const longer = dated(answerPetition, of('petition'), happened('opened', '2026-03-02'), more);
    expect([longer.dueOn, longer.isExtended]).toEqual(['2026-06-01', true]);
    expect(explain(longer.lines).map(({ text }) => text)).toContain('2026年4月20日批准延期30日，理由：情况复杂，需要评估。');
    expect(dated(answerPetition, of('petition'), happened('opened', '2026-03-02'), more, happened('extended', '2026-05-20', { id: 'again' })).dueOn).toBe('2026-06-01');
  });

  test('asking a petitioner for more does not stop his days', () => {
    expect(dated(answerPetition, of('petition'), happened('opened', '2026-03-02'), happened('suspended', '2026-03-05', { event: 'complaint.information-asked' })).dueOn).toBe('2026-05-06');
  });

  test('an application for information: twenty working days, once twenty more', () => {
    expect(from(answerDisclosure, of('disclosure'), '2026-02-13')).toBe('2026-03-19');
    expect(dated(answerDisclosure, of('disclosure'), happened('opened', '2026-02-13'), happened('extended', '2026-03-10')).dueOn).toBe('2026-04-17');
    expect([answerDisclosure.opensOn, answerDisclosure.voidedBy].every((events) => events.includes('complaint.application-mended'))).toBe(true);
  });

  test('a proposal: three months, of a hard one six, and no extension', () => {
    expect(from(answerProposal, of('proposal'), '2026-03-10')).toBe('2026-06-10');
    expect(from(answerProposal, of('proposal', { pace: 'complex' }), '2026-03-10')).toBe('2026-09-10');
    expect(dated(answerProposal, of('proposal'), happened('opened', '2026-03-10'), happened('extended', '2026-05-01')).dueOn).toBe('2026-06-10');
  });

  test('an instruction by the day that stands in it, else by the county’s days; the mailbox by its own', () => {
    expect(from(answer, of('instruction', { originDueOn: localDate('2026-11-27') }), '2026-11-20')).toBe('2026-11-27');
    expect(words(answer, of('instruction', { originDueOn: localDate('2026-11-27') }), '2026-11-20')).toContain('交办时给定的期限为2026年11月27日，以给定的为准。');
    expect([from(answer, of('instruction'), '2026-11-20'), from(answer, of('mailbox'), '2026-11-20')]).toEqual(['2026-12-04', '2026-11-27']);
  });

  test('whatever the source and whether or not a deadline came with it, exactly one duty says by when it is answered', () => {
    for (const origin of ['counter', ...outsideOrigins] as const) for (const originDueOn of [null, localDate('2026-12-01')]) {
      expect([origin, originDueOn, complaintDuties.filter((duty) => answerDuties.has(duty.id) && duty.appliesTo(of(origin, { originDueOn }))).length]).toEqual([origin, originDueOn, 1]);
    }
  });
});

describe('months', () => {
  test.each([['2025-11-30', '2026-02-28', '2026-02-28'], ['2025-11-28', '2026-02-28', '2026-02-28'], ['2026-01-31', '2026-04-30', '2026-04-30'], ['2026-02-28', '2026-05-28', '2026-05-28'], ['2026-08-31', '2026-11-30', '2026-11-30'], ['2026-07-01', '2026-10-01', '2026-10-08']])(
    'three months from %s correspond to %s and end on %s', (on, corresponds, due) => {
      expect([addMonths(localDate(on), 3), from(answerProposal, of('proposal'), on)]).toEqual([corresponds, due]);
    });

  test('the explanation tells the corresponding day, where there is none the last of the month, and a day off', () => {
    const clamped = words(answerProposal, of('proposal'), '2026-01-31').join('');
    expect(clamped).toContain('到期月的对应日是2026年4月30日（星期四）（那个月没有对应日，以月末日为准）。');
    expect(words(answerProposal, of('proposal'), '2026-07-01').join('')).toContain('2026年10月1日是休息日，顺延到其后第一个工作日2026年10月8日。');
    expect(words(answerProposal, of('proposal'), '2026-03-10')).toContain('按“建议提案的答复期限”计3个月，自2025年1月1日起适用。');
  });

  test('the end never lies before the corresponding day, and a later receipt never ends sooner', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 40 }), (day, later) => {
      const [on, after] = [day, day + later].map((days) => addDays(localDate('2025-01-01'), days));
      if (on === undefined || after === undefined) return;
      const [end, afterEnd] = [from(answerProposal, of('proposal'), on), from(answerProposal, of('proposal'), after)];
      expect(end !== null && end >= addMonths(on, 3)).toBe(true);
      expect(end !== null && afterEnd !== null && end <= afterEnd).toBe(true);
    }));
  });
});

describe('the number of the source', () => {
  test('is one number however it was typed', () => {
    expect(['安信[2026]88号', '安信〔2026〕88号', ' 安信（２０２６）８８号 ', '安信【2026】 88号'].map(originNumber)).toEqual(Array(4).fill('安信〔2026〕88号'));
    expect(originNumber('XZXX-2026-0312')).toBe('XZXX-2026-0312');
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (typed) => { expect(originNumber(originNumber(typed))).toBe(originNumber(typed)); }));
  });

  test('is asked for of every outside file; only such a one may concern no single estate', () => {
    const check = (more: Partial<Parameters<typeof outsideComplete.check>[0]>) => outsideComplete.check({ isOutside: true, hasNo: true, hasEstate: true, isDueBeforeReceipt: false, ...more }).map(({ message }) => message);
    expect(check({})).toEqual([]);
    expect(check({ hasNo: false })).toEqual(['请填写来源单位的编号，答复时要用']);
    expect(check({ hasEstate: false })).toEqual([]);
    expect(check({ isOutside: false, hasEstate: false })).toEqual(['请选择小区']);
    expect(check({ isDueBeforeReceipt: true })).toEqual(['来源单位的期限早于收到日期，请核对']);
  });
});
