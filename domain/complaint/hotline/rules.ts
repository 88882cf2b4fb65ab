import { dateText } from '#domain/kernel/local-date.ts';
import { defineRule, hotlineGuidance, houseConvention } from '#domain/kernel/rule.ts';
import type { ActFacts } from '../rules.ts';

const HOTLINE = [houseConvention('热线工单'), hotlineGuidance('全文')];
type R = ActFacts;

/** 只有12345工单. */
export const ofHotline = defineRule<R>({ id: 'complaint.of-hotline', source: HOTLINE, broken: ({ isHotline }) => [!isHotline && '只有12345热线转来的工单才这样办理'] });
/** 退单有期限: the last day counts. */
export const sendBackInTime = defineRule<R>({
  id: 'complaint.send-back-in-time', source: HOTLINE,
  broken: ({ sendBackUntilOn, today }) => [sendBackUntilOn !== null && today > sendBackUntilOn && `退单的期限是${dateText(sendBackUntilOn)}，已经过了，请签收办理；确实不属于本单位的，受理后转办或者提出异议`],
});
/** 工单延期由热线批准: ours is not theirs to give. */
export const extensionByHotline = defineRule<R>({ id: 'complaint.extension-by-hotline', source: HOTLINE, broken: ({ isHotline }) => [isHotline && '12345工单的延期由热线批准，请点“申请延期”'] });
/** 延期申请一次只有一份. */
export const extensionPending = defineRule<R>({ id: 'complaint.extension-pending', source: HOTLINE, broken: ({ isExtensionPending }) => [isExtensionPending && '已经申请延期，等热线批复；批复随热线文件导入，也可以登记'] });
/** 批复以申请为前提. */
export const extensionUnasked = defineRule<R>({ id: 'complaint.extension-unasked', source: HOTLINE, broken: ({ isExtensionPending }) => [!isExtensionPending && '没有等待批复的延期申请'] });
/** 到期前申请延期. */
export const notPastDue = defineRule<R>({ id: 'complaint.extension-before-due', source: HOTLINE, broken: ({ isPastDue }) => [isPastDue && '工单期限已经过了，不能再申请延期，请尽快答复'] });
/** 不重复回访: the hotline and the petition office call back themselves. */
export const noSecondCall = defineRule<R>({ id: 'complaint.no-second-call', source: HOTLINE, broken: ({ isCalledBackElsewhere }) => [isCalledBackElsewhere && '由来源单位回访，不再重复打扰群众；12345的回访结果随热线文件导入'] });
