import { describe, expect, it } from 'vitest';
import { SubjectError } from '../../src/errors.ts';
import type { LeastSquares } from '../../src/nn/levenberg-marquardt.ts';
import { levenbergMarquardt } from '../../src/nn/levenberg-marquardt.ts';

const SETTINGS = { raise: 4, lower: 0.5, attempts: 8, probe: 0.2 };

/** Rosenbrock's valley as least squares: r = [10(y − x²), 1 − x], in double precision. */
const residuals = ([x, y]: Point): Point => [10 * (y - x * x), 1 - x];
const jacobian = ([x]: Point): readonly [Point, Point] => [
  [-20 * x, 10],
  [-1, 0],
];
type Point = readonly [number, number];

const squares = ([a, b]: Point): number => a * a + b * b;
const moved = ([x, y]: Point, step: ArrayLike<number>, share = 1): Point => [
  x + share * (step[0] ?? Number.NaN),
  y + share * (step[1] ?? Number.NaN),
];

function transposed(point: Point, [a, b]: Point): [number, number] {
  const [[aa, ab], [ba, bb]] = jacobian(point);
  return [aa * a + ba * b, ab * a + bb * b];
}

function rosenbrock(at: Point): LeastSquares {
  const [[aa, ab], [ba, bb]] = jacobian(at);
  return {
    sumOfSquares: squares(residuals(at)),
    gram: [aa * aa + ba * ba, aa * ab + ba * bb, aa * ab + ba * bb, ab * ab + bb * bb],
    slope: transposed(at, residuals(at)),
    sumOfSquaresAfter: async (step) => squares(residuals(moved(at, step))),
    // r″ along v is [−20 v₀², 0], whatever the probe.
    curvatureAlong: async (velocity) => transposed(at, [-20 * (velocity[0] ?? 0) ** 2, 0]),
  };
}

/** A x = b for two unknowns, by Cramer's rule. */
function solve(gram: ArrayLike<number>, shift: number, [p, q]: ArrayLike<number>[] & Point): Point {
  const [a, b, d] = [(gram[0] ?? 0) + shift, gram[1] ?? 0, (gram[3] ?? 0) + shift];
  const determinant = a * d - b * b;
  return [(d * p - b * q) / determinant, (a * q - b * p) / determinant];
}

describe('levenbergMarquardt', () => {
  it('follows its recursion, written out for two unknowns', async () => {
    let at: Point = [-1.2, 1];
    let damping = 1;
    for (let step = 0; step < 30 && squares(residuals(at)) > 1e-10; step += 1) {
      const problem = rosenbrock(at);
      const made = await levenbergMarquardt(problem, damping, SETTINGS);
      // Independently: every damping in turn, until the sum of squares falls.
      const { gram, slope } = problem;
      const scale = ((gram[0] ?? 0) + (gram[3] ?? 0)) / 2;
      let expected: Point | undefined;
      while (expected === undefined && damping < 1e6) {
        const v = solve(gram, damping * scale, slope as never).map((value) => -value) as [number, number];
        const bend = transposed(at, [-20 * v[0] ** 2, 0]);
        const a = solve(gram, damping * scale, bend as never).map((value) => -value / 2) as [number, number];
        const bent = Math.hypot(...a) <= 0.75 * Math.hypot(...v);
        const candidate: Point = bent ? [v[0] + a[0], v[1] + a[1]] : v;
        if (squares(residuals(moved(at, candidate))) < squares(residuals(at))) expected = candidate;
        else damping *= SETTINGS.raise;
      }
      damping *= SETTINGS.lower;
      expect(made.step?.[0]).toBeCloseTo(expected?.[0] ?? Number.NaN, 5);
      expect(made.step?.[1]).toBeCloseTo(expected?.[1] ?? Number.NaN, 5);
      expect(made.damping).toBeCloseTo(damping, 12);
      at = moved(at, made.step ?? []);
    }
    expect(squares(residuals(at))).toBeLessThan(1e-6);
  });

  it('takes Newton’s step of a linear problem when there is no damping to speak of', async () => {
    // r = [2(x − 3), y + 1] at the origin.
    const made = await levenbergMarquardt(
      {
        sumOfSquares: 37,
        gram: [4, 0, 0, 1],
        slope: [-12, 1],
        sumOfSquaresAfter: async (step) => (2 * ((step[0] ?? 0) - 3)) ** 2 + ((step[1] ?? 0) + 1) ** 2,
        curvatureAlong: async () => [0, 0],
      },
      1e-9,
      SETTINGS,
    );
    expect([...(made.step ?? [])]).toEqual([3, -1]);
    // Of a linear problem the model is exact, but for the damping.
    expect(made).toMatchObject({ damping: 5e-10, attempts: 1, gainRatio: expect.closeTo(1, 6) as number });
  });

  it('says how much of what the linear model promises a step gains', async () => {
    const problem = rosenbrock([-1.2, 1]);
    const { step = [], sumOfSquares, gainRatio } = await levenbergMarquardt(problem, 1, SETTINGS);
    // Σ(r + Js)², written out.
    const [[aa, ab], [ba, bb]] = jacobian([-1.2, 1]);
    const [r0, r1] = residuals([-1.2, 1]);
    const [u = NaN, v = NaN] = step;
    const linear = (r0 + aa * u + ab * v) ** 2 + (r1 + ba * u + bb * v) ** 2;
    const expected = (problem.sumOfSquares - sumOfSquares) / (problem.sumOfSquares - linear);
    expect(gainRatio).toBeCloseTo(expected, 10);
  });

  it('raises the damping until a step is accepted, and then lowers it once', async () => {
    const after = [Number.NaN, 2, Infinity, 0.5];
    const made = await levenbergMarquardt(
      { ...rosenbrock([0, 0]), sumOfSquaresAfter: async () => after.shift() ?? 0 },
      1,
      SETTINGS,
    );
    expect(made).toMatchObject({ sumOfSquares: 0.5, damping: 4 ** 3 / 2, attempts: 4 });
  });

  it('gives the step up when all attempts are rejected, and keeps the damping raised', async () => {
    const made = await levenbergMarquardt({ ...rosenbrock([0, 0]), sumOfSquaresAfter: async () => 1 }, 1, {
      ...SETTINGS,
      attempts: 3,
    });
    expect(made).toEqual({ step: undefined, sumOfSquares: 1, damping: 64, attempts: 3, gainRatio: 0 });
  });

  it('leaves a correction out that is not a number, or longer than three quarters of the step', async () => {
    for (const bend of [Number.NaN, 1e6]) {
      const problem = { ...rosenbrock([0, 0]), sumOfSquaresAfter: async () => 0 };
      const made = await levenbergMarquardt(
        { ...problem, curvatureAlong: async () => [bend, bend] },
        1,
        SETTINGS,
      );
      const plain = await levenbergMarquardt({ ...problem, curvatureAlong: async () => [0, 0] }, 1, SETTINGS);
      expect(made.step).toEqual(plain.step);
    }
  });

  it.each<[string, Partial<LeastSquares>]>([
    ['sum of squares', { sumOfSquares: Number.NaN }],
    ['trace', { gram: [1, 0, 0, Infinity] }],
    ['Jᵀr', { slope: [Number.NaN, 1] }],
    ['zeros', { gram: [0, 0, 0, 0] }],
  ])('refuses derivatives without a number: %s', async (told, wrong) => {
    const step = levenbergMarquardt({ ...rosenbrock([0, 0]), ...wrong }, 1, SETTINGS);
    await expect(step).rejects.toThrow(SubjectError);
    await expect(step).rejects.toThrow(told);
  });
});
