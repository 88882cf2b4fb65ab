import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { betaAtMost, betaQuantile, gammaAtMost, gammaQuantile, logGamma } from './gamma.ts';

const near = (value: number, wanted: number, part = 1e-8) => expect(Math.abs(value - wanted)).toBeLessThanOrEqual(part * Math.max(1e-12, Math.abs(wanted)));

describe('against tables and closed forms', () => {
  test('ln Γ of whole and half numbers', () => {
    near(logGamma(0.5), Math.log(Math.sqrt(Math.PI)));
    near(logGamma(5), Math.log(24));
    near(logGamma(10.5), Math.log(1_133_278.388948785));
    near(logGamma(0.01), 4.599479878042022);
  });

  test('a Gamma of half a shape is half a chi-square: the percentage points of its table', () => {
    // Degrees of freedom, probability, percentage point.
    for (const [df, p, point] of [[1, 0.95, 3.841458820694124], [2, 0.05, 0.102586588775101], [2, 0.95, 5.991464547107979], [5, 0.05, 1.145476226061769], [10, 0.95, 18.307038053275146], [30, 0.05, 18.492660981953467], [100, 0.95, 124.34211340400407]] as const) near(gammaQuantile(df / 2, p), point / 2);
  });

  test('a Gamma of shape one is exponential, and of whole shape the sum of Poisson terms', () => {
    for (const p of [0.001, 0.05, 0.5, 0.95, 0.999]) near(gammaQuantile(1, p), -Math.log(1 - p));
    fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.01, max: 120, noNaN: true }), (shape, x) => {
      let [term, sum] = [Math.exp(-x), Math.exp(-x)];
      for (let k = 1; k < shape; k += 1) { term *= x / k; sum += term; }
      expect(Math.abs(gammaAtMost(shape, x) - (1 - sum))).toBeLessThan(1e-10);
    }));
  });

  test('a Beta of one and b, of a half and a half, and of whole shapes as a binomial sum', () => {
    fc.assert(fc.property(fc.double({ min: 0.05, max: 40, noNaN: true }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (b, x) => {
      expect(Math.abs(betaAtMost(1, b, x) - (1 - (1 - x) ** b))).toBeLessThan(1e-10);
      expect(Math.abs(betaAtMost(0.5, 0.5, x) - (2 / Math.PI) * Math.asin(Math.sqrt(x)))).toBeLessThan(1e-10);
    }));
    fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (a, b, x) => {
      const n = a + b - 1;
      let sum = 0;
      for (let k = a; k <= n; k += 1) sum += Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)) * x ** k * (1 - x) ** (n - k);
      expect(Math.abs(betaAtMost(a, b, x) - sum)).toBeLessThan(1e-10);
    }));
  });

  test('the table of F, two and ten degrees of freedom: its 95 % point is 4.1028', () => {
    const x = betaQuantile(1, 5, 0.95);
    near((x / (1 - x)) * 5, 4.102821015, 1e-7);
  });
});

describe('quantiles', () => {
  const probability = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  const shape = fc.double({ min: 0.5, max: 5_000, noNaN: true });
  test('take the distribution back', () => {
    fc.assert(fc.property(shape, shape, probability, (a, b, p) => {
      expect(Math.abs(gammaAtMost(a, gammaQuantile(a, p)) - p)).toBeLessThan(1e-8);
      expect(Math.abs(betaAtMost(a, b, betaQuantile(a, b, p)) - p)).toBeLessThan(1e-6);
    }), { numRuns: 60 });
  });
  test('rise with the probability and with the shape', () => {
    fc.assert(fc.property(shape, probability, probability, (a, p, q) => {
      const [low, high] = [Math.min(p, q), Math.max(p, q)];
      expect(gammaQuantile(a, low)).toBeLessThanOrEqual(gammaQuantile(a, high) * (1 + 1e-9));
      expect(gammaQuantile(a, p)).toBeLessThan(gammaQuantile(a * 1.1, p) * (1 + 1e-9));
    }), { numRuns: 60 });
  });
  test('nothing but a probability and a shape is taken', () => {
    for (const p of [0, 1, -0.1, Number.NaN]) expect(() => gammaQuantile(2, p)).toThrow(RangeError);
    expect(() => gammaAtMost(0, 1)).toThrow(RangeError);
    expect(() => betaAtMost(1, 0, 0.5)).toThrow(RangeError);
  });
});
