import { civilCode, countyPolicy, defineRule, deputiesLaw, hotlineGuidance, houseConvention, openInformation, personalInformationLaw } from '#domain/kernel/rule.ts';
import type { LocalDate } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { disclosureMendDays, mostReopenings as reopenTimes, reopenDays as reopenWithin } from './policy.ts';
import type { ComplaintStatus } from './lifecycle.ts';

/** 办理的事实: the file as it stands, and who acts. */
export interface ActFacts {
  readonly status: ComplaintStatus;
  /** The body that has the file in hand, by name. */
  readonly handlerName: string;
  /** The actor's body has it in hand, or writes for one that has no account. */
  readonly isHandling: boolean;
  /** The community of the place, the township or the county's bureau over it, who intervene, look again, mend, note and merge but do not answer for others. */
  readonly isOverseeing: boolean;
  readonly isAssisting: boolean;
  readonly isConferenceOffice: boolean;
  readonly transferCount: number;
  readonly isDesignated: boolean;
  /** The body that is to have it is the one that has it. */
  readonly isSameHandler: boolean;
  readonly isAboutCommittee: boolean;
  readonly isCutOff: boolean;
  readonly refusalGround: RefusalGround | null;
  readonly isContacted: boolean;
  readonly isIntervened: boolean;
  readonly isWaiting: boolean;
  readonly isAskedBefore: boolean;
  readonly isExtended: boolean;
  /** Its period is the one a law gives to proposals, which nobody extends. */
  readonly isProposalClock: boolean;
  /** Of an application for information: the last day on which its applicant may be asked to mend it; null of everything else. */
  readonly mendUntilOn: LocalDate | null;
  readonly isMediated: boolean;
  readonly hasAgreement: boolean;
  readonly hasNewFact: boolean;
  readonly reopenCount: number;
  readonly mostReopenings: number;
  /** Natural days since it was closed; null while it is not. */
  readonly daysSinceClosed: number | null;
  readonly reopenDays: number;
  /** It came from the 12345 hotline. */
  readonly isHotline: boolean;
  /** Whoever passed it on calls back itself. */
  readonly isCalledBackElsewhere: boolean;
  /** Of an order: the last day on which it may go back; null where none is known. */
  readonly sendBackUntilOn: LocalDate | null;
  readonly today: LocalDate;
  readonly isExtensionPending: boolean;
  /** The day by which it must be answered has passed. */
  readonly isPastDue: boolean;
}

/** 不予受理的理由, each with where else to go. */
export const refusalGrounds = {
  elsewhere: { title: '不属于物业管理投诉的受理范围', where: '请向有管辖权的部门提出' },
  court: { title: '已经进入诉讼、仲裁、行政复议', where: '请按诉讼、仲裁、复议程序主张权利' },
  repeated: { title: '同一事项已经办结，没有新的事实', where: '有新的事实、理由的，可以凭新的材料再次提出' },
  civil: { title: '属于民事合同纠纷，应当协商、调解或者诉讼', where: '可以向人民调解委员会申请调解，或者向人民法院起诉' },
  arrears: { title: '业主欠交物业费引起的纠纷', where: '可以向人民调解委员会申请调解，或者按合同约定诉讼、仲裁' },
  unclear: { title: '内容不清，联系不上投诉人，无法核实', where: '补充时间、地点、具体情况后可以再次提出' },
} as const;
export type RefusalGround = keyof typeof refusalGrounds;

const HOUSE = houseConvention('投诉办理');
type R = ActFacts;

/** 由承办单位办理. */
export const byHandler = defineRule<R>({ id: 'complaint.by-handler', source: HOUSE, broken: ({ isHandling, handlerName }) => [!isHandling && `这件现在由${handlerName}办理，由该单位填写`] });
/** 由承办单位或所在地社区、乡镇街道、县住建局办理: what decides nothing for others. */
export const byOverseer = defineRule<R>({ id: 'complaint.by-overseer', source: HOUSE, broken: ({ isHandling, isOverseeing, handlerName }) => [!isHandling && !isOverseeing && `由${handlerName}、所在地社区、乡镇街道或者县住建局填写`] });
/** 由被请求处理的企业反馈. */
export const forAssisting = defineRule<R>({ id: 'complaint.for-assisting', source: HOUSE, broken: ({ isAssisting }) => [!isAssisting && '没有请本单位处理这件投诉，不用反馈'] });

