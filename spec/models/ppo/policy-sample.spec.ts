import { describe, expect, it } from 'vitest';
import {
  executedAction,
  gaussianLogDensity,
  likeliestAction,
  sampleAction,
} from '../../../src/models/ppo/index.ts';
import { streamOf } from '../../../src/numerics/stream.ts';

const NONE = new Float32Array(0);

describe('sampleAction of a discrete policy', () => {
  const parameters = [Math.log(1), Math.log(2), Math.log(5)].map((logit) => logit + 700);

  it('draws each action as often as it is probable, with its logarithm, however large the logits are', () => {
    const random = streamOf(1);
    const counts = [0, 0, 0];
    for (let draw = 0; draw < 8000; draw += 1) {
      const { raw, logProbability } = sampleAction('discrete', { parameters, logDeviation: NONE }, random);
      const chosen = raw.indexOf(1);
      counts[chosen] = (counts[chosen] ?? 0) + 1;
      expect([...raw].reduce((sum, x) => sum + x, 0)).toBe(1);
      expect(logProbability).toBeCloseTo(Math.log([1 / 8, 2 / 8, 5 / 8][chosen] ?? NaN), 10);
    }
    // Five standard deviations of a binomial count, √(8000 · p(1 − p)) ≤ 43.3.
    for (const [index, expected] of [1000, 2000, 5000].entries())
      expect(Math.abs((counts[index] ?? 0) - expected)).toBeLessThan(217);
  });

  it('makes no plausible number of logits that are none', () => {
    const { logProbability } = sampleAction(
      'discrete',
      { parameters: [0, Number.NaN], logDeviation: NONE },
      streamOf(1),
    );
    expect(logProbability).toBeNaN();
  });
});

describe('sampleAction of a Gaussian policy', () => {
  const policy = { parameters: [2, -1], logDeviation: [Math.log(0.5), Math.log(3)] };

  it('draws u = μ + σε and tells the density of the number that is kept', () => {
    const random = streamOf(4);
    const again = streamOf(4);
    const { raw, logProbability } = sampleAction('continuous', policy, random);
    expect([...raw]).toEqual([
      Math.fround(2 + 0.5 * again.normal()),
      // The deviation is e^log σ, which rounds.
      Math.fround(-1 + Math.exp(Math.log(3)) * again.normal()),
    ]);
    expect(logProbability).toBe(gaussianLogDensity(raw, policy.parameters, policy.logDeviation));
  });

  it('has the density of the normal law', () => {
    expect(gaussianLogDensity([0], [0], [0])).toBeCloseTo(-0.9189385332046727, 15);
    // log N(3; 1, 2²) = −½ − log 2 − ½ log 2π.
    expect(gaussianLogDensity([3], [1], [Math.log(2)])).toBeCloseTo(
      -0.5 - Math.log(2) - 0.9189385332046727,
      14,
    );
    expect(gaussianLogDensity([0, 3], [0, 1], [0, Math.log(2)])).toBeCloseTo(
      -0.5 - Math.log(2) - 2 * 0.9189385332046727,
      14,
    );
  });
});

describe('likeliestAction', () => {
  it('is the largest logit, or the mean', () => {
    expect([...likeliestAction('discrete', [0, 3, 1])]).toEqual([0, 1, 0]);
    expect([...likeliestAction('continuous', [0.5, -3])]).toEqual([0.5, -3]);
  });
});

describe('executedAction', () => {
  it('is the index of a one-hot row', () => {
    expect([...executedAction({ kind: 'discrete', count: 3 }, [0, 0, 1])]).toEqual([2]);
  });

  it('squashes between finite bounds, and leaves what has none as it is', () => {
    const space = { kind: 'continuous', low: [-2, -Infinity, 0], high: [4, Infinity, Infinity] } as const;
    expect([...executedAction(space, [0, 7, -7])]).toEqual([1, 7, -7]);
    const [upper = NaN] = executedAction(space, [Math.log(3), 0, 0]);
    expect(upper).toBeCloseTo(-2 + 6 * 0.75, 6);
  });

  it('stays within the bounds, however far the sample is out', () => {
    const space = { kind: 'continuous', low: [-2], high: [4] } as const;
    expect([...executedAction(space, [-1e4])]).toEqual([-2]);
    expect([...executedAction(space, [1e4])]).toEqual([4]);
  });
});
