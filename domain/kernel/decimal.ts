/** Why a number could not be read: `empty`, `not-a-number`, `too-precise` (more decimals than the unit has) or `too-large`. */
export type DecimalFault = 'empty' | 'not-a-number' | 'too-precise' | 'too-large';
/** 读数结果: the whole number of smallest units, or why not. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: DecimalFault };

const PLAIN = /^([+-]?)(\d+)(?:\.(\d*))?$/;
const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/;

/**
 * 十进制数: reads decimal digits as whole units of 10^-scale, exactly and without floats: ('1,234.50', 2) → 123450.
 *
 * Takes ASCII digits, one sign and thousands separators in their right places; other text must be normalised first.
 * Decimals past `scale` are refused unless zero.
 */
export function parseDecimal(text: string, scale: number): Parsed<number> {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: false, fault: 'empty' };
  const digits = GROUPED.test(trimmed) ? trimmed.replaceAll(',', '') : trimmed;
  const parts = PLAIN.exec(digits);
  if (parts === null) return { ok: false, fault: 'not-a-number' };
  const [, sign = '', whole = '', fraction = ''] = parts;
  if (/[1-9]/.test(fraction.slice(scale))) return { ok: false, fault: 'too-precise' };
  const units = Number(whole + fraction.slice(0, scale).padEnd(scale, '0'));
  if (!Number.isSafeInteger(units)) return { ok: false, fault: 'too-large' };
  return { ok: true, value: sign === '-' && units !== 0 ? -units : units };
}

/** 十进制显示: writes whole units of 10^-scale with exactly `scale` decimals; groups thousands when asked. */
export function formatDecimal(units: number, scale: number, grouped = false): string {
  const digits = Math.abs(units).toString().padStart(scale + 1, '0');
  const whole = scale === 0 ? digits : digits.slice(0, -scale);
  const fraction = scale === 0 ? '' : `.${digits.slice(-scale)}`;
  const separated = grouped ? whole.replaceAll(/\B(?=(\d{3})+$)/g, ',') : whole;
  return `${units < 0 ? '-' : ''}${separated}${fraction}`;
}
