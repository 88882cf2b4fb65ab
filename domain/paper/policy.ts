import { localDate } from '#domain/kernel/brand.ts';
import { defineParameter, wholeNumber, type Parameter } from '#domain/kernel/parameter.ts';
import { houseConvention } from '#domain/kernel/rule.ts';

/** 转办答复期限: working days that a letter of referral proposes for the answer. */
export const referralReplyDays = defineParameter({
  id: 'paper.referral-reply-days', title: '转办函建议的回复期限', unit: '工作日', kind: wholeNumber(1, 60),
  versions: [{ from: localDate('2025-01-01'), value: 10, source: houseConvention('文书'), sureness: 'I' }],
});

/** 公示天数: natural days that a public notice proposes. */
export const publicNoticeDays = defineParameter({
  id: 'paper.public-notice-days', title: '公示建议的天数', unit: '天', kind: wholeNumber(1, 60),
  versions: [{ from: localDate('2025-01-01'), value: 7, source: houseConvention('文书'), sureness: 'I' }],
});

/** 文书的全部参数. */
export const paperParameters: readonly Parameter<unknown>[] = [referralReplyDays, publicNoticeDays];
