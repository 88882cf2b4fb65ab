import { localDate } from '#domain/kernel/brand.ts';
import { defineParameter, someOf, wholeNumber, type Parameter, type Sureness, type ValueKind } from '#domain/kernel/parameter.ts';
import { countyPolicy, deputiesLaw, houseConvention, openInformation, petitionRegulation, type Source } from '#domain/kernel/rule.ts';
import { categoryCodes, categoryLabels, groupOf, isCategory, type CategoryCode, type Pace } from './category.ts';
import { hotlineParameters } from './hotline/policy.ts';

const SINCE = localDate('2025-01-01');
const HOUSE = houseConvention('投诉时限');

function days(id: string, title: string, value: number, { unit = '个工作日', source = HOUSE, sureness = 'I', from = SINCE }: { unit?: string; source?: Source; sureness?: Sureness; from?: typeof SINCE } = {}): Parameter<number> {
  return defineParameter({ id: `complaint.${id}`, title, unit, kind: wholeNumber(1, 365), versions: [{ from, value, source, sureness }] });
}

/** 签收: working days from receipt until the body that has it signs for it. */
export const signDays = days('sign-days', '投诉件签收期限', 1);
/** 受理: working days from receipt until the complainant is told whether it is taken up. */
export const acceptDays = days('accept-days', '投诉件受理期限', 1);
/** 首次联系: working days from acceptance until the complainant is first spoken to. */
export const contactDays = days('contact-days', '受理后首次联系投诉人的期限', 1);
/** 介入: working days from receipt until the community's party organisation intervenes in what is about a committee. */
export const interveneDays = days('intervene-days', '涉业委会投诉社区党组织介入期限', 3, { source: countyPolicy('三（二）3'), sureness: 'V', from: localDate('2025-06-01') });
/** 企业反馈: working days from the request until the company says what it did. */
export const feedbackDays = days('feedback-days', '物业服务企业处理并反馈的期限', 3);
/** 指定承办单位: working days from an objection until the conference's office names who has it. */
export const designateDays = days('designate-days', '联席会议办公室指定承办单位的期限', 3);
/** 联名答复: working days from receipt until owners who complain together are told whether it is accepted. */
export const jointDays = days('joint-days', '联名投诉答复是否受理的期限', 2);
/** 联名人数: from how many owners on a complaint counts as joint; inclusive. */
export const jointOwners = defineParameter({ id: 'complaint.joint-owners', title: '多少名业主以上联合提出的算联名投诉', unit: '名', kind: wholeNumber(2, 1_000), versions: [{ from: SINCE, value: 10, source: HOUSE, sureness: 'I' }] });
/** 应急记录: hours until it is written down to whom an emergency was passed. */
export const emergencyHours = defineParameter({ id: 'complaint.emergency-hours', title: '紧急安全投诉转交抢险后补记录的时限', unit: '小时', kind: wholeNumber(1, 72), versions: [{ from: SINCE, value: 2, source: HOUSE, sureness: 'I' }] });
/** 回访: working days from closing. */
export const followUpDays = days('follow-up-days', '办结后回访期限', 3);
/** 复查: natural days from closing, of kinds that come back. */
export const recheckDays = days('recheck-days', '易反弹事项办结后复查期限', 30, { unit: '天' });
/** 反弹: natural days from closing within which a new report of the same kind and place counts as a relapse. */
export const reboundDays = days('rebound-days', '办结后多少天内同类同地再次投诉算反弹', 90, { unit: '天' });

/** 答复: working days from receipt, by pace. */
export const answerDays: Readonly<Record<Pace, Parameter<number>>> = {
  consult: days('answer-consult-days', '咨询的答复期限', 2), ordinary: days('answer-ordinary-days', '一般诉求的答复期限', 5),
  complex: days('answer-complex-days', '复杂诉求的答复期限', 10), investigated: days('answer-investigated-days', '投诉举报（需调查）的答复期限', 15),
};

