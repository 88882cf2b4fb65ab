import type { LocalDate } from '#domain/kernel/brand.ts';
import { again, defineDuty, given, hours, naturalDays, naturalMonths, overdue, warnAt, workingDays, type Duty } from '#domain/kernel/duty.ts';
import { eitherOf, oneOf } from '#domain/kernel/duty-parameters.ts';
import { countyPolicy, deputiesLaw, hotlineGuidance, houseConvention, openInformation, petitionRegulation } from '#domain/kernel/rule.ts';
import type { Pace } from './category.ts';
import { hasOwnClock, type Origin } from './origin.ts';
import {
  acceptDays, answerDays, contactDays, designateDays, disclosureAnswerDays, disclosureExtensionDays, emergencyHours, extensionDays, feedbackDays, followUpDays, informationDays, instructionAnswerDays, interveneDays, jointDays, jointOwners, mailboxAnswerDays,
  petitionAcceptDays, petitionAnswerDays, petitionExtensionDays, proposalMonths, recheckDays, signDays,
} from './policy.ts';

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
  readonly origin: Origin;
  /** The deadline that came with it, which beats ours. */
  readonly originDueOn: LocalDate | null;
}

type Draft = Parameters<typeof defineDuty<ComplaintFacts>>[0];
const TERMS = houseConvention('投诉时限');
const ENDED = ['complaint.refused', 'complaint.withdrawn', 'complaint.merged', 'complaint.sent-back'] as const;
const HANDED_ON = ['complaint.assigned', 'complaint.transferred', 'complaint.designated', 'complaint.corrected'] as const;

const duty = (draft: Omit<Draft, 'subject' | 'opensOn'> & Partial<Pick<Draft, 'opensOn'>>): Duty<ComplaintFacts> =>
  defineDuty<ComplaintFacts>({ subject: 'Complaint', opensOn: 'complaint.received', reassignedBy: HANDED_ON, ...draft });

/** 答复 shares of its several clocks: it stops while the complainant is asked, once and for a limited time, and may be extended once. */
const answering = {
  holder: 'handler', dischargedBy: ['complaint.replied'], reopenedBy: ['complaint.reopened', 'complaint.redone'], restatedBy: ['complaint.deadline-restated'], voidedBy: ENDED,
  suspendedBy: [{ event: 'complaint.information-asked', ground: '等待投诉人补充情况', atMost: informationDays }], resumedBy: ['complaint.information-taken'],
  extension: { days: extensionDays }, extendedBy: ['complaint.extended'], ladder: [warnAt(70), overdue('township'), again(5, 'conference-office')],
} as const;

/** 签收. */
export const sign = duty({ id: 'complaint.sign', title: '签收投诉件', source: TERMS, holder: 'handler', appliesTo: () => true, due: workingDays(signDays), dischargedBy: ['complaint.signed', 'complaint.accepted'], voidedBy: ENDED });
/**
 * 受理或者告知不予受理. Owners who complain together, and sources with days of their own, have those; an instruction is not refused; what is about a committee is
 * taken up by the party organisation, whose own day is the nearer clause.
 */
