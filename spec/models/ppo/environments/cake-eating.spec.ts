import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streamOf } from '../../../../src/numerics/stream.ts';
import { bestIn, made, optimumOf, seen, stepOf } from './episode.ts';

const discounts = fc.double({ min: 0.5, max: 0.99, noNaN: true });
const random = streamOf(0);

describe('cake-eating', () => {
  it('keeps the cake as it is at the best, unless told what it returns', () => {
    const environment = made({ name: 'cake-eating' }, 0.95);
    const state = Float32Array.of(0.5);
    const { reward } = stepOf(environment, state, bestIn(environment, state), random);
    expect(bestIn(environment, state)[0]).toBeCloseTo(0.05, 7);
    expect(state[0]).toBeCloseTo(0.5, 6);
    expect(reward).toBeCloseTo(0.5, 6);
    expect(optimumOf(environment).value(state)).toBeCloseTo(0.5 / 0.05, 4);
  });

  it('obeys its Bellman equation, and eating otherwise loses', () => {
    fc.assert(
      fc.property(
        discounts,
        fc.double({ min: 0.8, max: 1.2, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (discount, grossReturn, where) => {
          const environment = made({ name: 'cake-eating', grossReturn }, discount);
          const { value } = optimumOf(environment);
          const worth = (share: number): number => {
            const state = Float32Array.of(-0.7);
            const { reward } = stepOf(environment, state, [share], random);
            return reward + discount * value(state);
          };
          const best = 1 - discount;
          const expected = value(Float32Array.of(-0.7));
          const rounding = 1e-6 * (1 + Math.abs(expected) + 1 / best);
          expect(Math.abs(worth(best) - expected)).toBeLessThan(rounding);
          const other = best * (0.01 + 0.98 * where);
          const loss = (best * Math.log(best / other) + discount * Math.log(discount / (1 - other))) / best;
          expect(Math.abs(worth(best) - worth(other) - loss)).toBeLessThan(2 * rounding);
        },
      ),
    );
  });

  it.each([0.5, 0.9, 0.99, 0.999])(
    'shows numbers of order 1 at a discount of %f, however greedy',
    (discount) => {
      const environment = made({ name: 'cake-eating' }, discount);
      const high = environment.actions.kind === 'continuous' ? (environment.actions.high[0] ?? 0) : 0;
      const state = Float32Array.of(0);
      for (let step = 0; step < environment.timeLimit; step += 1) {
        const { reward } = stepOf(environment, state, [high], random);
        expect(Number.isFinite(reward)).toBe(true);
      }
      expect(Math.abs(seen(environment, state)[0] ?? Number.NaN)).toBeLessThanOrEqual(4.001);
    },
  );

  it('refuses bounds without the best share between them', () => {
    expect(() => made({ name: 'cake-eating', highest: 0.04 }, 0.95)).toThrow(/environment-optimum/);
    expect(() => made({ name: 'cake-eating', lowest: 0.06 }, 0.95)).toThrow(/environment-optimum/);
    expect(() => made({ name: 'cake-eating' }, 0)).toThrow(/environment-discount/);
  });
});
