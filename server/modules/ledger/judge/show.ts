import { formatSquareMetres } from '#domain/kernel/area.ts';
import { areaCm2 } from '#domain/kernel/brand.ts';

/** 显示面积 from canonical cm². */
export const showArea = (cm2: string): string => `${formatSquareMetres(areaCm2(Number(cm2)))}㎡`;
/** 显示金额 from canonical fen. */
export const showYuan = (fen: string): string => `${hundredths(Number(fen))}元`;
/** 显示比率 from canonical basis points. */
export const showPercent = (bp: string): string => `${hundredths(Number(bp))}%`;
/** 显示一词 of a closed list. */
export const showWord = (words: Readonly<Record<string, string>>) => (key: string): string => words[key] ?? key;
/** 个人信息不显示:that it changed is told, not from what to what. */
export const showHidden = (): string => '（已隐去）';

function hundredths(value: number): string {
  const whole = Math.trunc(value / 100);
  const rest = Math.abs(value % 100);
  return rest === 0 ? String(whole) : `${whole}.${rest.toString().padStart(2, '0').replace(/0$/, '')}`;
}