/** 只转一次: after one transfer, or once designated, the body that has it keeps it. */
export const transferOnce = defineRule<R>({
  id: 'complaint.transfer-once', source: [HOUSE, hotlineGuidance('全文')],
  broken: ({ transferCount, isDesignated, handlerName }) => [
    isDesignated ? `联席会议办公室已指定${handlerName}承办，不能再转办` : transferCount > 0 && `这件已经转办过一次，由${handlerName}办到底，不能再转办；对承办单位有争议的，请点“对承办提出异议”，由县联席会议办公室指定`,
  ],
});
/** 转给别的单位. */
export const transferNamesAnother = defineRule<R>({ id: 'complaint.transfer-names-another', source: HOUSE, broken: ({ isSameHandler, handlerName }) => [isSameHandler && `这件就在${handlerName}，不用转办`] });
/** 由联席会议办公室指定: never by the bureau, which commands none of its peers. */
export const designatedByConference = defineRule<R>({ id: 'complaint.designated-by-conference', source: HOUSE, broken: ({ isConferenceOffice }) => [!isConferenceOffice && '承办单位由县联席会议办公室指定，住建局和其他部门不能指定'] });
/** 停水停电催费必须受理. */
export const supplyNotRefused = defineRule<R>({
  id: 'complaint.supply-not-refused', source: civilCode('第九百四十四条'),
  broken: ({ isCutOff, refusalGround }) => [isCutOff && (refusalGround === 'arrears' || refusalGround === 'civil') && '物业服务人不得以停水停电停热停气等方式催交物业费（民法典第九百四十四条），这类投诉不能以欠费或者民事纠纷为由不予受理；物业费争议可以另行催告、诉讼或者仲裁'],
});
/** 首次联系一次. */
export const contactOnce = defineRule<R>({ id: 'complaint.contact-once', source: HOUSE, broken: ({ isContacted }) => [isContacted && '已经登记过首次联系，以后的联系请写“办理记录”'] });
/** 介入: what is about a committee, once. */
export const interveneInTurn = defineRule<R>({
  id: 'complaint.intervene-in-turn', source: countyPolicy('三（二）3'),
  broken: ({ isAboutCommittee, isIntervened }) => [!isAboutCommittee && '只有涉业委会的投诉要由社区党组织介入', isAboutCommittee && isIntervened && '已经登记过介入，以后的情况请写“办理记录”'],
});
/** 补充情况只请一次: the clock stands still once, and for a limited time. */
export const informationOnce = defineRule<R>({ id: 'complaint.information-once', source: houseConvention('投诉时限'), broken: ({ isWaiting, isAskedBefore }) => [isWaiting ? '已经请投诉人补充，正在等待' : isAskedBefore && '已经请投诉人补充过一次，需要的情况请一次说全；不能再停止计时'] });
/** 补正在期限内要求: later the application is answered as it stands; mending would begin its whole period anew. The last day counts. */
export const mendInTime = defineRule<R>({
  id: 'complaint.mend-in-time', source: openInformation('第三十条'), uses: [disclosureMendDays],
  broken: ({ mendUntilOn, today }) => [mendUntilOn !== null && today > mendUntilOn && `要求补正应在${dateText(mendUntilOn)}以前告知申请人，现在已经过期，不能再要求补正；请按现有申请内容答复，仍不清楚的可以电话联系申请人`],
});
/** 正在等补充. */
export const waitingOnly = defineRule<R>({ id: 'complaint.waiting-only', source: houseConvention('投诉时限'), broken: ({ isWaiting }) => [!isWaiting && '没有在等投诉人补充情况'] });
/** 等待中不答复. */
export const noReplyWhileWaiting = defineRule<R>({ id: 'complaint.no-reply-while-waiting', source: HOUSE, broken: ({ isWaiting }) => [isWaiting && '正在等投诉人补充情况，收到后或者等待期满再答复'] });
/** 延期只一次. */
export const extendOnce = defineRule<R>({ id: 'complaint.extend-once', source: houseConvention('投诉时限'), broken: ({ isExtended }) => [isExtended && '已经延期过一次，不能再延'] });
/** 建议提案不另行延期. */
export const proposalNotExtended = defineRule<R>({ id: 'complaint.proposal-not-extended', source: deputiesLaw('第四十二条'), broken: ({ isProposalClock }) => [isProposalClock && '建议提案自交办起三个月内答复，涉及面广、处理难度大的六个月内答复，在受理时选定，不能再延期'] });
/** 调解结案有协议. */
export const answerComplete = defineRule<R>({ id: 'complaint.answer-complete', source: HOUSE, broken: ({ isMediated, hasAgreement }) => [isMediated && !hasAgreement && '办理结果是“达成调解协议”的，请填写调解协议书的名称、编号或者日期'] });
/** 有新的事实. */
export const reopenOnNewFact = defineRule<R>({ id: 'complaint.reopen-on-new-fact', source: HOUSE, broken: ({ hasNewFact }) => [!hasNewFact && '重新办理要有新的事实：请写明上次答复后发生或者发现了什么'] });
/** 在期限内重新办理: the last day counts. */
export const reopenInTime = defineRule<R>({ id: 'complaint.reopen-in-time', source: houseConvention('投诉时限'), uses: [reopenWithin], broken: ({ daysSinceClosed, reopenDays }) => [daysSinceClosed !== null && daysSinceClosed > reopenDays && `办结已经${daysSinceClosed}天，超过${reopenDays}天的不再重新办理；有新的事实请作为新的投诉提出`] });
/** 重新办理有次数. */
export const reopenAtMost = defineRule<R>({ id: 'complaint.reopen-at-most', source: HOUSE, uses: [reopenTimes], broken: ({ reopenCount, mostReopenings }) => [reopenCount >= mostReopenings && `这件已经重新办理${reopenCount}次，不再重新办理；仍不满意的，可以向上级机关或者信访部门反映`] });

