import type { LocalDate } from '#domain/kernel/brand.ts';
import { defineRule, houseConvention } from '#domain/kernel/rule.ts';

/** 回复期限在签发之后: nobody is asked to answer by a day that has passed. */
export const replyAfterIssue = defineRule<{ readonly replyBy: LocalDate; readonly on: LocalDate | null }>({
  id: 'paper.reply-after-issue',
  source: houseConvention('文书'),
  broken: ({ replyBy, on }) => [on !== null && replyBy <= on && `要求回复的日期${replyBy}不晚于签发日期${on}，请改为以后的日期`],
});
