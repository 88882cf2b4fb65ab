import { areaCm2, type AreaCm2 } from './brand.ts';
import { formatDecimal, parseDecimal, type DecimalFault } from './decimal.ts';

/** Why an area could not be read; `negative` besides the faults of any number. */
export type AreaFault = DecimalFault | 'negative';
/** 读面积结果: the area in cm², or why not. */
export type ParsedArea = { readonly ok: true; readonly value: AreaCm2 } | { readonly ok: false; readonly fault: AreaFault };

const CM2_PER_HUNDREDTH = 100;

/**
 * 读建筑面积(平方米): reads '88.5' as 885,000 cm², on digits.
 *
 * Building area is registered to 0.01 m²; more decimals are refused (`too-precise`) unless they are zeros.
 */
export function parseSquareMetres(text: string): ParsedArea {
  const parsed = parseDecimal(text, 2);
  if (!parsed.ok) return parsed;
  if (parsed.value < 0) return { ok: false, fault: 'negative' };
  const cm2 = parsed.value * CM2_PER_HUNDREDTH;
  return Number.isSafeInteger(cm2) ? { ok: true, value: areaCm2(cm2) } : { ok: false, fault: 'too-large' };
}

/** 写建筑面积(平方米): writes cm² as m² with two decimals, '88.50'; four when it is not whole hundredths. */
export function formatSquareMetres(value: AreaCm2, { grouped = false } = {}): string {
  const isRegistered = value % CM2_PER_HUNDREDTH === 0;
  return isRegistered ? formatDecimal(value / CM2_PER_HUNDREDTH, 2, grouped) : formatDecimal(value, 4, grouped);
}

/** 面积合计: the exact sum of areas in cm². @throws RangeError when it passes 2^53 */
export function sumAreas(areas: Iterable<AreaCm2>): AreaCm2 {
  let total = 0;
  for (const area of areas) total += area;
  return areaCm2(total);
}
