import { describe, expect, it } from 'vitest';
import type { Trajectories } from '../../../src/models/ppo/index.ts';
import { generalisedAdvantages, weightedSum } from '../../../src/models/ppo/index.ts';

const [DISCOUNT, LAMBDA] = [0.5, 0.25];

/** One environment, one component, three steps. */
function three(
  ends: { readonly terminated?: readonly number[]; readonly truncated?: readonly number[] } = {},
): Trajectories {
  return {
    rewards: Float32Array.of(1, 2, 3),
    values: Float64Array.of(10, 20, 30),
    nextValues: Float64Array.of(20, 30, 40),
    terminated: Uint8Array.from(ends.terminated ?? [0, 0, 0]),
    truncated: Uint8Array.from(ends.truncated ?? [0, 0, 0]),
    shape: [3, 1, 1],
  };
}

const advantagesOf = (given: Trajectories, lambda = LAMBDA): readonly number[] => [
  ...generalisedAdvantages(given, { discount: DISCOUNT, lambda }).advantages,
];

describe('generalisedAdvantages', () => {
  it('is Σ (γλ)ᵏ δ, by hand', () => {
    // δ = 1 + 10 − 10, 2 + 15 − 20, 3 + 20 − 30 = 1, −3, −7; γλ = 1/8.
    const last = -7;
    const middle = -3 + last / 8;
    const given = three();
    expect(advantagesOf(given)).toEqual([1 + middle / 8, middle, last]);
    const { advantages, returns } = generalisedAdvantages(given, { discount: DISCOUNT, lambda: LAMBDA });
    expect([...returns]).toEqual([...advantages].map((advantage, at) => advantage + 10 * (at + 1)));
  });

  it('counts nothing after the task has ended: neither a value nor an error', () => {
    // δ = 1, 2 − 20, −7.
    expect(advantagesOf(three({ terminated: [0, 1, 0] }))).toEqual([1 - 18 / 8, -18, -7]);
  });

  it('counts the value of the last state where time ran out, and no error after', () => {
    expect(advantagesOf(three({ truncated: [0, 1, 0] }))).toEqual([1 - 3 / 8, -3, -7]);
  });

  it('is an error of one step with λ = 0, and the discounted sum less V with λ = 1', () => {
    expect(advantagesOf(three(), 0)).toEqual([1, -3, -7]);
    const sum = 1 + 2 * DISCOUNT + 3 * DISCOUNT ** 2 + 40 * DISCOUNT ** 3;
    expect(advantagesOf(three(), 1)[0]).toBeCloseTo(sum - 10, 12);
  });

  it('keeps environments and components apart', () => {
    const { rewards, values, nextValues, terminated } = three({ terminated: [0, 1, 0] });
    const untouched = three();
    // Environment 0 ends in the middle, environment 1 does not; of two components the second is the first, doubled.
    const pair = (x: number): number[] => [x, 2 * x, x, 2 * x];
    const both: Trajectories = {
      rewards: Float32Array.from([...rewards].flatMap(pair)),
      values: Float64Array.from([...values].flatMap(pair)),
      nextValues: Float64Array.from([...nextValues].flatMap(pair)),
      terminated: Uint8Array.from([...terminated].flatMap((end) => [end, 0])),
      truncated: new Uint8Array(6),
      shape: [3, 2, 2],
    };
    const ending = advantagesOf(three({ terminated: [0, 1, 0] }));
    const going = advantagesOf(untouched);
    expect(advantagesOf(both)).toEqual(
      ending.flatMap((x, step) => [x, 2 * x, going[step] ?? NaN, 2 * (going[step] ?? NaN)]),
    );
  });

  it('is linear: advantages of weighted components are the weighted advantages', () => {
    const given: Trajectories = {
      rewards: Float32Array.of(1, -4, 2, 5, 0, 3),
      values: Float64Array.of(1, 2, 3, 4, 5, 6),
      nextValues: Float64Array.of(3, 4, 5, 6, 7, 8),
      terminated: Uint8Array.of(0, 1, 0),
      truncated: new Uint8Array(3),
      shape: [3, 1, 2],
    };
    const weights = [2, -0.5];
    const settings = { discount: DISCOUNT, lambda: LAMBDA };
    const total: Trajectories = {
      ...given,
      rewards: Float32Array.from(weightedSum(Float64Array.from(given.rewards), weights)),
      values: weightedSum(given.values, weights),
      nextValues: weightedSum(given.nextValues, weights),
      shape: [3, 1, 1],
    };
    expect(weightedSum(generalisedAdvantages(given, settings).advantages, weights)).toEqual(
      generalisedAdvantages(total, settings).advantages,
    );
  });
});

describe('weightedSum', () => {
  it('weighs the components of each row', () => {
    expect([...weightedSum(Float64Array.of(1, 2, 3, 4, 5, 6), [1, 0.5, -1])]).toEqual([-1, 0.5]);
  });
});
