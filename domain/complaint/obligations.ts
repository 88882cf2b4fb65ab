import type { LocalDate } from '#domain/kernel/brand.ts';
import { again, defineDuty, given, hours, naturalDays, overdue, warnAt, workingDays, type Duty } from '#domain/kernel/duty.ts';
import { countyPolicy, hotlineGuidance, houseConvention } from '#domain/kernel/rule.ts';
import type { Pace } from './category.ts';
import { answerDays, contactDays, emergencyHours, extensionDays, followUpDays, informationDays, interveneDays, jointDays, petitionAnswerDays, recheckDays, signDays } from './policy.ts';

/** 投诉件的时限事实: what its duties read; told anew with every act. */
export interface ComplaintFacts {
  readonly pace: Pace;
  readonly isAboutCommittee: boolean;
  readonly isIntervened: boolean;
  readonly isJoint: boolean;
  readonly isEmergency: boolean;
  readonly isRebound: boolean;
  /** Whoever passed it on calls back itself. */
  readonly isCalledBackElsewhere: boolean;
  readonly isPetition: boolean;
  /** The deadline that came with it, which beats ours. */
  readonly originDueOn: LocalDate | null;
}

type Draft = Parameters<typeof defineDuty<ComplaintFacts>>[0];
const TERMS = houseConvention('投诉时限');
const ENDED = ['complaint.refused', 'complaint.withdrawn', 'complaint.merged'] as const;
const HANDED_ON = ['complaint.assigned', 'complaint.transferred', 'complaint.designated', 'complaint.corrected'] as const;

const duty = (draft: Omit<Draft, 'subject' | 'opensOn'> & Partial<Pick<Draft, 'opensOn'>>): Duty<ComplaintFacts> =>
  defineDuty<ComplaintFacts>({ subject: 'Complaint', opensOn: 'complaint.received', reassignedBy: HANDED_ON, ...draft });

/** 答复 shares of its several clocks: it stops while the complainant is asked, once and for a limited time, and may be extended once. */
const answering = {
  holder: 'handler', dischargedBy: ['complaint.replied'], reopenedBy: ['complaint.reopened'], voidedBy: ENDED,
  suspendedBy: [{ event: 'complaint.information-asked', ground: '等待投诉人补充情况', atMost: informationDays }], resumedBy: ['complaint.information-taken'],
  extension: { days: extensionDays }, extendedBy: ['complaint.extended'], ladder: [warnAt(70), overdue('township'), again(5, 'conference-office')],
} as const;

/** 签收. */
export const sign = duty({ id: 'complaint.sign', title: '签收投诉件', source: TERMS, holder: 'handler', appliesTo: () => true, due: workingDays(signDays), dischargedBy: ['complaint.signed', 'complaint.accepted'], voidedBy: ENDED });
/** 首次联系: what is about a committee is spoken about when the party organisation intervenes. */
export const contact = duty({ id: 'complaint.contact', title: '首次联系投诉人', source: TERMS, opensOn: 'complaint.accepted', holder: 'handler', appliesTo: ({ isAboutCommittee }) => !isAboutCommittee, due: workingDays(contactDays), dischargedBy: ['complaint.contacted', 'complaint.replied'], voidedBy: ENDED });
/** 涉业委会投诉的介入: three working days from receipt, apart from the answer. */
export const intervene = duty({
  id: 'complaint.intervene', title: '社区党组织介入', source: countyPolicy('三（二）3'), holder: 'neighbourhood', opensOn: ['complaint.received', 'complaint.became-committee'], appliesTo: ({ isAboutCommittee, isIntervened }) => isAboutCommittee && !isIntervened,
  due: workingDays(interveneDays), dischargedBy: ['complaint.intervened'], voidedBy: [...ENDED, 'complaint.no-committee'], reassignedBy: ['complaint.corrected'], ladder: [warnAt(70), overdue('township'), again(3, 'county-bureau')],
});
/** 联名投诉的受理答复. */
export const jointReply = duty({ id: 'complaint.joint-reply', title: '答复联名投诉是否受理', source: TERMS, holder: 'handler', appliesTo: ({ isJoint }) => isJoint, due: workingDays(jointDays), dischargedBy: ['complaint.accepted', 'complaint.refused'], voidedBy: ['complaint.withdrawn', 'complaint.merged'] });
/** 应急记录. */
export const emergency = duty({ id: 'complaint.emergency', title: '记录紧急事项已转交谁处理', source: TERMS, holder: 'handler', appliesTo: ({ isEmergency }) => isEmergency, due: hours(emergencyHours), dischargedBy: ['complaint.emergency-recorded'], voidedBy: ['complaint.withdrawn', 'complaint.merged'], ladder: [overdue('township')] });
/** 答复: days by pace; of a petition its own; a deadline that came with it beats both. */
export const answer = duty({
  id: 'complaint.answer', title: '办理并答复', source: [TERMS, hotlineGuidance('全文')], appliesTo: () => true, ...answering,
  opensOn: ['complaint.received', 'complaint.repaced'], voidedBy: [...ENDED, 'complaint.pace-changed'],
  due: ({ originDueOn, isPetition, pace }) => (originDueOn !== null ? given(() => originDueOn) : isPetition ? naturalDays(petitionAnswerDays) : workingDays(answerDays[pace])),
});
/** 回访: not of those whom the hotline or the petition office calls back. */
export const followUp = duty({ id: 'complaint.follow-up', title: '回访', source: TERMS, opensOn: 'complaint.closed', holder: 'handler', appliesTo: ({ isCalledBackElsewhere }) => !isCalledBackElsewhere, due: workingDays(followUpDays), dischargedBy: ['complaint.followed-up'], voidedBy: ['complaint.reopened'] });
/** 复查: of kinds that come back, once after closing. */
export const recheck = duty({ id: 'complaint.recheck', title: '复查是否反弹', source: TERMS, opensOn: 'complaint.closed', holder: 'neighbourhood', appliesTo: ({ isRebound }) => isRebound, due: naturalDays(recheckDays), dischargedBy: ['complaint.rechecked'], voidedBy: ['complaint.reopened'] });

/** 投诉件的全部时限. */
export const complaintDuties: readonly Duty<ComplaintFacts>[] = [sign, contact, intervene, jointReply, emergency, answer, followUp, recheck];
