import type { ReactNode } from 'react';
import * as route from '#contract/complaint.ts';
import * as hotline from '#contract/hotline.ts';
import type { Answer } from '#contract/define-route.ts';
import type { ActName, ComplaintStatus } from '#domain/complaint/lifecycle.ts';
import { hasOwnClock } from '#domain/complaint/origin.ts';
import { RouteDialog } from '#web/kit/form/RouteDialog.tsx';

export type ComplaintItem = Answer<typeof route.getComplaint>;
type Shown = Exclude<ActName, 'resume' | 'restate' | 'redo'>;

/** What stands first in each state; the rest waits behind 其他办理. */
const first: Readonly<Record<ComplaintStatus, readonly Shown[]>> = {
  received: ['sign', 'accept', 'refuse'], signed: ['accept', 'refuse'], accepted: ['assign', 'contact'], assigned: ['contact', 'reply', 'transfer'], handling: ['reply', 'transfer'], replied: ['close', 'reopen'],
  closed: ['followUp', 'recheck', 'reopen'], refused: [], withdrawn: [], merged: [], returned: [],
};
/** What only an order of the hotline knows; what it does otherwise than other complaints. */
const ofHotline: readonly Shown[] = ['sendBack', 'askExtension', 'settleExtension'];
const notOfHotline: readonly Shown[] = ['extend', 'followUp'];
const isWanted = (item: ComplaintItem, act: Shown) => (item.origin === 'hotline' ? !notOfHotline.includes(act) : !ofHotline.includes(act));
const further: readonly Shown[] = ['emergency', 'ask', 'askInformation', 'extend', 'transfer', 'object', 'designate', 'note', 'correct', 'merge', 'withdraw', ...ofHotline];

/** 办理按钮: what the state asks for first; a step that may not be taken says why. */
export function Acts({ item }: { item: ComplaintItem }) {
  const urgent: readonly Shown[] = [...(item.waitsUntilOn === null ? [] : ['takeInformation' as const]), ...(item.category.startsWith('D') && item.steps.every(({ act }) => act !== 'intervene') ? ['intervene' as const] : []), ...(item.can.feedback === true ? ['feedback' as const] : [])];
  return <>{[...urgent, ...first[item.status]].filter((act) => (item.can.feedback !== true || act === 'feedback') && isWanted(item, act)).map((act) => <Act key={act} act={act} item={item} />)}</>;
}

/** 其他办理: seldom wanted; each says why not where it may not be done. */
export function FurtherActs({ item }: { item: ComplaintItem }) {
  const acts = further.filter((act) => !first[item.status].includes(act) && isWanted(item, act));
  if (item.can.feedback === true || ['refused', 'withdrawn', 'merged', 'returned'].includes(item.status)) return null;
  return <details className="sz-more no-print"><summary>其他办理</summary><div className="sz-actions">{acts.map((act) => <Act key={act} act={act} item={item} />)}</div></details>;
}