/** 投诉人只给承办单位看. */
export const revealedToHandler = defineRule<{ readonly isHandling: boolean }>({ id: 'complaint.revealed-to-handler', source: [personalInformationLaw('第六条'), HOUSE], broken: ({ isHandling }) => [!isHandling && '只有承办单位可以查看投诉人'] });

/** 并入的件合适: another open file of the same estate that was not itself merged. */
export const mergeFits = defineRule<{ readonly isSelf: boolean; readonly isSameEstate: boolean; readonly isTargetOpen: boolean }>({
  id: 'complaint.merge-fits', source: HOUSE,
  broken: ({ isSelf, isSameEstate, isTargetOpen }) => [isSelf && '不能并入自己', !isSameEstate && '只能并入同一小区的投诉件', !isTargetOpen && '要并入的投诉件已经结束，请另选一件；同一事项反复发生的，不用并案，系统会按反弹计'],
});

/** 外来件的登记: under its own number, and not due before it came; only such a one may concern no single estate. */
export const outsideComplete = defineRule<{ readonly isOutside: boolean; readonly hasNo: boolean; readonly hasEstate: boolean; readonly isDueBeforeReceipt: boolean }>({
  id: 'complaint.outside-complete', source: HOUSE,
  broken: ({ isOutside, hasNo, hasEstate, isDueBeforeReceipt }) => [isOutside && !hasNo && '请填写来源单位的编号，答复时要用', !isOutside && !hasEstate && '请选择小区', isDueBeforeReceipt && '来源单位的期限早于收到日期，请核对'],
});
