import type { Instant } from '#domain/kernel/brand.ts';
import { epochOf } from '#domain/kernel/local-date.ts';
import { defineRule, houseConvention } from '#domain/kernel/rule.ts';
import { categoryCodes, groupOf, type CategoryCode } from './category.ts';
import { isOpen, type ComplaintStatus } from './lifecycle.ts';

/** Kinds in which place and kind alone would point at a person, or that accuse one by name. */
const KEPT: ReadonlySet<CategoryCode> = new Set(['A01', 'F03', 'F11', 'G01', 'G03', 'G04']);
/** 对外公开的类别: what Open311 offers and shows: things and places. What is about a committee or money is not among them, nor what is told of a neighbour. */
export const publicCategories: readonly CategoryCode[] = categoryCodes.filter((code) => !['C', 'D'].includes(groupOf(code)) && !KEPT.has(code));
const offered: ReadonlySet<string> = new Set(publicCategories);
/** 是否对外公开的类别. */
export const isPublicCategory = (code: string): code is CategoryCode => offered.has(code);

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
