import { fen, type Fen } from './brand.ts';
import { formatDecimal, parseDecimal, type Parsed } from './decimal.ts';

/** 读金额(元): reads '1,234.50' as 123450 fen, on digits; fractions of a fen are refused unless zero. */
export function parseYuan(text: string): Parsed<Fen> {
  const parsed = parseDecimal(text, 2);
  return parsed.ok ? { ok: true, value: fen(parsed.value) } : parsed;
}

/** 写金额(元): writes fen as yuan with two decimals and thousands separators, '1,234.50'. */
export function formatYuan(value: Fen): string {
  return formatDecimal(value, 2, true);
}
