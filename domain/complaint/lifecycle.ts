import { decide, defineRule, houseConvention, type Decision, type Rule, type Violation } from '#domain/kernel/rule.ts';
import { extensionByHotline, extensionPending, extensionUnasked, noSecondCall, notPastDue, ofHotline, sendBackInTime } from './hotline/rules.ts';
import { answerComplete, byHandler, byOverseer, contactOnce, designatedByConference, extendOnce, forAssisting, informationOnce, interveneInTurn, mendInTime, noReplyWhileWaiting, proposalNotExtended, reopenAtMost, reopenInTime, reopenOnNewFact, supplyNotRefused, transferNamesAnother, transferOnce, waitingOnly, type ActFacts } from './rules.ts';

/** 投诉件状态 in words. */
export const complaintStatusLabels = { received: '待签收', signed: '待受理', accepted: '待交办', refused: '不予受理', assigned: '已交办', handling: '办理中', replied: '已答复', closed: '已办结', withdrawn: '已撤回', merged: '已并案', returned: '已退单' } as const;
export type ComplaintStatus = keyof typeof complaintStatusLabels;
/** 在办: nothing has ended it yet. */
export const openStatuses: readonly ComplaintStatus[] = ['received', 'signed', 'accepted', 'assigned', 'handling', 'replied'];
/** 是否在办. */
export const isOpen = (status: ComplaintStatus): boolean => openStatuses.includes(status);

interface Act { readonly title: string; readonly permission: 'complaint.handle' | 'complaint.designate' | 'complaint.feedback' | 'system'; readonly from: readonly ComplaintStatus[]; readonly to: ComplaintStatus | null; readonly rules: readonly Rule<ActFacts>[] }
const WORKING = ['accepted', 'assigned', 'handling'] as const;