export const accept = duty({
  id: 'complaint.accept', title: '受理或者告知不予受理', source: TERMS, holder: 'handler', opensOn: ['complaint.received', 'complaint.accept-needed'], appliesTo: ({ isAboutCommittee, isJoint, origin }) => !isAboutCommittee && !isJoint && origin !== 'instruction' && !hasOwnClock(origin), due: workingDays(acceptDays),
  dischargedBy: ['complaint.accepted', 'complaint.refused', 'complaint.designated'], voidedBy: [...ENDED.filter((event) => event !== 'complaint.refused'), 'complaint.became-committee'],
});
/** 首次联系: what is about a committee is spoken about when the party organisation intervenes. */
export const contact = duty({ id: 'complaint.contact', title: '首次联系投诉人', source: TERMS, opensOn: 'complaint.accepted', holder: 'handler', appliesTo: ({ isAboutCommittee }) => !isAboutCommittee, due: workingDays(contactDays), dischargedBy: ['complaint.contacted', 'complaint.replied'], voidedBy: ENDED });
/** 涉业委会投诉的介入: three working days from receipt, apart from the answer. */
export const intervene = duty({
  id: 'complaint.intervene', title: '社区党组织介入', source: countyPolicy('三（二）3'), holder: 'neighbourhood', opensOn: ['complaint.received', 'complaint.became-committee'], appliesTo: ({ isAboutCommittee, isIntervened }) => isAboutCommittee && !isIntervened,
  due: workingDays(interveneDays), dischargedBy: ['complaint.intervened'], voidedBy: [...ENDED, 'complaint.no-committee'], reassignedBy: ['complaint.corrected'], ladder: [warnAt(70), overdue('township'), again(3, 'county-bureau')],
});
/** 联名投诉的受理答复. */
export const jointReply = duty({ id: 'complaint.joint-reply', title: '答复联名投诉是否受理', source: TERMS, holder: 'handler', appliesTo: ({ isJoint }) => isJoint, restsOn: [jointOwners], due: workingDays(jointDays), dischargedBy: ['complaint.accepted', 'complaint.refused'], voidedBy: ['complaint.withdrawn', 'complaint.merged', 'complaint.sent-back'] });
/** 应急记录. */
export const emergency = duty({ id: 'complaint.emergency', title: '记录紧急事项已转交谁处理', source: TERMS, holder: 'handler', appliesTo: ({ isEmergency }) => isEmergency, due: hours(emergencyHours), dischargedBy: ['complaint.emergency-recorded'], voidedBy: ['complaint.withdrawn', 'complaint.merged', 'complaint.sent-back'], ladder: [overdue('township')] });
/** 答复: days by pace, of the county head's mailbox and of an instruction their own; a deadline that came with it beats all of them. */
export const answer = duty({
  id: 'complaint.answer', title: '办理并答复', source: [TERMS, houseConvention('外来件时限'), hotlineGuidance('全文')], appliesTo: ({ origin, originDueOn }) => originDueOn !== null || !hasOwnClock(origin), ...answering,
  opensOn: ['complaint.received', 'complaint.repaced', 'complaint.redone'], voidedBy: [...ENDED, 'complaint.pace-changed'],
  due: eitherOf({
    told: given(({ originDueOn }: ComplaintFacts) => toldDay(originDueOn)),
    counted: workingDays(oneOf([mailboxAnswerDays, instructionAnswerDays, ...Object.values(answerDays)], ({ origin, pace }: ComplaintFacts) => (origin === 'mailbox' ? mailboxAnswerDays : origin === 'instruction' ? instructionAnswerDays : answerDays[pace]))),
  }, ({ originDueOn }) => (originDueOn === null ? 'counted' : 'told')),
});

function toldDay(on: LocalDate | null): LocalDate {
  if (on === null) throw new RangeError('no deadline came with it');
  return on;
}

/** Of a source with a clock of its own, where no deadline came with the file. */
const onlyOf = (wanted: Origin) => ({ origin, originDueOn }: ComplaintFacts): boolean => origin === wanted && originDueOn === null;

