/**
 * 以上: does `part` of `whole` reach numerator/denominator? The number itself is included (民法典 1259).
 *
 * Compared by cross multiplication in big integers, so no rounding ever decides. An empty whole reaches nothing.
 * @throws RangeError when a value is negative, not whole, or the denominator is 0
 */
export function reaches(part: number, whole: number, numerator: number, denominator: number): boolean {
  const [left, right] = crossed(part, whole, numerator, denominator);
  return whole > 0 && left >= right;
}

/**
 * 过半、超过: does `part` of `whole` exceed numerator/denominator? The number itself is excluded (民法典 1259).
 * @throws RangeError when a value is negative, not whole, or the denominator is 0
 */
export function exceeds(part: number, whole: number, numerator: number, denominator: number): boolean {
  const [left, right] = crossed(part, whole, numerator, denominator);
  return whole > 0 && left > right;
}

/**
 * 百分比(显示用): part ÷ whole as text, e.g. `50.87%`, rounded half up exactly; `—` when the whole is 0.
 *
 * For labels only; comparisons use `reaches` and `exceeds`.
 * @throws RangeError when a value is negative or not whole, or decimals is not 0–6
 */
export function percentText(part: number, whole: number, decimals = 1): string {
  natural(part);
  natural(whole);
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 6) throw new RangeError(`decimals out of range: ${decimals}`);
  if (whole === 0) return '—';
  const scale = 10n ** BigInt(decimals);
  const numerator = BigInt(part) * 100n * scale * 2n + BigInt(whole);
  const units = numerator / (BigInt(whole) * 2n);
  const fraction = decimals === 0 ? '' : `.${(units % scale).toString().padStart(decimals, '0')}`;
  return `${units / scale}${fraction}%`;
}

function crossed(part: number, whole: number, numerator: number, denominator: number): [bigint, bigint] {
  for (const value of [part, whole, numerator, denominator]) natural(value);
  if (denominator === 0) throw new RangeError('denominator is 0');
  return [BigInt(part) * BigInt(denominator), BigInt(whole) * BigInt(numerator)];
}

function natural(value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a natural number: ${value}`);
}
