declare const brand: unique symbol;

/** 品牌类型: a primitive that only its own maker may produce, so that fen is never added to square centimetres. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** 标识: the uuid of one kind of thing, e.g. `Id<'Estate'>`. */
export type Id<Kind extends string> = Brand<string, `Id:${Kind}`>;
/** 金额(分): whole fen, a safe integer, may be negative. */
export type Fen = Brand<number, 'Fen'>;
/** 面积(平方厘米): whole square centimetres, a safe integer, never negative; 1 m² = 10,000 cm². */
export type AreaCm2 = Brand<number, 'AreaCm2'>;
/** 比率(基点): whole basis points, 10,000 bp = 100 %. */
export type BasisPoints = Brand<number, 'BasisPoints'>;
/** 日期: a real calendar day `YYYY-MM-DD`; compares and sorts as text. */
export type LocalDate = Brand<string, 'LocalDate'>;
/** 年月: a real month `YYYY-MM`; compares and sorts as text. */
export type LocalMonth = Brand<string, 'LocalMonth'>;
/** 时刻: an instant in UTC with milliseconds, `YYYY-MM-DDThh:mm:ss.sssZ`; compares and sorts as text. */
export type Instant = Brand<string, 'Instant'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** 标识: takes a lower-case uuid as the id of `Kind`. @throws RangeError when it is not a uuid */
export function makeId<Kind extends string>(text: string): Id<Kind> {
  if (!isId<Kind>(text)) throw new RangeError(`not a uuid: ${text}`);
  return text;
}

/** 金额(分): takes whole fen. @throws RangeError when not a safe integer */
export function fen(value: number): Fen {
  if (!isWhole<'Fen'>(value)) throw new RangeError(`not whole fen: ${value}`);
  return value;
}

/** 面积(平方厘米): takes whole cm². @throws RangeError when negative or not a safe integer */
export function areaCm2(value: number): AreaCm2 {
  if (value < 0 || !isWhole<'AreaCm2'>(value)) throw new RangeError(`not whole cm²: ${value}`);
  return value;
}

/** 比率(基点): takes whole basis points. @throws RangeError when not a safe integer */
export function basisPoints(value: number): BasisPoints {
  if (!isWhole<'BasisPoints'>(value)) throw new RangeError(`not whole basis points: ${value}`);
  return value;
}

/** 日期: takes `YYYY-MM-DD`. @throws RangeError when no such day exists */
export function localDate(text: string): LocalDate {
  if (!isLocalDate(text)) throw new RangeError(`not a calendar day: ${text}`);
  return text;
}

/** 年月: takes `YYYY-MM`. @throws RangeError when no such month exists */
export function localMonth(text: string): LocalMonth {
  if (!isLocalMonth(text)) throw new RangeError(`not a month: ${text}`);
  return text;
}

/** 时刻: takes `YYYY-MM-DDThh:mm:ss.sssZ`. @throws RangeError when it is no instant in that form */
export function instant(text: string): Instant {
  if (!isInstant(text)) throw new RangeError(`not an instant: ${text}`);
  return text;
}

/** 标识: is this text a lower-case uuid? */
export function isId<Kind extends string>(text: string): text is Id<Kind> {
  return UUID.test(text);
}

/** 日期: is this text a day that exists in the calendar? 2025-02-29 does not. */
export function isLocalDate(text: string): text is LocalDate {
  const parts = DATE.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** 年月: is this text a month `YYYY-MM`? */
export function isLocalMonth(text: string): text is LocalMonth {
  return MONTH.test(text);
}

/** 时刻: is this text an instant in UTC with milliseconds? */
export function isInstant(text: string): text is Instant {
  const parts = INSTANT.exec(text);
  return parts !== null && isLocalDate(parts[1] ?? '');
}

/** 当月天数: how many days has month `month` (1–12) of `year` in the Gregorian calendar? */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function isWhole<Name extends string>(value: number): value is Brand<number, Name> {
  return Number.isSafeInteger(value);
}
