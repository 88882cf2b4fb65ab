/** 填报单位: how an amount is written into a cell. */
export type ReportUnit = '个' | '户' | '万户' | '家' | '人' | '栋' | '台' | '平方米' | '万平方米' | '%';

/** An exact amount: part ÷ whole, whole above zero. Areas are in cm²; a rate is its two numbers. */
export interface Amount { readonly part: number; readonly whole: number }

/** By what an amount is multiplied and divided to stand in the unit. */
const scales: Readonly<Record<ReportUnit, readonly [number, number]>> = {
  个: [1, 1], 户: [1, 1], 家: [1, 1], 人: [1, 1], 栋: [1, 1], 台: [1, 1], 万户: [1, 10_000], 平方米: [1, 10_000], 万平方米: [1, 100_000_000], '%': [100, 1],
};

/** 全部单位. */
export const reportUnits = ['个', '户', '万户', '家', '人', '栋', '台', '平方米', '万平方米', '%'] as const satisfies readonly ReportUnit[];

/** 是否填报单位. */
export function isReportUnit(text: string): text is ReportUnit {
  return Object.hasOwn(scales, text);
}

/** 数值文字: exactly, rounded half up, e.g. 123456789 cm² in 万平方米 with 2 decimals is 1.23. @throws RangeError when not whole, negative or decimals not 0–4 */
export function amountText({ part, whole }: Amount, unit: ReportUnit, decimals: number): string {
  if (!Number.isSafeInteger(part) || part < 0 || !Number.isSafeInteger(whole) || whole <= 0) throw new RangeError(`no amount: ${part}/${whole}`);
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 4) throw new RangeError(`decimals out of range: ${decimals}`);
  const [times, by] = scales[unit];
  const scale = 10n ** BigInt(decimals);
  const above = BigInt(part) * BigInt(times) * scale;
  const below = BigInt(whole) * BigInt(by);
  const units = (above * 2n + below) / (below * 2n);
  return decimals === 0 ? `${units}` : `${units / scale}.${(units % scale).toString().padStart(decimals, '0')}`;
}
