import { describe, expect, it } from 'vitest';
import { uniformWeights } from '../../src/nn/initialisers.ts';
import { weightCount } from '../../src/nn/network.ts';
import { streamOf } from '../../src/numerics/stream.ts';

const WIDTHS = [9, 64, 64, 2];
const weights = uniformWeights(streamOf(3), WIDTHS);

describe('uniformWeights', () => {
  it('has a weight for each that the network needs', () => {
    expect(weights).toHaveLength(weightCount(WIDTHS));
  });

  it('stays within ±1/√fan_in of each layer, and reaches near it', () => {
    const first = weights.slice(0, 9 * 64);
    const second = weights.slice(9 * 64 + 64, 9 * 64 + 64 + 64 * 64);
    const largest = (part: Float32Array): number => Math.max(...part.map(Math.abs));
    expect(largest(first)).toBeLessThanOrEqual(1 / 3);
    expect(largest(first)).toBeGreaterThan(0.99 / 3);
    expect(largest(second)).toBeLessThanOrEqual(1 / 8);
    expect(largest(second)).toBeGreaterThan(0.99 / 8);
  });

  it('has the variance of a uniform distribution, 1/(3·fan_in)', () => {
    const second = weights.slice(9 * 64 + 64, 9 * 64 + 64 + 64 * 64);
    const variance = second.reduce((sum, weight) => sum + weight * weight, 0) / second.length;
    // The deviation of a mean of 4,096 squares of uniforms is 1.4 % of it; 6 of them.
    expect(Math.abs(variance * 3 * 64 - 1)).toBeLessThan(0.085);
  });

  it('depends on the seed alone', () => {
    expect(uniformWeights(streamOf(3), WIDTHS)).toEqual(weights);
    expect(uniformWeights(streamOf(4), WIDTHS)).not.toEqual(weights);
  });
});