function Act({ act, item }: { act: Shown; item: ComplaintItem }) {
  const shared = { params: { complaintId: item.id }, version: item.version, ability: item.can[act] };
  const suggestion = item.suggested.leadId === null ? `责任清单：${item.suggested.lead}主办${item.suggested.assisting === '' ? '' : `，${item.suggested.assisting}协办`}（${item.suggested.basis}）` : `责任清单：${item.suggested.lead}主办（${item.suggested.basis}）`;
  const dialogs: Readonly<Record<Shown, () => ReactNode>> = {
    sign: () => <RouteDialog route={route.putSigning} {...shared} words="签收" title="签收这件投诉" submit="签收" done="已签收" />,
    accept: () => <RouteDialog route={route.putAcceptance} {...shared} words="受理" title="受理这件投诉" submit="受理" done="已受理" first={{ pace: item.pace }} extras={{ pace: { help: paceHelp(item) } }} />,
    refuse: () => <RouteDialog route={route.putRefusal} {...shared} words="不予受理" title="不予受理告知" submit="告知投诉人" done="已告知" isDanger />,
    assign: () => <RouteDialog route={route.putAssignment} {...shared} words="交办" title="交办给主办单位" submit="交办" done="已交办" first={item.suggested.leadId === null ? {} : { leadId: item.suggested.leadId }} extras={{ leadId: { help: suggestion }, assistingId: { title: '协办单位（可不选）' } }} />,
    transfer: () => <RouteDialog route={route.putTransfer} {...shared} words="转办" title="转办（只能一次）" submit="转办" done="已转办" extras={{ leadId: { help: '转过去以后由那个单位办到底，不能再转；填错小区、类别的请用“改正”，不算转办' } }} />,
    object: () => <RouteDialog route={route.putObjection} {...shared} words="对承办提出异议" title="报联席会议办公室指定承办单位" submit="提出异议" done="已报联席会议办公室" />,
    designate: () => <RouteDialog route={route.putDesignation} {...shared} words="指定承办单位" title="指定承办单位" submit="指定" done="已指定" extras={{ leadId: { help: '指定后由这个单位办到底' } }} />,
    contact: () => <RouteDialog route={route.putContact} {...shared} words="登记首次联系" title="首次联系投诉人" submit="登记" done="已登记" />,
    intervene: () => <RouteDialog route={route.putIntervention} {...shared} words="登记介入" title="社区党组织介入" submit="登记" done="已登记介入" />,
    emergency: () => <RouteDialog route={route.putEmergency} {...shared} words="登记应急处理" title="已转交谁处理" submit="登记" done="已登记" />,
    askInformation: () => <RouteDialog route={route.putInformationRequest} {...shared} words="请投诉人补充情况" title="请投诉人补充情况（只能一次）" submit="通知投诉人" done={isStopped(item) ? '已停止计时，等待补充' : '已登记，等待补充；期限照常计算'} extras={{ note: { help: stopWords(item) } }} />,
    takeInformation: () => <RouteDialog route={route.putInformation} {...shared} words="收到补充情况" title="登记补充的情况" submit="登记" done={item.origin === 'disclosure' && item.originDueOn === null ? '已登记，答复期限从今天收到补正起重新计算' : '已登记，继续计时'} />,
    extend: () => <RouteDialog route={route.putExtension} {...shared} words="延期" title="延长办理期限（只能一次）" submit="延期" done="已延期" />,
    reply: () => <RouteDialog route={route.putReply} {...shared} words={item.isHandlerOffline ? '补录答复' : '答复'} title={item.isHandlerOffline ? `补录${item.handler}的线下答复` : '答复投诉人'} submit="答复" done="已答复" extras={{ agreement: { help: '名称、编号或者日期，如“人民调解协议书 2026-11-20”' } }} />,
    close: () => <RouteDialog route={route.putClosure} {...shared} words="办结" title="办结这件投诉" submit="办结" done="已办结" />,
    followUp: () => <RouteDialog route={route.putFollowUp} {...shared} words="登记回访" title="回访投诉人" submit="登记" done="已登记回访" />,
    recheck: () => <RouteDialog route={route.putRecheck} {...shared} words="登记复查" title="复查是否反弹" submit="登记" done="已登记复查" extras={{ note: { help: '没有新的投诉、网格员确认即可，不必专门上门' } }} />,
    reopen: () => <RouteDialog route={route.putReopening} {...shared} words="重新办理" title="按新的事实重新办理" submit="重新办理" done="已重新办理" extras={{ newFact: { help: '写明上次答复后发生或者发现了什么；期限接着原来的算' } }} />,
    sendBack: () => <RouteDialog route={hotline.putSendBack} {...shared} words="退单" title="退回热线" submit="退单" done="已退单，随下一个回传文件报热线" isDanger />,
    askExtension: () => <RouteDialog route={hotline.putExtensionRequest} {...shared} words="申请延期" title="向热线申请延期" submit="申请" done="已登记，随下一个回传文件报热线" extras={{ untilOn: { help: '热线批复以前，仍按原来的期限' } }} />,
    settleExtension: () => <RouteDialog route={hotline.putExtensionAnswer} {...shared} words="登记延期批复" title="热线对延期的批复" submit="登记" done="已登记" first={{ isGranted: true }} extras={{ isGranted: { help: '随热线文件导入的不用在这里登记' } }} />,
    withdraw: () => <RouteDialog route={route.putWithdrawal} {...shared} words="投诉人撤回" title="登记投诉人撤回" submit="登记撤回" done="已撤回" isDanger />,
    merge: () => <RouteDialog route={route.putMerger} {...shared} words="并案" title="并入同一小区的另一件" submit="并案" done="已并案" extras={{ intoNo: { help: '各投诉人原来的回执不变，随那一件看到进展' } }} />,
    correct: () => <RouteDialog route={route.putCorrection} {...shared} words="改正小区、类别" title="改正小区、类别（不算转办）" submit="改正" done="已改正" first={{ estateId: item.estateId, spot: item.spot, category: item.category }} extras={{ estateId: { known: item.estate ?? undefined } }} />,
    note: () => <RouteDialog route={route.putNote} {...shared} words="写办理记录" title="办理记录" submit="记下" done="已记下" />,
    ask: () => <RouteDialog route={route.putCompanyRequest} {...shared} words="请企业处理" title={`请${item.estateCompany ?? '物业服务企业'}处理`} submit="发给企业" done="已发给企业" />,
    feedback: () => <RouteDialog route={route.putFeedback} {...shared} words="反馈处理情况" title="反馈处理情况" submit="反馈" done="已反馈" />,
  };
  return dialogs[act]();
}

const hasLawfulClock = ({ origin, originDueOn }: ComplaintItem) => originDueOn === null && hasOwnClock(origin);
/** Whether asking the complainant stops the clock: of petitions and proposals no rule says so. */
const isStopped = (item: ComplaintItem): boolean => !hasLawfulClock(item) || item.origin === 'disclosure';
const stopWords = (item: ComplaintItem): string => (!isStopped(item) ? '信访事项、建议提案的期限不因补充情况停止' : hasLawfulClock(item) ? '需要补正的一次说全；收到补正的申请后，答复期限重新计算' : '等待期间停止计时，有最长天数');
function paceHelp(item: ComplaintItem): string {
  if (item.originDueOn !== null) return '这件有来源单位规定的期限，以那个期限为准，办理类别不改变它';
  if (item.origin === 'proposal') return '建议提案三个月内答复；涉及面广、处理难度大的选“复杂诉求”，六个月内答复';
  if (item.origin === 'petition') return '信访事项自受理之日起六十日内办结，办理类别不改变它';
  return item.origin === 'disclosure' ? '信息公开申请按条例规定的工作日答复，办理类别不改变它' : '决定答复期限，按这一类的默认带出';
}
