import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupOfEstates, priorOf, rateOf, reboundOf, type Exposed, type Prior } from './rebound.ts';

const LEAST = 3;
const exposed: fc.Arbitrary<Exposed> = fc.record({ count: fc.nat({ max: 200 }), exposure: fc.integer({ min: 1, max: 5_000_000 }) });
const some = fc.array(exposed, { minLength: 0, maxLength: 40 });
const alone: Prior = { alpha: 0.5, beta: 0, from: 'none' };
const close = (a: number, b: number, part: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(part * Math.abs(b));

describe('what similar estates say', () => {
  test('worked by hand: four estates of equal size with 0, 0, 6 and 10 reports differ beyond chance', () => {
    // m = 16/4000 = 0.004; Σ e (r − m)² = 1000 · (0.004² + 0.004² + 0.002² + 0.006²) = 0.072; v = (0.072 − 3 · 0.004) / (4000 − 4·10⁶/4000) = 0.06 / 3000 = 0.00002.
    const prior = priorOf(groupOfEstates([0, 0, 6, 10].map((count) => ({ count, exposure: 1_000 }))), LEAST);
    close(prior.alpha, 0.8, 1e-9);
    close(prior.beta, 200, 1e-9);
    expect(prior.from).toBe('moments');
  });

  test('estates that differ no more than by chance are one', () => {
    expect(priorOf(groupOfEstates([3, 3, 3].map((count) => ({ count, exposure: 1_000 }))), LEAST)).toEqual({ alpha: 9, beta: 3_000, from: 'pooled' });
  });

  test('too few of them, or none that had a report, say nothing', () => {
    expect(priorOf(groupOfEstates([{ count: 9, exposure: 10 }, { count: 1, exposure: 10 }]), LEAST)).toEqual(alone);
    expect(priorOf(groupOfEstates([0, 0, 0, 0].map((count) => ({ count, exposure: 10 }))), LEAST)).toEqual(alone);
  });

  test('whatever was counted, a prior is usable: its shape is above zero and its mean is the group’s', () => {
    fc.assert(fc.property(some, (estates) => {
      const group = groupOfEstates(estates);
      const prior = priorOf(group, LEAST);
      expect(prior.alpha).toBeGreaterThan(0);
      if (prior.from !== 'none') close(prior.alpha / prior.beta, group.count / group.exposure, 1e-6);
    }));
  });
});

describe('a rate', () => {
  test('lies between what was counted and the group’s mean, and its interval holds it', () => {
    fc.assert(fc.property(exposed, some, (own, estates) => {
      const prior = priorOf(groupOfEstates(estates), LEAST);
      const rate = rateOf(own, prior);
      expect(rate.low).toBeLessThan(rate.high);
      if (rate.alpha >= 1) expect(rate.low < rate.mean && rate.mean < rate.high).toBe(true);
      if (prior.from === 'none') return;
      const ends = [own.count / own.exposure, prior.alpha / prior.beta];
      expect(rate.mean).toBeGreaterThanOrEqual(Math.min(...ends) * (1 - 1e-9));
      expect(rate.mean).toBeLessThanOrEqual(Math.max(...ends) * (1 + 1e-9));
    }));
  });

  test('with next to no exposure it is the group’s mean; with very much it is its own', () => {
    const prior: Prior = { alpha: 4, beta: 1_000_000, from: 'moments' };
    close(rateOf({ count: 0, exposure: 1 }, prior).mean, 4 / 1_000_000, 1e-5);
    close(rateOf({ count: 900_000, exposure: 30_000_000_000 }, prior).mean, 900_000 / 30_000_000_000, 1e-4);
  });

  test('one report more never lowers it, one unit-day more never raises it, and more time narrows it', () => {
    fc.assert(fc.property(exposed, some, ({ count, exposure }, estates) => {
      const prior = priorOf(groupOfEstates(estates), LEAST);
      const rate = rateOf({ count, exposure }, prior);
      const [more, longer] = [rateOf({ count: count + 1, exposure }, prior), rateOf({ count, exposure: exposure + 1 }, prior)];
      for (const of of ['mean', 'low', 'high'] as const) {
        expect(more[of]).toBeGreaterThanOrEqual(rate[of] * (1 - 1e-9));
        expect(longer[of]).toBeLessThanOrEqual(rate[of] * (1 + 1e-9));
      }
    }), { numRuns: 60 });
  });

  test('small numbers do not shout: one report in a tiny estate stays nearer to its like than in a large one', () => {
    const prior: Prior = { alpha: 2, beta: 200_000, from: 'moments' };
    const [tiny, large] = [rateOf({ count: 1, exposure: 10_000 }, prior), rateOf({ count: 100, exposure: 1_000_000 }, prior)];
    expect(tiny.mean).toBeLessThan(large.mean);
  });

  test('what is no count over an exposure is refused', () => {
    for (const bad of [{ count: -1, exposure: 5 }, { count: 0.5, exposure: 5 }, { count: 1, exposure: 0 }]) expect(() => rateOf(bad, alone)).toThrow(RangeError);
  });
});

describe('after against before', () => {
  test('exact on its own: two exponentials of one rate have a ratio whose quantiles are p / (1 − p)', () => {
    // α = 1 on both sides and the same exposure: P(ratio ≤ x) = x / (1 + x).
    const half: Prior = { alpha: 1, beta: 0, from: 'none' };
    const { ratio, verdict } = reboundOf({ count: 0, exposure: 100 }, { count: 0, exposure: 100 }, { before: half, after: half });
    close(ratio.median, 1, 1e-8);
    close(ratio.low, 0.05 / 0.95, 1e-8);
    close(ratio.high, 0.95 / 0.05, 1e-8);
    expect(verdict).toBe('unclear');
  });

  test('nothing can be told of a few reports; of many that stopped, or doubled, it can', () => {
    const priors = { before: alone, after: alone };
    expect(reboundOf({ count: 2, exposure: 36_500 }, { count: 1, exposure: 9_000 }, priors).verdict).toBe('unclear');
    expect(reboundOf({ count: 40, exposure: 36_500 }, { count: 1, exposure: 9_000 }, priors).verdict).toBe('fewer');
    expect(reboundOf({ count: 40, exposure: 36_500 }, { count: 30, exposure: 9_000 }, priors).verdict).toBe('more');
  });

  test('the interval is in order, turns over when the sides change places, and only words say what it says', () => {
    fc.assert(fc.property(exposed, exposed, (before, after) => {
      const priors = { before: alone, after: alone };
      const [here, there] = [reboundOf(before, after, priors), reboundOf(after, before, priors)];
      expect(here.ratio.low <= here.ratio.median && here.ratio.median <= here.ratio.high).toBe(true);
      close(here.ratio.median * there.ratio.median, 1, 1e-5);
      expect(here.verdict === 'unclear').toBe(here.ratio.low <= 1 && here.ratio.high >= 1);
    }), { numRuns: 60 });
  });
});