const PETITION = { unit: '天', source: petitionRegulation('第三十四条'), sureness: 'V2' } as const;
/** 信访的受理告知: natural days from receipt until the petitioner is told whether it is taken up. */
export const petitionAcceptDays = days('petition-accept-days', '信访事项告知是否受理的期限', 15, { unit: '天', source: petitionRegulation('第二十二条'), sureness: 'G' });
/** 信访的办理: natural days from acceptance. */
export const petitionAnswerDays = days('petition-answer-days', '信访事项的办理期限', 60, PETITION);
/** 信访的延期: natural days that one extension may give. */
export const petitionExtensionDays = days('petition-extension-days', '信访事项延长办理期限最多增加', 30, PETITION);

const DISCLOSURE = { source: openInformation('第三十三条'), sureness: 'V2' } as const;
/** 信息公开的答复: working days from receipt; where the application had to be mended, from the day on which the mended one came. */
export const disclosureAnswerDays = days('disclosure-answer-days', '政府信息公开申请的答复期限', 20, DISCLOSURE);
/** 信息公开的延期: working days that one extension may give. */
export const disclosureExtensionDays = days('disclosure-extension-days', '政府信息公开申请延长答复期限最多增加', 20, DISCLOSURE);

/** 要求补正: working days from receipt within which the applicant is told, once, what to mend; the last day counts. */
export const disclosureMendDays = days('disclosure-mend-days', '收到政府信息公开申请后要求补正的期限', 7, { source: openInformation('第三十条'), sureness: 'V2' });

const months = (id: string, title: string, value: number): Parameter<number> => defineParameter({ id: `complaint.${id}`, title, unit: '个月', kind: wholeNumber(1, 24), versions: [{ from: SINCE, value, source: deputiesLaw('第四十二条'), sureness: 'G' }] });
/** 建议提案的答复: months from the day it was handed over; a wide or hard one has more. */
export const proposalMonths = { ordinary: months('proposal-months', '建议提案的答复期限', 3), complex: months('proposal-complex-months', '涉及面广、处理难度大的建议提案的答复期限', 6) } as const;

const OUTSIDE = { source: houseConvention('外来件时限') } as const;
/** 县长信箱的答复: working days from receipt. */
export const mailboxAnswerDays = days('mailbox-answer-days', '县长信箱来信的答复期限', 5, OUTSIDE);
/** 领导批示的办理, where no day stands in it: working days from receipt. */
export const instructionAnswerDays = days('instruction-answer-days', '没有写明期限的领导批示的办理期限', 10, OUTSIDE);
/** 延期: how many working days one extension may give. */
export const extensionDays = days('extension-days', '延长办理期限最多增加', 10);
/** 补充材料: natural days a complainant has to answer a request; the clock stands still no longer than that. */
export const informationDays = days('information-days', '等待投诉人补充情况的最长时间', 7, { unit: '天' });
/** 重新办理: natural days after closing within which a new fact reopens the file. */
export const reopenDays = days('reopen-days', '办结后可以重新办理的期限', 30, { unit: '天' });
/** 重新办理的次数. */
export const mostReopenings = defineParameter({ id: 'complaint.most-reopenings', title: '一件投诉最多重新办理', unit: '次', kind: wholeNumber(1, 10), versions: [{ from: SINCE, value: 2, source: houseConvention('投诉办理'), sureness: 'I' }] });
/** 久拖未决: natural days after which an open file is listed at every level. */
export const longOpenDays = days('long-open-days', '多少天未办结的在各级单列', 60, { unit: '天' });
/** 反弹率: natural days up to the day a place was put in order that are its base-line. */
export const reboundBeforeDays = days('rebound-before-days', '反弹率看整治前多少天', 365, { unit: '天' });
/** 反弹率: how many natural days back a place may have been put in order; what was reported since is counted. */
export const reboundAfterDays = days('rebound-after-days', '反弹率看整治后最多多少天', 180, { unit: '天' });
/** 反弹率: natural days since a place was put in order before anything is said. */
export const reboundLeastDays = days('rebound-least-days', '整治后至少满多少天才算反弹率', 30, { unit: '天' });
/** 反弹率: from how many similar estates on they say something about one; inclusive. */
export const reboundLeastEstates = defineParameter({ id: 'complaint.rebound-least-estates', title: '反弹率至少比照多少个同类小区', unit: '个', kind: wholeNumber(3, 100), versions: [{ from: SINCE, value: 3, source: houseConvention('投诉办理'), sureness: 'I' }] });
/** 提请联席会议的反弹次数, inclusive. */
export const relapsesToAgenda = defineParameter({ id: 'complaint.relapses-to-agenda', title: '同一事项第几次反弹起拟提请联席会议', unit: '次', kind: wholeNumber(1, 20), versions: [{ from: SINCE, value: 2, source: houseConvention('投诉办理'), sureness: 'I' }] });
/** 相似提示: natural days before and after within which another file of the estate may be the same matter. */
export const likeDays = days('like-days', '前后多少天内的投诉提示可能是同一件', 180, { unit: '天' });
/** 看板: natural days for which what was closed stays on the board. */
export const boardClosedDays = days('board-closed-days', '看板显示近多少天办结的', 7, { unit: '天' });
/** 投诉人信息: years that a complainant's name and telephone are kept after the file ended. */
export const complainantYears = defineParameter({ id: 'complaint.complainant-years', title: '投诉办结后投诉人姓名、电话的保存期', unit: '年', kind: wholeNumber(1, 30), versions: [{ from: SINCE, value: 2, source: houseConvention('投诉办理'), sureness: 'I' }] });
/** 不登记的来信: natural days that a letter set aside is kept, so that it can be brought back. */
export const asideLetterDays = days('aside-letter-days', '不登记的来信的保存期', 30, { unit: '天', source: houseConvention('投诉办理') });

