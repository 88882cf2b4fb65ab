/** 可填的最大个数: above it a slip of the hand, or a telephone number in the wrong column. */
export const MOST_THINGS = 9_999_999;
/** 可填的最大面积, cm²: 100 km². A county's sum of such stays a safe integer. */
export const MOST_AREA_CM2 = 1_000_000_000_000;
/** 可填的最高单价, fen per m² and month: 1 万元. */
export const MOST_PRICE_FEN = 1_000_000;
/** 可填的最大金额, fen: 1 万亿元. */
export const MOST_MONEY_FEN = 100_000_000_000_000;
/** 可填的日期, both included: what a workbook of ours may say too. */
export const FIRST_DAY = '1900-01-01';
export const LAST_DAY = '2199-12-31';
