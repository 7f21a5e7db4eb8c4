import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streamOf } from '../../../../src/numerics/stream.ts';
import { begin, made, stepOf } from './episode.ts';

const environment = made({ name: 'cart-pole' });
const random = streamOf(0);
const within = (most: number) => fc.double({ min: -most, max: most, noNaN: true });

/**
 * Accelerations (of the cart, of the pole) by Lagrange's equations as a linear system, solved by Cramer's rule:
 *   (M + m) ẍ + m l cos θ θ̈ = F + m l θ̇² sin θ,   m l cos θ ẍ + (4/3) m l² θ̈ = m g l sin θ.
 */
function accelerations(angle: number, spin: number, force: number): readonly [number, number] {
  const [cartMass, mass, half, gravity] = [1, 0.1, 0.5, 9.8];
  const coupling = mass * half * Math.cos(angle);
  const inertia = (4 / 3) * mass * half ** 2;
  const push = force + mass * half * spin ** 2 * Math.sin(angle);
  const torque = mass * gravity * half * Math.sin(angle);
  const determinant = (cartMass + mass) * inertia - coupling ** 2;
  return [
    (push * inertia - coupling * torque) / determinant,
    ((cartMass + mass) * torque - coupling * push) / determinant,
  ];
}

describe('cart-pole', () => {
  it('moves by the equations of motion, one explicit Euler step of 0.02 s', () => {
    fc.assert(
      fc.property(
        within(2),
        within(3),
        within(0.2),
        within(3),
        fc.constantFrom(0, 1),
        (x, v, angle, spin, action) => {
          const state = Float32Array.of(x, v, angle, spin);
          const before = [...state];
          stepOf(environment, state, [action], random);
          const [x0 = 0, v0 = 0, angle0 = 0, spin0 = 0] = before;
          const [cart, pole] = accelerations(angle0, spin0, action === 1 ? 10 : -10);
          const expected = [x0 + 0.02 * v0, v0 + 0.02 * cart, angle0 + 0.02 * spin0, spin0 + 0.02 * pole];
          // Half an ulp of numbers below 4.
          for (const [i, value] of state.entries())
            expect(Math.abs(value - (expected[i] ?? 0))).toBeLessThan(2.4e-7);
        },
      ),
    );
  });

  it.each([
    ['inside', [2.39, 0, 0.2, 0], false],
    ['past 2.4 to the right', [2.38, 1.5, 0, 0], true],
    ['past 2.4 to the left', [-2.38, -1.5, 0, 0], true],
    ['past 12 degrees', [0, 0, 0.2, 0.6], true],
    ['past −12 degrees', [0, 0, -0.2, -0.6], true],
  ])('%s has ended: %s, %s', (_where, from, ended) => {
    const { terminated, reward } = stepOf(environment, Float32Array.from(from), [1], random);
    expect(terminated).toBe(ended);
    expect(reward).toBe(1);
  });

  it('begins within 0.05, on both sides', () => {
    const starts = Array.from({ length: 100 }, (_, seed) => [...begin(environment, streamOf(seed))]).flat();
    expect(Math.max(...starts)).toBeLessThanOrEqual(0.05);
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(-0.05);
    // Of 400 uniforms none is beyond 95 % with a chance of 4e-5.
    expect(Math.max(...starts)).toBeGreaterThan(0.045);
    expect(Math.min(...starts)).toBeLessThan(-0.045);
  });

  it('goes where Gymnasium’s goes', () => {
    // gymnasium 1.4.0, `env.unwrapped.state` in double precision after these actions from (.01, −.02, .03, .04).
    const expected = [0.0329338371, -0.0237996246, 0.00546230416, 0.123797999];
    const state = Float32Array.of(0.01, -0.02, 0.03, 0.04);
    for (const action of [1, 0, 0, 1, 1, 1, 0, 1, 0, 0]) stepOf(environment, state, [action], random);
    for (const [i, value] of state.entries()) expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 6);
  });

  it('lasts as long at random as Gymnasium’s, and 500 steps under a simple rule', () => {
    const chance = streamOf('agent');
    const lengthOf = (seed: number, act: (state: Float32Array) => number): number => {
      const state = begin(environment, streamOf(seed));
      for (let steps = 1; steps < environment.timeLimit; steps += 1) {
        if (stepOf(environment, state, [act(state)], random).terminated) return steps;
      }
      return environment.timeLimit;
    };
    const lengths = Array.from({ length: 5000 }, (_, seed) => lengthOf(seed, () => chance.integer(0, 1)));
    const mean = lengths.reduce((sum, one) => sum + one, 0) / lengths.length;
    // gymnasium 1.4.0, 5,000 episodes with both actions alike: 22.18, of standard deviation 11.9; 5 errors of the difference.
    expect(Math.abs(mean - 22.18)).toBeLessThan(5 * 11.9 * Math.sqrt(2 / 5000));
    const steady = ([x = 0, v = 0, angle = 0, spin = 0]: Float32Array): number =>
      0.1 * x + 0.3 * v + 4 * angle + spin > 0 ? 1 : 0;
    expect(Math.min(...Array.from({ length: 50 }, (_, seed) => lengthOf(seed, steady)))).toBe(500);
  });
});