/** 信访的受理告知. */
export const petitionAccept = duty({ id: 'complaint.petition-accept', title: '告知信访人是否受理', source: petitionRegulation('第二十二条'), holder: 'handler', appliesTo: ({ origin }) => origin === 'petition', due: naturalDays(petitionAcceptDays), dischargedBy: ['complaint.accepted', 'complaint.refused', 'complaint.designated'], voidedBy: ['complaint.withdrawn', 'complaint.merged'] });
/** 信访的答复: counted from acceptance, or from the designation that stands for it. Nothing stops it: the regulation knows no such ground. */
export const answerPetition = duty({
  id: 'complaint.answer-petition', title: '办理信访事项并答复', source: petitionRegulation('第三十四条'), appliesTo: onlyOf('petition'), ...answering, opensOn: ['complaint.accepted', 'complaint.designated'], voidedBy: ENDED, suspendedBy: [], resumedBy: [], due: naturalDays(petitionAnswerDays), extension: { days: petitionExtensionDays },
});
/** 建议提案的答复: three months from the day it was handed over, six where it was accepted as a hard one; neither is stopped or extended. */
export const answerProposal = duty({
  id: 'complaint.answer-proposal', title: '答复建议提案', source: deputiesLaw('第四十二条'), appliesTo: onlyOf('proposal'), ...answering, opensOn: ['complaint.received', 'complaint.repaced'], voidedBy: [...ENDED, 'complaint.pace-changed'],
  due: naturalMonths(oneOf(Object.values(proposalMonths), ({ pace }: ComplaintFacts) => proposalMonths[isHard(pace) ? 'complex' : 'ordinary'])), suspendedBy: [], resumedBy: [], extension: null, extendedBy: [],
});
/** 信息公开申请的答复: twenty working days; an application that had to be mended is answered within as many from the day on which the mended one came. */
export const answerDisclosure = duty({
  id: 'complaint.answer-disclosure', title: '答复政府信息公开申请', source: [openInformation('第三十三条'), openInformation('第三十条')], appliesTo: onlyOf('disclosure'), ...answering, opensOn: ['complaint.received', 'complaint.application-mended'], voidedBy: [...ENDED, 'complaint.application-mended'],
  due: workingDays(disclosureAnswerDays), extension: { days: disclosureExtensionDays },
});
/** 涉及面广、处理难度大的. */
const isHard = (pace: Pace): boolean => pace === 'complex' || pace === 'investigated';
/** 各来源的答复期限: the duties of which one at a time says by when a file is to be answered. */
export const answerDuties: ReadonlySet<string> = new Set([answer, answerPetition, answerProposal, answerDisclosure].map(({ id }) => id));

/** 回访: not of those whom the hotline or the petition office calls back. */
export const followUp = duty({ id: 'complaint.follow-up', title: '回访', source: TERMS, opensOn: 'complaint.closed', holder: 'handler', appliesTo: ({ isCalledBackElsewhere }) => !isCalledBackElsewhere, due: workingDays(followUpDays), dischargedBy: ['complaint.followed-up'], voidedBy: ['complaint.reopened', 'complaint.redone'] });
/** 复查: of kinds that come back, once after closing. */
export const recheck = duty({ id: 'complaint.recheck', title: '复查是否反弹', source: TERMS, opensOn: 'complaint.closed', holder: 'neighbourhood', appliesTo: ({ isRebound }) => isRebound, due: naturalDays(recheckDays), dischargedBy: ['complaint.rechecked'], voidedBy: ['complaint.reopened', 'complaint.redone'] });

/** 企业的处理反馈: whoever serves the estate says what it did; asked again after its answer it has the time again. What was answered or closed without it asks no more. */
export const giveFeedback = duty({ id: 'complaint.feedback', title: '处理并反馈情况', source: TERMS, opensOn: 'complaint.company-asked', holder: 'company', appliesTo: () => true, due: workingDays(feedbackDays), reassignedBy: ['complaint.company-asked'], dischargedBy: ['complaint.company-answered'], voidedBy: [...ENDED, 'complaint.closed'], ladder: [warnAt(70), overdue('handler')] });
/** 指定承办单位: the office of the conference decides who has it once its handler objects; what is answered all the same needs no decision. */
export const designate = duty({ id: 'complaint.designate', title: '指定承办单位', source: TERMS, opensOn: 'complaint.objected', holder: 'conference-office', appliesTo: () => true, due: workingDays(designateDays), reassignedBy: [], dischargedBy: ['complaint.designated'], voidedBy: [...ENDED, 'complaint.replied'] });

/** 投诉件的全部时限. */
export const complaintDuties: readonly Duty<ComplaintFacts>[] = [sign, accept, contact, intervene, jointReply, emergency, answer, petitionAccept, answerPetition, answerProposal, answerDisclosure, giveFeedback, designate, followUp, recheck];
