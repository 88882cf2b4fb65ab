import { describe, expect, test } from 'vitest';
import { localDate } from '#domain/kernel/brand.ts';
import { acts, actNames, complaintStatusLabels, decideAct, isOpen, refusalsOf, type ActName, type ComplaintStatus } from './lifecycle.ts';
import type { ActFacts } from './rules.ts';

const facts = (more: Partial<ActFacts>): ActFacts => ({
  status: 'handling', handlerName: '城管局', isHandling: true, isOverseeing: false, isAssisting: false, isConferenceOffice: false, transferCount: 0, isDesignated: false, isSameHandler: false, isAboutCommittee: false, isCutOff: false, refusalGround: null,
  isContacted: false, isIntervened: false, isWaiting: false, isAskedBefore: false, isExtended: false, isProposalClock: false, mendUntilOn: null, isMediated: false, hasAgreement: false, hasNewFact: false, reopenCount: 0, mostReopenings: 2, daysSinceClosed: null, reopenDays: 30, isHotline: false, isCalledBackElsewhere: false, sendBackUntilOn: null, today: localDate('2026-11-23'), isExtensionPending: false, isPastDue: false, ...more,
});
const rulesOf = (act: ActName, more: Partial<ActFacts>) => refusalsOf(act, facts(more)).map(({ rule }) => rule);
const statuses = Object.keys(complaintStatusLabels) as ComplaintStatus[];

describe('the life of a complaint', () => {
  test('every act leads from a state it names, and from no other', () => {
    for (const act of actNames) for (const status of statuses) {
      const from: readonly ComplaintStatus[] = acts[act].from;
      expect([act, status, rulesOf(act, { status }).includes('complaint.in-turn')]).toEqual([act, status, !from.includes(status)]);
    }
  });

  test('from receipt a file can be brought to each state, and one that was refused, withdrawn or merged stays so', () => {
    const reach = new Set<ComplaintStatus>(['received']);
    for (let size = 0; size < reach.size; ) {
      size = reach.size;
      for (const act of actNames) { const { from, to }: { from: readonly ComplaintStatus[]; to: ComplaintStatus | null } = acts[act]; if (to !== null && from.some((each) => reach.has(each))) reach.add(to); }
    }
    expect([...reach].toSorted()).toEqual(statuses.toSorted());
    for (const end of ['refused', 'withdrawn', 'merged'] as const) expect([end, isOpen(end), actNames.filter((act) => rulesOf(act, { status: end, isConferenceOffice: true }).length === 0)]).toEqual([end, false, []]);
  });

  test('a file is transferred once; then it stays, and says where to turn', () => {
    expect(decideAct('transfer', facts({ status: 'assigned' }))).toEqual({ ok: true, value: 'assigned' });
    const [again] = refusalsOf('transfer', facts({ status: 'assigned', transferCount: 1 }));
    expect([again?.rule, again?.message]).toEqual(['complaint.transfer-once', '这件已经转办过一次，由城管局办到底，不能再转办；对承办单位有争议的，请点“对承办提出异议”，由县联席会议办公室指定']);
    expect(rulesOf('transfer', { status: 'assigned', isDesignated: true })).toEqual(['complaint.transfer-once']);
    expect(rulesOf('transfer', { status: 'assigned', isSameHandler: true })).toEqual(['complaint.transfer-names-another']);
  });

  test('the handling body is designated by the conference’s office alone, not by the bureau that oversees', () => {
    expect(rulesOf('designate', { status: 'assigned', isOverseeing: true })).toEqual(['complaint.designated-by-conference']);
    expect(decideAct('designate', facts({ status: 'received', isHandling: false, isConferenceOffice: true }))).toEqual({ ok: true, value: 'assigned' });
  });

  test('a place or category is mended by whoever oversees, and that is no transfer', () => {
    expect(decideAct('correct', facts({ isHandling: false, isOverseeing: true, transferCount: 1 }))).toEqual({ ok: true, value: 'handling' });
    expect(rulesOf('reply', { isHandling: false, isOverseeing: true })).toEqual(['complaint.by-handler']);
  });

  test('cutting off water or power to collect fees is never refused as a quarrel over fees', () => {
    for (const refusalGround of ['arrears', 'civil'] as const) expect(rulesOf('refuse', { status: 'signed', isCutOff: true, refusalGround })).toEqual(['complaint.supply-not-refused']);
    expect(rulesOf('refuse', { status: 'signed', isCutOff: true, refusalGround: 'court' })).toEqual([]);
    expect(rulesOf('refuse', { status: 'signed', refusalGround: 'arrears' })).toEqual([]);
  });

  test('information is asked for once; nobody answers while it is awaited', () => {
    expect(rulesOf('askInformation', {})).toEqual([]);
    expect(rulesOf('askInformation', { isAskedBefore: true })).toEqual(['complaint.information-once']);
    expect(rulesOf('reply', { isWaiting: true })).toEqual(['complaint.no-reply-while-waiting']);
    expect(rulesOf('takeInformation', {})).toEqual(['complaint.waiting-only']);
  });

  test.each([['2026-11-23', []], ['2026-11-24', ['complaint.mend-in-time']]])('an application to be mended until the 23rd, asked about on %s: %j', (today, broken) => {
    expect(rulesOf('askInformation', { mendUntilOn: localDate('2026-11-23'), today: localDate(today) })).toEqual(broken);
  });

  test('a mediated end names its agreement', () => {
    expect(rulesOf('reply', { isMediated: true })).toEqual(['complaint.answer-complete']);
    expect(decideAct('reply', facts({ isMediated: true, hasAgreement: true }))).toEqual({ ok: true, value: 'replied' });
  });

  test.each([
    [30, 1, []], [31, 1, ['complaint.reopen-in-time']], [30, 2, ['complaint.reopen-at-most']], [0, 0, []],
  ])('closed %i days ago and reopened %i times before: %j', (daysSinceClosed, reopenCount, broken) => {
    expect(rulesOf('reopen', { status: 'closed', daysSinceClosed, reopenCount, hasNewFact: true })).toEqual(broken);
  });

  test('without a new fact nothing is reopened', () => {
    expect(rulesOf('reopen', { status: 'replied' })).toEqual(['complaint.reopen-on-new-fact']);
  });

  test('every act that refuses says in Chinese what to do', () => {
    for (const act of actNames) for (const each of refusalsOf(act, facts({ isHandling: false, isWaiting: true, isExtended: true, isContacted: true, status: acts[act].from[0] }))) expect(each.message).toMatch(/[\u4e00-\u9fff]{4}/);
  });
});