/** 办理流程: the whole life of a complaint, in one table. `to` is null where the state stays. */
export const acts = {
  sign: { title: '签收', permission: 'complaint.handle', from: ['received'], to: 'signed', rules: [byHandler] },
  accept: { title: '受理', permission: 'complaint.handle', from: ['received', 'signed'], to: 'accepted', rules: [byHandler] },
  refuse: { title: '不予受理', permission: 'complaint.handle', from: ['received', 'signed'], to: 'refused', rules: [byHandler, supplyNotRefused] },
  assign: { title: '交办', permission: 'complaint.handle', from: ['accepted'], to: 'assigned', rules: [byHandler] },
  transfer: { title: '转办', permission: 'complaint.handle', from: ['assigned', 'handling'], to: 'assigned', rules: [transferOnce, byHandler, transferNamesAnother] },
  object: { title: '对承办提出异议', permission: 'complaint.handle', from: ['assigned', 'handling'], to: null, rules: [byHandler] },
  designate: { title: '指定承办单位', permission: 'complaint.designate', from: [...WORKING, 'received', 'signed'], to: 'assigned', rules: [designatedByConference] },
  contact: { title: '首次联系', permission: 'complaint.handle', from: WORKING, to: 'handling', rules: [byHandler, contactOnce] },
  intervene: { title: '介入', permission: 'complaint.handle', from: ['received', 'signed', ...WORKING, 'replied'], to: null, rules: [byOverseer, interveneInTurn] },
  emergency: { title: '应急记录', permission: 'complaint.handle', from: openStatuses, to: null, rules: [byOverseer] },
  askInformation: { title: '请投诉人补充情况', permission: 'complaint.handle', from: WORKING, to: null, rules: [byHandler, informationOnce, mendInTime] },
  takeInformation: { title: '收到补充情况', permission: 'complaint.handle', from: WORKING, to: null, rules: [byHandler, waitingOnly] },
  resume: { title: '等待期满，继续计时', permission: 'system', from: WORKING, to: null, rules: [waitingOnly] },
  extend: { title: '延期', permission: 'complaint.handle', from: WORKING, to: null, rules: [extensionByHotline, byHandler, extendOnce, proposalNotExtended] },
  reply: { title: '答复', permission: 'complaint.handle', from: ['assigned', 'handling'], to: 'replied', rules: [byHandler, noReplyWhileWaiting, answerComplete] },
  close: { title: '办结', permission: 'complaint.handle', from: ['replied'], to: 'closed', rules: [byHandler] },
  followUp: { title: '回访', permission: 'complaint.handle', from: ['closed'], to: null, rules: [noSecondCall, byOverseer] },
  recheck: { title: '复查', permission: 'complaint.handle', from: ['closed'], to: null, rules: [byOverseer] },
  reopen: { title: '重新办理', permission: 'complaint.handle', from: ['replied', 'closed'], to: 'handling', rules: [byOverseer, reopenOnNewFact, reopenInTime, reopenAtMost] },
  sendBack: { title: '退单', permission: 'complaint.handle', from: ['received', 'signed'], to: 'returned', rules: [ofHotline, byOverseer, sendBackInTime] },
  askExtension: { title: '申请延期', permission: 'complaint.handle', from: WORKING, to: null, rules: [ofHotline, byHandler, extensionPending, notPastDue] },
  settleExtension: { title: '登记延期批复', permission: 'complaint.handle', from: openStatuses, to: null, rules: [ofHotline, byOverseer, extensionUnasked] },
  restate: { title: '热线更改期限', permission: 'system', from: openStatuses, to: null, rules: [ofHotline, byOverseer] },
  redo: { title: '热线重办', permission: 'system', from: ['replied', 'closed', 'refused', 'returned'], to: 'handling', rules: [ofHotline, byOverseer] },
  withdraw: { title: '撤回投诉', permission: 'complaint.handle', from: openStatuses, to: 'withdrawn', rules: [byOverseer] },
  merge: { title: '并案', permission: 'complaint.handle', from: ['received', 'signed', ...WORKING], to: 'merged', rules: [byOverseer] },
  correct: { title: '改正小区、类别', permission: 'complaint.handle', from: openStatuses, to: null, rules: [byOverseer] },
  note: { title: '办理记录', permission: 'complaint.handle', from: [...openStatuses, 'closed'], to: null, rules: [byOverseer] },
  ask: { title: '请企业处理', permission: 'complaint.handle', from: ['received', 'signed', ...WORKING], to: null, rules: [byOverseer] },
  feedback: { title: '处理反馈', permission: 'complaint.feedback', from: ['received', 'signed', ...WORKING, 'replied'], to: null, rules: [forAssisting] },
} as const satisfies Record<string, Act>;
export type ActName = keyof typeof acts;
/** 是否表里的动作. */
export const isAct = (name: string): name is ActName => Object.hasOwn(acts, name);
/** 全部办理动作, in the order of the table. */
export const actNames: readonly ActName[] = Object.keys(acts).filter(isAct);

/** 依次办理: each act from its own states only. */
export const inTurn = defineRule<{ readonly act: ActName; readonly status: ComplaintStatus }>({
  id: 'complaint.in-turn', source: houseConvention('投诉办理'),
  broken: ({ act, status }) => {
    const from: readonly ComplaintStatus[] = acts[act].from;
    return [!from.includes(status) && `这件现在是“${complaintStatusLabels[status]}”，不能${acts[act].title}；${acts[act].title}的前提是“${from.map((each) => complaintStatusLabels[each]).join('”“')}”`];
  },
});

/** 不能办理的原因: every rule the act would break. */
export function refusalsOf(act: ActName, facts: ActFacts): Violation[] {
  const turn = inTurn.check({ act, status: facts.status });
  return turn.length > 0 ? turn : acts[act].rules.flatMap((rule: Rule<ActFacts>) => rule.check(facts));
}

/** 办理: the state that follows, or every rule that refuses. */
export const decideAct = (act: ActName, facts: ActFacts): Decision<ComplaintStatus> => decide(refusalsOf(act, facts), acts[act].to ?? facts.status);
