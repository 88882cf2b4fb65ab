import type { Instant } from '#domain/kernel/brand.ts';
import { epochOf } from '#domain/kernel/local-date.ts';
import { defineRule, houseConvention } from '#domain/kernel/rule.ts';
import { isOpen, type ComplaintStatus } from './lifecycle.ts';
import { publicCategories } from './policy.ts';

/** 类别对外公开: `offered` is `publicCategories` in force on the day of asking; what is not among them is told as not there at all. */
export const categoryOffered = defineRule<{ readonly code: string; readonly offered: readonly string[] }>({
  id: 'complaint.open311-offered', source: houseConvention('投诉办理'), uses: [publicCategories],
  broken: ({ code, offered }) => [!offered.includes(code) && `没有 service_code“${code.slice(0, 20)}”，可用的见 services`],
});

/** Open311 的两种状态: what nobody works on any more is closed. */
export const open311Status = (status: ComplaintStatus): 'open' | 'closed' => (isOpen(status) && status !== 'replied' ? 'open' : 'closed');

/** Open311 一次查询的最长时段, days. */
export const MOST_DAYS = 90;
const DAY_MS = 86_400_000;
/** 查询的时段: no end before its beginning, and not longer than the standard asks of a server. */
export const spanAllowed = defineRule<{ readonly from: Instant; readonly to: Instant }>({
  id: 'complaint.open311-span', source: houseConvention('投诉办理'),
  broken: ({ from, to }) => [from > to && 'start_date 晚于 end_date，请核对', epochOf(to) - epochOf(from) > MOST_DAYS * DAY_MS && `start_date 和 end_date 最多相隔${MOST_DAYS}天，请分段查询`],
});
