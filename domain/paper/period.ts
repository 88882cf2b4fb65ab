import type { LocalDate } from '#domain/kernel/brand.ts';
import { daysBetween } from '#domain/kernel/local-date.ts';
import { defineRule, houseConvention } from '#domain/kernel/rule.ts';

/** 公示天数: natural days from `from` to `to`, both counted. */
export const noticeDays = (from: LocalDate, to: LocalDate): number => daysBetween(from, to) + 1;

/** 公示期可用: ends no earlier than it begins, and not before the day it is issued. */
export const noticePeriod = defineRule<{ readonly from: LocalDate; readonly to: LocalDate; readonly issuedOn: LocalDate | null }>({
  id: 'paper.notice-period',
  source: houseConvention('文书'),
  broken: ({ from, to, issuedOn }) => [
    to < from && '公示的截止日期早于起始日期，请核对',
    issuedOn !== null && from < issuedOn && `公示从${from}起算，早于签发日期${issuedOn}，业主还看不到；请把起始日期改为签发当天或以后`,
  ],
});
