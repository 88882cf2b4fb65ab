/** 相似的事实 of two files of one estate. `textPercent`: how alike their words are, 0 to 100; `daysApart`: natural days between receipts, 0 or more. */
export interface LikenessFacts { readonly textPercent: number; readonly isSameSpot: boolean; readonly isSameKind: boolean; readonly daysApart: number; readonly windowDays: number }

/** Words that are less alike than this are not suggested, however near in place and time. */
export const LEAST_TEXT_PERCENT = 15;
const WEIGHT = { text: 70, spot: 15, kind: 5, time: 10 } as const;

/**
 * 相似程度, whole percent from 0 to 100: the words weigh 70, the same building or spot 15, the same category 5, and nearness in time 10, falling to nothing
 * at the end of the window. Null when the words alone are too unlike, or it lies outside the window. It orders suggestions and decides nothing.
 */
export function likenessOf({ textPercent, isSameSpot, isSameKind, daysApart, windowDays }: LikenessFacts): number | null {
  if (textPercent < LEAST_TEXT_PERCENT || daysApart > windowDays) return null;
  const time = windowDays === 0 ? 100 : 100 - Math.floor((100 * daysApart) / windowDays);
  return Math.floor((WEIGHT.text * Math.min(100, textPercent) + WEIGHT.spot * (isSameSpot ? 100 : 0) + WEIGHT.kind * (isSameKind ? 100 : 0) + WEIGHT.time * time) / 100);
}
