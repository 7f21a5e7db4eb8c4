import { describe, expect, it } from 'vitest';
import { environmentSettings } from '../../../../src/models/ppo/index.ts';
import { streamOf } from '../../../../src/numerics/stream.ts';
import { begin, bestIn, made, optimumOf, stepOf } from './episode.ts';

/** Mean and standard error of the discounted reward from a state on, until γᵗ is 1e-4 of 1. */
function simulated(discount: number, from: readonly number[], act: (best: number) => number) {
  const environment = made({ name: 'linear-quadratic' }, discount);
  const random = streamOf('linear-quadratic');
  const returns = Array.from({ length: 400 }, () => {
    const state = Float32Array.from(from);
    let [total, weight] = [0, 1];
    for (; weight > 1e-4; weight *= discount) {
      const [best = Number.NaN] = bestIn(environment, state);
      total += weight * stepOf(environment, state, [act(best)], random).reward;
    }
    return total;
  });
  const mean = returns.reduce((sum, one) => sum + one, 0) / returns.length;
  const variance = returns.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (returns.length - 1);
  const value = optimumOf(environment).value(Float32Array.from(from));
  return { mean, error: Math.sqrt(variance / returns.length), value };
}

describe('linear-quadratic control', () => {
  it.each([0.9, 0.97])('at a discount of %f is worth what a simulation earns, noise and all', (discount) => {
    const { mean, error, value } = simulated(discount, [1, -0.5], (best) => best);
    expect(Math.abs(mean - value)).toBeLessThan(5 * error + 2e-3 * Math.abs(value));
    // The bound is tight enough to see the noise: what it costs is far beyond it.
    expect(5 * error + 2e-3 * Math.abs(value)).toBeLessThan(0.25);
    // γ/(1−γ) · σ² · tr P, σ = 0.1, tr P > 4.
    expect((discount / (1 - discount)) * 0.01 * 4).toBeGreaterThan(0.3);
  });

  // From far away, where what a policy loses, which grows with the square, stands out from the noise.
  it.each([0, 0.5, 1.5])('earns less with %f times the best control', (share) => {
    const best = simulated(0.9, [5, 5], (one) => one);
    const other = simulated(0.9, [5, 5], (one) => share * one);
    expect(other.mean).toBeLessThan(best.value - 5 * other.error);
  });

  it('has the figures of its comment at the default discount', () => {
    const environment = made({ name: 'linear-quadratic' });
    const noise = -optimumOf(environment).value(new Float32Array(2));
    expect(noise).toBeCloseTo(5.94, 2);
    // From a random start: E x1² = E x2² = 1, and they are independent.
    const start = [1, -1].flatMap((x) =>
      [1, -1].map((y) => -optimumOf(environment).value(Float32Array.of(x, y))),
    );
    expect(start.reduce((sum, one) => sum + one, 0) / 4).toBeCloseTo(11.94, 2);
  });

  it('begins with the standard deviation that it says', () => {
    const environment = made({ name: 'linear-quadratic', spread: 2 });
    const random = streamOf(1);
    const starts = Array.from({ length: 2000 }, () => [...begin(environment, random)]).flat();
    // The deviation of a mean square of 4,000 uniforms is 1.4 % of it.
    expect(starts.reduce((sum, one) => sum + one * one, 0) / starts.length / 4).toBeCloseTo(1, 1);
  });

  it('takes systems of other sizes, and only of sizes that fit', () => {
    const three = {
      name: 'linear-quadratic',
      transition: [
        [0.5, 0.1, 0],
        [0, 0.5, 0.1],
        [0.1, 0, 0.5],
      ],
      control: [
        [1, 0],
        [0, 1],
        [0, 0],
      ],
      stateCost: [1, 1, 0],
      controlCost: [1, 2],
    };
    const environment = made(three);
    expect(environment.observations).toEqual(['x1', 'x2', 'x3']);
    expect(bestIn(environment, Float32Array.of(1, 2, 3))).toHaveLength(2);
    expect(environmentSettings.safeParse({ ...three, controlCost: [1] }).success).toBe(false);
    expect(environmentSettings.safeParse({ ...three, stateCost: [1, 1] }).success).toBe(false);
  });
});
