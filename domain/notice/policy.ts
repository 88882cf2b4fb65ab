import { localDate } from '#domain/kernel/brand.ts';
import { defineParameter, wholeNumber, type Parameter } from '#domain/kernel/parameter.ts';
import { cybersecurityLaw, houseConvention, type Source } from '#domain/kernel/rule.ts';

/** 免打扰开始, the hour of the day; the same hour as the end means none. */
export const quietFromHour = own('quiet-from-hour', '免打扰时段开始', '时', 21, [0, 23]);
/** 免打扰结束, the hour of the day. */
export const quietUntilHour = own('quiet-until-hour', '免打扰时段结束', '时', 8, [0, 23]);
/** 合并间隔, in minutes: two mails to one person, or two posts to one group, are at least so far apart. */
export const gatherMinutes = own('gather-minutes', '同一收件方两次发送的最短间隔', '分钟', 30, [1, 1_440]);
/** 连续失败停用, in days: a channel that fails for so long is switched off and its administrators are told. */
export const offAfterDays = own('off-after-days', '通知渠道连续失败自动停用', '天', 5, [1, 60]);
/** 通知保存, in months, unread ones too: what is older has been dealt with or is not learnt of by its notice. */
export const noticeMonths = own('notice-months', '通知保存月数', '个月', 12, [6, 60]);
/** 通知发送记录保存, in months: a record of the network's running, at least six. */
export const deliveryMonths = own('delivery-months', '通知发送记录保存月数', '个月', 12, [6, 120], cybersecurityLaw('第二十一条'));

/** 通知的全部参数. */
export const noticeParameters: readonly Parameter<unknown>[] = [quietFromHour, quietUntilHour, gatherMinutes, offAfterDays, noticeMonths, deliveryMonths];

function own(name: string, title: string, unit: string, value: number, [min, max]: [number, number], source: Source = houseConvention('通知')): Parameter<number> {
  return defineParameter({ id: `notice.${name}`, title, unit, kind: wholeNumber(min, max), versions: [{ from: localDate('2022-01-01'), value, source, sureness: 'I' }] });
}
