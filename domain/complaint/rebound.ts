import { betaQuantile, gammaQuantile } from './gamma.ts';

/** 次数与暴露量: how many reports, whole, over how many unit-days (户×天), whole and above zero. */
export interface Exposed { readonly count: number; readonly exposure: number }
/** 同类小区的合计, of estates of the same management and kind of township. `countSquares`: Σ n²/e; `exposureSquares`: Σ e². */
export interface Group { readonly estates: number; readonly count: number; readonly exposure: number; readonly countSquares: number; readonly exposureSquares: number }
/** 先验: a Gamma of this shape and rate, and how it was come by. */
export interface Prior { readonly alpha: number; readonly beta: number; readonly from: PriorSource }
/** 先验的来历 in words. */
export const priorLabels = { moments: '同类小区之间的差别（矩估计）', pooled: '同类小区看不出差别，按同类合计', none: '同类小区太少，只看本小区' } as const;
export type PriorSource = keyof typeof priorLabels;
/** 比率及其区间, reports of one unit in one day. */
export interface Rate { readonly alpha: number; readonly beta: number; readonly mean: number; readonly low: number; readonly high: number }
/** 与整治前相比. */
export const verdictLabels = { fewer: '比整治前少', unclear: '尚不足以判断', more: '比整治前多' } as const;
export type Verdict = keyof typeof verdictLabels;
/** 反弹率. `ratio`: the rate after over the rate before, its median and interval. */
export interface Rebound { readonly before: Rate; readonly after: Rate; readonly ratio: { readonly median: number; readonly low: number; readonly high: number }; readonly verdict: Verdict }

/** The interval holds the rate nine times in ten, half of the rest on either side. */
const [LOW, MIDDLE, HIGH] = [0.05, 0.5, 0.95];
/** Half a report and no time: says next to nothing, and lets nought stand for a small rate instead of none. */
const LEAST_ALPHA = 0.5;
const ALONE: Prior = { alpha: LEAST_ALPHA, beta: 0, from: 'none' };

/**
 * 先验: what similar estates say, by the method of moments. With rates r_j = n_j / e_j and their mean m = Σn / Σe, Σ e_j (r_j − m)² is expected to be
 * (J − 1) m + v (Σe − Σe² / Σe); v is how far the estates differ beyond chance, and the Gamma has α = m² / v, β = α / m, with α never
 * less than ½, so that one wild estate does not make nought certain for the rest. Where they do not differ (v ≤ 0)
 * the whole group stands for each; with fewer than `leastEstates` or no report at all the estate stands alone with α = ½.
 */
export function priorOf({ estates, count, exposure, countSquares, exposureSquares }: Group, leastEstates: number): Prior {
  if (estates < leastEstates || estates < 2 || count === 0 || exposure <= 0) return ALONE;
  const mean = count / exposure;
  const spread = countSquares - mean * mean * exposure;
  const room = exposure - exposureSquares / exposure;
  const between = room > 0 ? (spread - (estates - 1) * mean) / room : 0;
  // So little difference that its prior would weigh more than the whole group: then it is the group.
  if (between <= 0 || mean / between >= exposure) return { alpha: count, beta: exposure, from: 'pooled' };
  const alpha = Math.max(LEAST_ALPHA, (mean * mean) / between);
  return { alpha, beta: alpha / mean, from: 'moments' };
}

/** 收缩后的比率: the prior and what was counted, together. @throws RangeError unless the count is whole and not negative and the exposure above zero */
export function rateOf({ count, exposure }: Exposed, prior: Prior): Rate {
  if (!Number.isInteger(count) || count < 0 || !Number.isInteger(exposure) || exposure <= 0) throw new RangeError(`not a count over an exposure: ${count} / ${exposure}`);
  const [alpha, beta] = [prior.alpha + count, prior.beta + exposure];
  return { alpha, beta, mean: alpha / beta, low: gammaQuantile(alpha, LOW) / beta, high: gammaQuantile(alpha, HIGH) / beta };
}

/** 反弹率: after the place was put in order against before, each drawn towards its like. The ratio of two Gammas is that of a Beta: a / (a + b) of their shapes. */
export function reboundOf(before: Exposed, after: Exposed, priors: { readonly before: Prior; readonly after: Prior }): Rebound {
  const [was, is] = [rateOf(before, priors.before), rateOf(after, priors.after)];
  const ratioAt = (probability: number) => oddsOf(is.alpha, was.alpha, probability) * (was.beta / is.beta);
  const ratio = { median: ratioAt(MIDDLE), low: ratioAt(LOW), high: ratioAt(HIGH) };
  return { before: was, after: is, ratio, verdict: ratio.low > 1 ? 'more' : ratio.high < 1 ? 'fewer' : 'unclear' };
}

/** x / (1 − x) of a Beta quantile, asked from whichever end is near nought, where a number keeps its figures. */
function oddsOf(a: number, b: number, probability: number): number {
  const part = betaQuantile(a, b, probability);
  if (part <= 0.5) return part / (1 - part);
  const rest = betaQuantile(b, a, 1 - probability);
  return (1 - rest) / rest;
}

/** 合计: what `priorOf` needs of a group, from its estates one by one. */
export const groupOfEstates = (estates: readonly Exposed[]): Group => estates.reduce<Group>((sum, { count, exposure }) => ({
  estates: sum.estates + 1, count: sum.count + count, exposure: sum.exposure + exposure, countSquares: sum.countSquares + (count * count) / exposure, exposureSquares: sum.exposureSquares + exposure * exposure,
}), { estates: 0, count: 0, exposure: 0, countSquares: 0, exposureSquares: 0 });