/** 公开的最小计数: fewer than these might be somebody's own; see `withhold`. */
export const leastPublicCount = defineParameter({ id: 'complaint.least-public-count', title: '公开逾期件数时，少于多少件的并入“其他”', unit: '件', kind: wholeNumber(3, 100), versions: [{ from: SINCE, value: 3, source: houseConvention('投诉办理'), sureness: 'I' }] });

/** Kinds in which place and kind alone would point at a person, or that accuse one by name. */
const KEPT: ReadonlySet<CategoryCode> = new Set(['A01', 'F03', 'F11', 'G01', 'G03', 'G04']);
const anyCategories = someOf(categoryLabels);
const someCategories: ValueKind<readonly CategoryCode[]> = { expected: '投诉类别中的若干项；一项不选就是都不公开', options: categoryLabels, accepts: (value): value is readonly CategoryCode[] => anyCategories.accepts(value) && value.every(isCategory) };
/** 对外公开的类别: what Open311 offers and shows on a day. By default things and places: what is about a committee or money is not among them, nor what is told of a neighbour. None at all offers nothing. */
export const publicCategories = defineParameter({
  id: 'complaint.public-categories', title: '对外接口（Open311）公开的投诉类别', unit: '选项', kind: someCategories,
  versions: [{ from: SINCE, value: categoryCodes.filter((code) => !['C', 'D'].includes(groupOf(code)) && !KEPT.has(code)), source: houseConvention('投诉办理'), sureness: 'I' }],
});

/** 投诉的全部参数. */
export const complaintParameters: readonly Parameter<unknown>[] = [
  signDays, acceptDays, contactDays, interveneDays, feedbackDays, designateDays, jointDays, jointOwners, emergencyHours, ...Object.values(answerDays), petitionAcceptDays, petitionAnswerDays, petitionExtensionDays, disclosureAnswerDays, disclosureExtensionDays, disclosureMendDays, ...Object.values(proposalMonths), mailboxAnswerDays, instructionAnswerDays, extensionDays, informationDays, followUpDays, reopenDays, mostReopenings, recheckDays, reboundDays, reboundBeforeDays, reboundAfterDays, reboundLeastDays, reboundLeastEstates, relapsesToAgenda, likeDays, boardClosedDays, longOpenDays, complainantYears, asideLetterDays, ...hotlineParameters, leastPublicCount, publicCategories,
];
