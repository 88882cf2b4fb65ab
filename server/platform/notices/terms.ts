import type { Instant } from '#domain/kernel/brand.ts';
import { todayIn } from '#domain/kernel/local-date.ts';
import { gatherMinutes, quietFromHour, quietUntilHour } from '#domain/notice/policy.ts';
import type { Quiet } from '#domain/notice/quiet.ts';
import type { Db } from '../db/types.ts';
import { parameterValue } from '../parameters/read.ts';

/** 县里的合并口径, in force that day. */
export interface CountyTerms { readonly quiet: Quiet; readonly gatherMinutes: number }

/** 县里的合并口径. */
export async function termsOf(db: Db, countyId: string, now: Instant): Promise<CountyTerms> {
  const today = todayIn(now);
  const [from, until, gather] = [await parameterValue(db, countyId, quietFromHour, today), await parameterValue(db, countyId, quietUntilHour, today), await parameterValue(db, countyId, gatherMinutes, today)];
  return { quiet: { fromMinute: from * 60, untilMinute: until * 60 }, gatherMinutes: gather };
}

/** 本人的免打扰, else the county's. */
export const quietOf = (own: { readonly quietFromMinute: number | null; readonly quietUntilMinute: number | null }, county: Quiet): Quiet =>
  (own.quietFromMinute === null || own.quietUntilMinute === null ? county : { fromMinute: own.quietFromMinute, untilMinute: own.quietUntilMinute });
