import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LinearQuadratic, Matrix } from '../../../../src/models/ppo/index.ts';
import { costOfGain, discountedRiccati } from '../../../../src/models/ppo/index.ts';

const entry = fc.double({ min: -1.2, max: 1.2, noNaN: true });
const rows = (n: number, m: number) =>
  fc.array(fc.array(entry, { minLength: m, maxLength: m }), { minLength: n, maxLength: n });
/** MMᵀ + I: symmetric, positive definite, far from singular. */
const positive = (n: number) => rows(n, n).map((m) => plus(times(m, turned(m)), identity(n), 1));

// Three states and two controls: with a full random B nearly every system can be stabilised; the discount does the rest.
const problems = fc.record({
  transition: rows(3, 3).map((a) => a.map((row) => row.map((one) => one / 2))),
  control: rows(3, 2),
  stateCost: positive(3),
  controlCost: positive(2),
});
const discounts = fc.double({ min: 0.1, max: 0.95, noNaN: true });

describe('discountedRiccati', () => {
  it('solves the Riccati equation as it is printed', () => {
    fc.assert(
      fc.property(problems, discounts, (problem, discount) => {
        const { cost, gain } = discountedRiccati(problem, discount);
        expect(furthest(rightSide(problem, cost, discount), cost)).toBeLessThan(1e-11 * size(cost));
        // (R + γBᵀPB) K = γBᵀPA
        const { transition: a, control: b, controlCost: r } = problem;
        const left = times(plus(r, times(turned(b), times(cost, b)), discount), gain);
        const right = times(turned(b), times(cost, a)).map((row) => row.map((one) => discount * one));
        expect(furthest(left, right)).toBeLessThan(1e-11 * size(cost));
      }),
      { numRuns: 50 },
    );
  });

  it('is symmetric, and dearer by any change of the gain', () => {
    fc.assert(
      fc.property(problems, discounts, rows(2, 3), (problem, discount, direction) => {
        fc.pre(size(direction) > 0.1);
        const { cost, gain } = discountedRiccati(problem, discount);
        expect(furthest(cost, turned(cost))).toBeLessThan(1e-12 * size(cost));
        for (const length of [-0.05, 0.05]) {
          const other = policyCost(problem, plus(gain, direction, length), discount);
          // The cost from a random start, E xᵀPx with E xxᵀ = I. A change of 0.005 costs at least .005² λ_min(R) = 2.5e-5.
          expect(trace(other)).toBeGreaterThan(trace(cost) + 1e-5);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('knows one dimension in closed form', () => {
    // γ = 1 would be the golden ratio for a = b = q = r = 1; with √γ folded into a and b, γ = .81: .81p² − .62p − 1 = 0.
    const one: Matrix = [[1]];
    const { cost, gain } = discountedRiccati(
      { transition: one, control: one, stateCost: one, controlCost: one },
      0.81,
    );
    const p = (0.62 + Math.sqrt(0.62 ** 2 + 4 * 0.81)) / (2 * 0.81);
    expect(cost[0]?.[0]).toBeCloseTo(p, 13);
    expect(gain[0]?.[0]).toBeCloseTo((0.81 * p) / (1 + 0.81 * p), 13);
  });

  it('refuses what cannot be stabilised, with the reason', () => {
    const hopeless = { transition: [[1.2]], control: [[0]], stateCost: [[1]], controlCost: [[1]] };
    expect(() => discountedRiccati(hopeless, 0.99)).toThrow(/riccati-diverges/);
    // 0.6 · 1.44 < 1: by then the far future does not count.
    expect(discountedRiccati(hopeless, 0.6).cost[0]?.[0]).toBeCloseTo(1 / (1 - 0.6 * 1.44), 10);
  });
});

/** Q + γAᵀPA − γ²AᵀPB (R + γBᵀPB)⁻¹ BᵀPA, with two controls. */
function rightSide(
  { transition: a, control: b, stateCost, controlCost }: LinearQuadratic,
  p: Matrix,
  discount: number,
): Matrix {
  const [[s = 0, t = 0] = [], [u = 0, v = 0] = []] = plus(
    controlCost,
    times(turned(b), times(p, b)),
    discount,
  );
  const inverse = [
    [v, -t],
    [-u, s],
  ].map((row) => row.map((one) => one / (s * v - t * u)));
  const across = times(turned(a), times(p, b));
  const kept = plus(stateCost, times(turned(a), times(p, a)), discount);
  return plus(kept, times(across, times(inverse, turned(across))), -(discount ** 2));
}

/** P of u = −Kx for ever, by summing what each step costs: 2,000 steps at a discount of .95 leave e⁻¹⁰⁰. */
function policyCost(problem: LinearQuadratic, gain: Matrix, discount: number): Matrix {
  let cost = problem.stateCost;
  for (let step = 0; step < 2000; step += 1) cost = costOfGain(problem, gain, cost, discount);
  return cost;
}

function times(left: Matrix, right: Matrix): Matrix {
  return left.map((row) =>
    turned(right).map((column) => row.reduce((sum, one, k) => sum + one * (column[k] ?? Number.NaN), 0)),
  );
}

function turned(matrix: Matrix): Matrix {
  return (matrix[0] ?? []).map((_, j) => matrix.map((row) => row[j] ?? Number.NaN));
}

function plus(left: Matrix, right: Matrix, factor: number): Matrix {
  return left.map((row, i) => row.map((one, j) => one + factor * (right[i]?.[j] ?? Number.NaN)));
}

function identity(n: number): Matrix {
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)));
}

function size(matrix: Matrix): number {
  return Math.max(...matrix.flat().map(Math.abs));
}

function furthest(one: Matrix, other: Matrix): number {
  return size(plus(one, other, -1));
}

function trace(matrix: Matrix): number {
  return matrix.reduce((sum, row, i) => sum + (row[i] ?? Number.NaN), 0);
}
