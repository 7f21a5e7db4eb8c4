import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streamOf } from '../../../../src/numerics/stream.ts';
import { begin, bestIn, made, optimumOf, seen, stepOf } from './episode.ts';

const economies = fc.record({
  alpha: fc.double({ min: 0.1, max: 0.7, noNaN: true }),
  rho: fc.double({ min: 0, max: 0.95, noNaN: true }),
  discount: fc.double({ min: 0.5, max: 0.98, noNaN: true }),
});

describe('brock-mirman', () => {
  it('saves αβ', () => {
    const environment = made({ name: 'brock-mirman', alpha: 0.3 }, 0.95);
    expect(bestIn(environment, Float32Array.of(-1, 0.2))[0]).toBeCloseTo(0.285, 7);
    expect(optimumOf(environment).summary).toBe('save αβ = 0.285 of output');
  });

  it('obeys its Bellman equation, and saving otherwise loses: without noise, in single precision', () => {
    fc.assert(
      fc.property(
        economies,
        fc.double({ min: 0.02, max: 0.98, noNaN: true }),
        ({ discount, ...settings }, other) => {
          const environment = made({ name: 'brock-mirman', sigma: 0, ...settings }, discount);
          const { value } = optimumOf(environment);
          const worth = (savings: number): number => {
            const state = Float32Array.of(-1.5, 0.1);
            const { reward } = stepOf(environment, state, [savings], streamOf(0));
            return reward + discount * value(state);
          };
          const best = settings.alpha * discount;
          const expected = value(Float32Array.of(-1.5, 0.1));
          const rounding = 1e-6 * (1 + Math.abs(expected) + 1 / (1 - best));
          expect(Math.abs(worth(best) - expected)).toBeLessThan(rounding);
          // r + γV′ is log(1 − s) + [αβ/(1 − αβ)] log s and constants: its loss is the divergence of s from αβ, over 1 − αβ.
          const loss =
            (best * Math.log(best / other) + (1 - best) * Math.log((1 - best) / (1 - other))) / (1 - best);
          expect(Math.abs(worth(best) - worth(other) - loss)).toBeLessThan(2 * rounding);
        },
      ),
    );
  });

  it('moves as printed: all that is not saved is eaten', () => {
    const environment = made({ name: 'brock-mirman', sigma: 0, alpha: 0.4, rho: 0.5 });
    const state = Float32Array.of(Math.log(0.2), Math.log(1.1));
    const output = 1.1 * 0.2 ** 0.4;
    const { reward } = stepOf(environment, state, [0.25], streamOf(0));
    expect(Math.exp(state[0] ?? 0)).toBeCloseTo(0.25 * output, 6);
    expect(Math.exp(state[1] ?? 0)).toBeCloseTo(Math.sqrt(1.1), 6);
    // Less the utility of the golden rule, k = α^(1/(1−α)) and c = (1 − α) k^α.
    const golden = 0.6 * 0.4 ** (0.4 / 0.6);
    expect(reward).toBeCloseTo(Math.log((0.75 * output) / golden), 6);
  });

  it('shows numbers of order 1, and productivity with the deviation that it keeps', () => {
    const environment = made({ name: 'brock-mirman' });
    const random = streamOf(3);
    const shown = Array.from({ length: 200 }, () => {
      const state = begin(environment, random);
      for (let step = 0; step < 20; step += 1) stepOf(environment, state, bestIn(environment, state), random);
      return [...seen(environment, state)];
    });
    const square = shown.reduce((sum, [, z = 0]) => sum + z * z, 0) / shown.length;
    // Of 200 squares the mean deviates by 10 %.
    expect(square).toBeGreaterThan(0.6);
    expect(square).toBeLessThan(1.5);
    expect(Math.max(...shown.flat().map(Math.abs))).toBeLessThan(5);
  });

  it('refuses a discount at which its optimum cannot be chosen', () => {
    expect(() => made({ name: 'brock-mirman' }, 1)).toThrow(/environment-discount/);
    expect(() => made({ name: 'brock-mirman', alpha: 0.1 }, 0.05)).toThrow(/environment-optimum/);
  });
});
