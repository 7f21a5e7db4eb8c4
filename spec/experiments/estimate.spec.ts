import { describe, expect, it } from 'vitest';
import { contrastOf, estimateOf } from '../../src/experiments/index.ts';

const by = (...values: readonly number[]) => new Map(values.map((value, seed) => [seed, value]));

describe('a contrast of arms', () => {
  it('is taken seed by seed, so that what seeds share falls out', () => {
    const contrast = contrastOf([
      [1, by(101, 202, 303)],
      [-1, by(100, 200, 300)],
    ]);
    expect(contrast).toEqual({ mean: 2, deviation: 1, seeds: 3, isDifference: false });
  });

  it.each([
    // Student's t for two degrees of freedom is 4.303: √3 · mean / deviation must exceed it.
    [2.4, false],
    [2.6, true],
  ])('of mean %d and deviation 1 over three seeds is called a difference: %s', (mean, isDifference) => {
    const contrast = contrastOf([[1, by(mean - 1, mean, mean + 1)]]);
    expect(contrast?.isDifference).toBe(isDifference);
  });

  it('of one seed is never called a difference, nor is one that is 0 with every seed', () => {
    expect(contrastOf([[1, by(5)]])).toEqual({ mean: 5, seeds: 1 });
    expect(contrastOf([[1, by(0, 0)]])?.isDifference).toBe(false);
  });

  it('is over the seeds that all arms have', () => {
    const contrast = contrastOf([
      [1, new Map([[2, 7]])],
      [-1, by(1, 2, 3)],
    ]);
    expect(contrast).toEqual({ mean: 4, seeds: 1 });
    expect(contrastOf([[1, new Map()]])).toBeUndefined();
  });

  it('with a value that is no number is no difference', () => {
    expect(contrastOf([[1, by(Number.NaN, 1)]])?.isDifference).toBe(false);
    expect(estimateOf([1, 3])).toEqual({ mean: 2, deviation: Math.SQRT2, seeds: 2 });
  });
});
