import type { LocalDate } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { civilServantsLaw, defineRule, houseConvention, protectionBaseline } from '#domain/kernel/rule.ts';
import type { HandOverCause, HandOverStatus } from './words.ts';

const leaving = protectionBaseline('8.1.8.2');
const own = houseConvention('工作交接');

/** 交接各方不是同一人: who gives, who takes and who watches are three people. */
export const partiesApart = defineRule<{ readonly fromId: string; readonly toId: string; readonly witnessId: string | null }>({
  id: 'handover.parties-apart',
  source: own,
  broken: ({ fromId, toId, witnessId }) => [
    fromId === toId && '接手人不能是移交人本人，请另选一人',
    witnessId !== null && (witnessId === fromId || witnessId === toId) && '监交人不能是移交人或接手人，请另选一人，或不设监交人',
  ],
});

/** 交接日期合理: only a leave ends, on its last day (included), not before it begins. */
export const daysFit = defineRule<{ readonly cause: HandOverCause; readonly plannedOn: LocalDate; readonly untilOn: LocalDate | null }>({
  id: 'handover.days-fit',
  source: own,
  broken: ({ cause, plannedOn, untilOn }) => [
    cause === 'leave' && untilOn === null && '休假代管请填写代管到哪一天，到期岗位自动交还',
    cause !== 'leave' && untilOn !== null && '只有休假代管才填写代管到哪一天，其他原因的交接不自动交还',
    untilOn !== null && untilOn < plannedOn && '代管的最后一天早于移交日期，请核对',
  ],
});

/** 有岗可交: an account without a post in force has nothing to hand over. */
export const somethingToHandOver = defineRule<{ readonly name: string; readonly posts: number; readonly missing: number }>({
  id: 'handover.something-to-hand-over',
  source: own,
  broken: ({ name, posts, missing }) => [posts === 0 && `${name}没有在任岗位可以交接`, missing > 0 && `所选的岗位有 ${missing} 个已经终止，请刷新后重新选择`],
});

/** 移交人先签字, on a list that may still be signed; after objections again. */
export const outgoingSigns = defineRule<{ readonly status: HandOverStatus }>({
  id: 'handover.outgoing-signs',
  source: [leaving, civilServantsLaw('第九十一条')],
  broken: ({ status }) => [status !== 'open' && status !== 'signed' && status !== 'objected' && '这次交接已经办完或取消，不能再签字'],
});

/**
 * 接手人签收: after the outgoing has signed, not before the day of the hand-over, with the witness's signature where there is one, and on the
 * very list that was signed: `added` are things that have come to the outgoing since.
 */
export const incomingSigns = defineRule<{ readonly status: HandOverStatus; readonly today: LocalDate; readonly plannedOn: LocalDate; readonly witness: string | null; readonly witnessSigned: boolean; readonly added: readonly string[] }>({
  id: 'handover.incoming-signs',
  source: [leaving, own],
  broken: ({ status, today, plannedOn, witness, witnessSigned, added }) => [
    status === 'open' && '移交人还没有签字，签字后再签收',
    status === 'objected' && '您提出的异议还没有答复，移交人重新签字后再签收',
    (status === 'completed' || status === 'returned' || status === 'cancelled') && '这次交接已经办完或取消，不能再签收',
    today < plannedOn && `移交日期是${dateText(plannedOn)}，请到当天再签收`,
    status === 'signed' && witness !== null && !witnessSigned && `监交人${witness}还没有签字`,
    status === 'signed' && added.length > 0 && `移交人签字后又有 ${added.length} 项归到其名下（${added.slice(0, 3).join('、')}${added.length > 3 ? '等' : ''}），请移交人核对后重新签字`,
  ],
});

/** 监交人签字: between the two parties. */
export const witnessSigns = defineRule<{ readonly status: HandOverStatus; readonly witnessSigned: boolean }>({
  id: 'handover.witness-signs',
  source: own,
  broken: ({ status, witnessSigned }) => [status !== 'signed' && '移交人签字之后、接手人签收之前，由监交人签字', status === 'signed' && witnessSigned && '您已经签过字了'],
});

/** 代移交人签字: by a head of the same body or of the county's, never by who takes over or who arranged it. */
export const standInApart = defineRule<{ readonly signerId: string | null; readonly fromId: string; readonly toId: string; readonly startedById: string | null; readonly covers: boolean }>({
  id: 'handover.stand-in-apart',
  source: [protectionBaseline('8.1.7.1'), own],
  broken: ({ signerId, fromId, toId, startedById, covers }) => [
    signerId === fromId && '移交人本人在，请用“签字移交”',
    signerId === toId && '接手人不能代移交人签字，请由本单位或上级单位的其他负责人代签',
    signerId !== fromId && signerId !== toId && signerId !== null && signerId === startedById && '发起交接的人不能代移交人签字',
    !covers && '代签人应是移交人所在单位或县住建局的负责人',
  ],
});

/** 可以提出异议: between the outgoing's signature and one's own. */
export const objectionInTime = defineRule<{ readonly status: HandOverStatus }>({
  id: 'handover.objection-in-time',
  source: own,
  broken: ({ status }) => [status !== 'signed' && '移交人签字之后、签收之前才能逐项提出异议'],
});

/** 取消交接: only before the second signature. */
export const cancelInTime = defineRule<{ readonly status: HandOverStatus }>({
  id: 'handover.cancel-in-time',
  source: own,
  broken: ({ status }) => [(status === 'completed' || status === 'returned') && '双方都已签字，岗位已经移交，不能取消；需要退回请另办一次交接', status === 'cancelled' && '这次交接已经取消'],
});

/** 结束代管: a leave that is under way. */
export const leaveUnderWay = defineRule<{ readonly cause: HandOverCause; readonly status: HandOverStatus }>({
  id: 'handover.leave-under-way',
  source: own,
  broken: ({ cause, status }) => [(cause !== 'leave' || status !== 'completed') && '只有正在代管的休假交接才能提前结束'],
});
