/**
 * 伽马与贝塔分布的分位数: what a credible interval of a rate and of the ratio of two rates needs. Series and continued fractions of the incomplete
 * functions (Abramowitz and Stegun 6.5.29, 6.5.31, 26.5.8), quantiles by bisection; good to about ten figures for shapes from 0.01 to 1,000,000.
 */
const TINY = 1e-300;
const SMALL = 1e-15;
const MOST_TERMS = 100_000;
const LANCZOS = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];

/** ln Γ(x) for x > 0 (Lanczos, g = 7). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const sum = LANCZOS.reduce((total, term, at) => (at === 0 ? term : total + term / (z + at)), 0);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** 伽马分布函数: that a Gamma of this shape and rate one is at most x. @throws RangeError unless shape > 0 */
export function gammaAtMost(shape: number, x: number): number {
  if (!(shape > 0)) throw new RangeError(`not a shape: ${shape}`);
  if (x <= 0) return 0;
  const scale = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  return x < shape + 1 ? Math.min(1, scale * gammaSeries(shape, x)) : Math.max(0, 1 - scale * gammaFraction(shape, x));
}

function gammaSeries(shape: number, x: number): number {
  let [term, sum] = [1 / shape, 1 / shape];
  for (let n = 1; n < MOST_TERMS && Math.abs(term) > SMALL * Math.abs(sum); n += 1) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum;
}

function gammaFraction(shape: number, x: number): number {
  return fraction(x + 1 - shape, (n) => [-n * (n - shape), x + 2 * n + 1 - shape]);
}

/** 贝塔分布函数 I_x(a, b). @throws RangeError unless both are above zero */
export function betaAtMost(a: number, b: number, x: number): number {
  if (!(a > 0) || !(b > 0)) throw new RangeError(`not a pair of shapes: ${a}, ${b}`);
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const scale = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? Math.min(1, (scale * betaFraction(a, b, x)) / a) : Math.max(0, 1 - (scale * betaFraction(b, a, 1 - x)) / b);
}

const betaFraction = (a: number, b: number, x: number): number => fraction(1, (n) => {
  const m = Math.floor(n / 2);
  const step = n % 2 === 0 ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)) : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
  return [step, 1];
});

/** 1/(b₀ + a₁/(b₁ + a₂/(b₂ + …))), by Lentz. */
function fraction(first: number, next: (n: number) => readonly [number, number]): number {
  let c = 1 / TINY;
  let d = 1 / (first === 0 ? TINY : first);
  let value = d;
  for (let n = 1; n < MOST_TERMS; n += 1) {
    const [a, b] = next(n);
    const under = a * d + b;
    d = 1 / (Math.abs(under) < TINY ? TINY : under);
    const over = b + a / c;
    c = Math.abs(over) < TINY ? TINY : over;
    const change = d * c;
    value *= change;
    if (Math.abs(change - 1) < SMALL) return value;
  }
  return value;
}

/** 伽马分位数: the x that a Gamma of this shape and rate one does not exceed with this probability. @throws RangeError unless 0 < probability < 1 */
export function gammaQuantile(shape: number, probability: number): number {
  let most = shape + 1;
  while (gammaAtMost(shape, most) < probabilityOf(probability)) most *= 2;
  return bisect(0, most, (x) => gammaAtMost(shape, x) < probability);
}

/** 贝塔分位数. @throws RangeError unless 0 < probability < 1 */
export const betaQuantile = (a: number, b: number, probability: number): number => bisect(0, 1, (x) => betaAtMost(a, b, x) < probabilityOf(probability));

function probabilityOf(probability: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`not a probability: ${probability}`);
  return probability;
}

/** Halves until the two ends are neighbours or next to it; relative, so that small quantiles keep their figures. */
function bisect(from: number, to: number, isBelow: (x: number) => boolean): number {
  let [low, high] = [from, to];
  for (let n = 0; n < 1_100 && high - low > 1e-14 * high; n += 1) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) break;
    if (isBelow(middle)) low = middle; else high = middle;
  }
  return low + (high - low) / 2;
}
