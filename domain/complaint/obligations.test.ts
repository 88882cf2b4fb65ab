import { describe, expect, test } from 'vitest';
import { settled, type Counting } from '#domain/kernel/duty.ts';
import { accept, answer, complaintDuties, contact, followUp, intervene, jointReply, recheck, type ComplaintFacts } from './obligations.ts';
import { localDate } from '#domain/kernel/brand.ts';

const plain: ComplaintFacts = { pace: 'ordinary', isAboutCommittee: false, isIntervened: false, isJoint: false, isEmergency: false, isRebound: false, isCalledBackElsewhere: false, origin: 'counter', originDueOn: null };
const openedBy = (event: string, more: Partial<ComplaintFacts> = {}) => complaintDuties.filter((duty) => duty.opensOn.includes(event) && duty.appliesTo({ ...plain, ...more })).map(({ id }) => id);

describe('which time limits a complaint has', () => {
  test('a plain one: signed for, taken up or refused, and answered; spoken about once accepted; called back once closed', () => {
    expect(openedBy('complaint.received')).toEqual(['complaint.sign', 'complaint.accept', 'complaint.answer']);
    expect(openedBy('complaint.accepted')).toEqual(['complaint.contact']);
    expect(openedBy('complaint.closed')).toEqual(['complaint.follow-up']);
  });

  test('what is about a committee is intervened in apart from the answer, and not spoken about twice', () => {
    expect(openedBy('complaint.received', { isAboutCommittee: true })).toEqual(['complaint.sign', 'complaint.intervene', 'complaint.answer']);
    expect(contact.appliesTo({ ...plain, isAboutCommittee: true })).toBe(false);
    expect(intervene.appliesTo({ ...plain, isAboutCommittee: true, isIntervened: true })).toBe(false);
  });

  test('owners who complain together, and sources with days of their own, are told whether it is taken up by those; an instruction is not refused', () => {
    expect([accept.appliesTo({ ...plain, origin: 'instruction' }), accept.appliesTo({ ...plain, isJoint: true }), accept.appliesTo({ ...plain, origin: 'petition' }), accept.appliesTo({ ...plain, origin: 'hotline' })]).toEqual([false, false, false, true]);
  });

  test('ten owners together, an emergency, and what comes back have their own', () => {
    expect([jointReply.appliesTo({ ...plain, isJoint: true }), recheck.appliesTo({ ...plain, isRebound: true }), recheck.appliesTo(plain)]).toEqual([true, true, false]);
    expect(openedBy('complaint.received', { isEmergency: true })).toContain('complaint.emergency');
  });

  test('the hotline calls back itself, and its own deadline beats ours', () => {
    expect(followUp.appliesTo({ ...plain, isCalledBackElsewhere: true })).toBe(false);
    const due = (more: Partial<ComplaintFacts>) => settled<ComplaintFacts, Counting<ComplaintFacts>>(answer.due, { ...plain, ...more });
    expect(due({}).kind).toBe('working-days');
    const own = due({ originDueOn: localDate('2026-11-24'), origin: 'petition' });
    expect(own.kind === 'given' && own.dueOn({ ...plain, originDueOn: localDate('2026-11-24') })).toBe('2026-11-24');
  });

  test('each ends with the file, however it ends without an answer', () => {
    for (const duty of complaintDuties.filter(({ opensOn }) => opensOn.includes('complaint.received'))) for (const end of ['complaint.withdrawn', 'complaint.merged', 'complaint.refused']) expect([duty.id, end, [...duty.voidedBy, ...duty.dischargedBy].includes(end) || (duty.id === 'complaint.emergency' && end === 'complaint.refused')]).toEqual([duty.id, end, true]);
  });
});
