import { describe, expect, it } from 'vitest';
import type { ReturnScale } from '../../../src/models/ppo/index.ts';
import {
  addReturns,
  denormaliseBy,
  noReturnMoments,
  normaliseBy,
  ppoKit,
  scaleOf,
  scaleRewards,
  unitsOf,
  valueTargets,
} from '../../../src/models/ppo/index.ts';
import { noMoments } from '../../../src/numerics/running-moments.ts';

const plain = ({ mean, deviation }: ReturnScale) => ({ mean: [...mean], deviation: [...deviation] });

describe('moments of returns', () => {
  it('are those of the first update after it, however slow they are', () => {
    const moments = addReturns(noReturnMoments(2), Float64Array.of(1, 10, 3, 30), 0.99);
    const { mean, deviation } = scaleOf(moments);
    for (const [component, expected] of [2, 20].entries()) expect(mean[component]).toBeCloseTo(expected, 10);
    for (const [component, expected] of [1, 10].entries())
      expect(deviation[component]).toBeCloseTo(expected, 10);
  });

  it('forget at the rate of the decay', () => {
    const first = addReturns(noReturnMoments(1), Float64Array.of(0, 4), 0.75);
    const second = addReturns(first, Float64Array.of(6, 6), 0.75);
    // Weights of the updates: 3/16 and 1/4, together 7/16; first moments 2 and 6, second moments 8 and 36.
    const mean = (3 * 2 + 4 * 6) / 7;
    const { mean: told, deviation } = scaleOf(second);
    expect(told[0]).toBeCloseTo(mean, 12);
    expect(deviation[0]).toBeCloseTo(Math.sqrt((3 * 8 + 4 * 36) / 7 - mean ** 2), 12);
  });

  it('are 0 and 1 before any return, and their size stands for the deviation where all are equal', () => {
    expect(plain(scaleOf(noReturnMoments(1)))).toEqual({ mean: [0], deviation: [1] });
    const equal = addReturns(noReturnMoments(1), Float64Array.of(7, 7, 7), 0.9);
    expect(scaleOf(equal).deviation[0]).toBeCloseTo(7, 12);
  });

  it('are told in the units of the returns, however small or far from 0', () => {
    // Returns that differ by a ten-thousandth of their mean differ: the scale must follow when all are rescaled.
    for (const unit of [1e-6, 1, 1e6]) {
      const moments = addReturns(noReturnMoments(1), Float64Array.of(9_999 * unit, 10_001 * unit), 0.9);
      expect((scaleOf(moments).deviation[0] ?? NaN) / unit).toBeCloseTo(1, 4);
    }
  });
});

describe('scaleRewards', () => {
  const none = (environments: number) => ({
    moments: noMoments(1),
    discounted: new Float64Array(environments),
  });
  const settings = { discount: 0.5, clip: 10 };

  it('divides by the running deviation of the discounted return, from which the first row is not exempt', () => {
    const rewards = Float32Array.of(1, 3, 2, 2);
    const { rewards: scaled, scale } = scaleRewards(
      none(2),
      rewards,
      Float64Array.from(rewards),
      new Uint8Array(4),
      settings,
    );
    // Discounted returns 1, 3; then 2.5, 3.5: deviations 1, and √(0.875) of the four.
    expect([...scale.discounted]).toEqual([2.5, 3.5]);
    expect(scale.moments.variance[0]).toBeCloseTo(0.875, 12);
    for (const [at, value] of [1, 3, 2 / Math.sqrt(0.875), 2 / Math.sqrt(0.875)].entries())
      expect(scaled[at]).toBeCloseTo(value, 6);
  });

  it('begins anew where an episode ended, its last reward counted', () => {
    const rewards = Float32Array.of(4, 1);
    const { scale } = scaleRewards(
      none(1),
      rewards,
      Float64Array.from(rewards),
      Uint8Array.of(1, 0),
      settings,
    );
    expect([...scale.discounted]).toEqual([1]);
    expect(scale.moments.mean[0]).toBe(2.5);
  });

  it('keeps sign and zero, and what components count beside each other', () => {
    // Two components: the totals are what the deviation is of.
    const rewards = Float32Array.of(2, -1, 0, 0, -6, 3);
    const { rewards: scaled } = scaleRewards(
      none(1),
      rewards,
      Float64Array.of(1, 0, -3),
      new Uint8Array(3),
      settings,
    );
    expect([scaled[2], scaled[3]]).toEqual([0, 0]);
    for (const row of [2]) expect((scaled[2 * row] ?? NaN) / (scaled[2 * row + 1] ?? NaN)).toBeCloseTo(-2, 5);
    expect(scaled[4]).toBeLessThan(0);
  });

  it('clips, and is not changed by the grouping into rollouts', () => {
    const rewards = Float32Array.of(1e-3, -1e-3, 50, 0.5);
    const totals = Float64Array.from(rewards);
    const ends = new Uint8Array(4);
    const whole = scaleRewards(none(1), rewards, totals, ends, { discount: 0.9, clip: 1.5 });
    expect(Math.max(...whole.rewards)).toBe(1.5);
    const first = scaleRewards(none(1), rewards.subarray(0, 3), totals.subarray(0, 3), ends.subarray(0, 3), {
      discount: 0.9,
      clip: 1.5,
    });
    const second = scaleRewards(first.scale, rewards.subarray(3), totals.subarray(3), ends.subarray(3), {
      discount: 0.9,
      clip: 1.5,
    });
    expect([...first.rewards, ...second.rewards]).toEqual([...whole.rewards]);
    expect(second.scale).toEqual(whole.scale);
  });
});

describe('units of values', () => {
  const scale = { mean: Float64Array.of(3, -1), deviation: Float64Array.of(2, 0.5) };

  it('go there and back', () => {
    const rows = [5, -1, 3, 0];
    expect([...normaliseBy(scale, rows)]).toEqual([1, 0, 0, 2]);
    expect([...denormaliseBy(scale, normaliseBy(scale, rows))]).toEqual(rows);
  });

  it('are those of the moments with popart alone', () => {
    const moments = addReturns(noReturnMoments(1), Float64Array.of(1, 5), 0.9);
    expect(unitsOf(moments, { normalisation: 'popart' })).toEqual(scaleOf(moments));
    for (const normalisation of ['none', 'running'] as const)
      expect(plain(unitsOf(moments, { normalisation }))).toEqual({ mean: [0], deviation: [1] });
  });
});

describe('valueTargets', () => {
  const returns = Float64Array.of(1, 10, 5, 30);

  it('are the returns as they are without popart; the deviation is theirs', () => {
    const { targets, deviation, moments } = valueTargets(ppoKit, returns, noReturnMoments(2), {
      normalisation: 'none',
      decay: 0.9,
    });
    expect([...targets]).toEqual([...returns]);
    for (const [component, expected] of [2, 10].entries())
      expect(deviation[component]).toBeCloseTo(expected, 10);
    expect(moments.weight).toBeCloseTo(0.1, 12);
  });

  it('are standardised by moments that have seen them with popart; the deviation is 1 in those units', () => {
    const { targets, deviation, units } = valueTargets(ppoKit, returns, noReturnMoments(2), {
      normalisation: 'popart',
      decay: 0.9,
    });
    for (const [at, expected] of [-1, -1, 1, 1].entries()) expect(targets[at]).toBeCloseTo(expected, 10);
    expect([...deviation]).toEqual([1, 1]);
    expect(units.mean[1]).toBeCloseTo(20, 10);
  });
});
