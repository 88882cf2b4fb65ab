import { localDate } from '#domain/kernel/brand.ts';
import { defineParameter, someOf, wholeNumber, yesOrNo, type Parameter } from '#domain/kernel/parameter.ts';
import { houseConvention } from '#domain/kernel/rule.ts';

const SINCE = localDate('2025-01-01');
const HOUSE = houseConvention('热线工单');

/** 退单期限: working days after the order was sent to us within which it may go back; the last day counts. */
export const sendBackDays = defineParameter({ id: 'complaint.hotline-send-back-days', title: '12345工单退单期限', unit: '个工作日', kind: wholeNumber(1, 30), versions: [{ from: SINCE, value: 1, source: HOUSE, sureness: 'G' }] });
/** 基本满意是否计入满意. */
export const fairIsSatisfied = defineParameter({ id: 'complaint.hotline-fair-is-satisfied', title: '12345满意率：“基本满意”计入满意', unit: '', kind: yesOrNo, versions: [{ from: SINCE, value: true, source: HOUSE, sureness: 'G' }] });
/** 部分解决是否计入解决. */
export const partlyIsResolved = defineParameter({ id: 'complaint.hotline-partly-is-resolved', title: '12345解决率：“部分解决”计入解决', unit: '', kind: yesOrNo, versions: [{ from: SINCE, value: false, source: HOUSE, sureness: 'G' }] });
/** 回访对解决、满意没有回答的怎样计算. */
export const silentInBase = defineParameter({ id: 'complaint.hotline-silent-in-base', title: '12345解决率、满意率：群众没有评价的计入总数', unit: '', kind: yesOrNo, versions: [{ from: SINCE, value: false, source: HOUSE, sureness: 'G' }] });

/** 剔除的工单: orders that the hotline leaves out of its figures. */
export const leftOutLabels = { returned: '已退单的', withdrawn: '群众撤回的', merged: '并案的' } as const;
export type LeftOut = keyof typeof leftOutLabels;
/** 哪些工单不计入. */
export const leftOut = defineParameter<readonly LeftOut[]>({ id: 'complaint.hotline-left-out', title: '12345三率：不计入的工单', unit: '', kind: someOf<LeftOut>(leftOutLabels), versions: [{ from: SINCE, value: ['returned'], source: HOUSE, sureness: 'G' }] });

/** 12345工单的全部参数. */
export const hotlineParameters: readonly Parameter<unknown>[] = [sendBackDays, fairIsSatisfied, partlyIsResolved, silentInBase, leftOut];
