import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { gaussHermite } from '../../src/numerics/gauss-hermite.ts';

const EVERY_SIZE = Array.from({ length: 64 }, (_, index) => index + 1);

/** Nodes and weights computed by mpmath with 40 digits as eigenvalues and -vectors of the Jacobi matrix. */
const TABULATED = {
  1: { nodes: [0], weights: [1] },
  3: { nodes: [-1.7320508075688772, 0, 1.7320508075688772], weights: [1 / 6, 2 / 3, 1 / 6] },
  5: {
    nodes: [-2.8569700138728056, -1.355626179974266, 0, 1.355626179974266, 2.8569700138728056],
    weights: [
      0.011257411327720689, 0.2220759220056126, 0.5333333333333333, 0.2220759220056126, 0.011257411327720689,
    ],
  },
} as const;

const OUTERMOST = { node: 14.886186143339453, weight: 3.123187965107721e-49, innerNode: 0.19558891056727554 };

describe('the Gauss–Hermite rule', () => {
  it.each([1, 3, 5] as const)('has the tabulated nodes and weights for n = %d', (n) => {
    const { nodes, weights } = gaussHermite(n);
    TABULATED[n].nodes.forEach((node, index) => {
      expect(nodes[index]).toBeCloseTo(node, 14);
    });
    TABULATED[n].weights.forEach((weight, index) => {
      expect(weights[index]).toBeCloseTo(weight, 15);
    });
  });

  it('has the outermost nodes and weights of mpmath for n = 64', () => {
    const { nodes, weights } = gaussHermite(64);
    expect(Math.abs((nodes[63] ?? 0) - OUTERMOST.node)).toBeLessThan(4e-15);
    expect(Math.abs((weights[63] ?? 0) / OUTERMOST.weight - 1)).toBeLessThan(1e-13);
    expect(Math.abs((nodes[32] ?? 0) - OUTERMOST.innerNode)).toBeLessThan(1e-15);
  });

  it.each(EVERY_SIZE)('n = %d: ascending, symmetric, positive, and of total 1', (n) => {
    const { nodes, weights } = gaussHermite(n);
    expect([nodes.length, weights.length]).toEqual([n, n]);
    nodes.forEach((node, index) => {
      expect(node + (nodes[n - 1 - index] ?? Number.NaN)).toBe(0);
      expect(weights[index]).toBe(weights[n - 1 - index]);
      expect(weights[index]).toBeGreaterThan(0);
      if (index > 0) expect(node).toBeGreaterThan(nodes[index - 1] ?? Number.NaN);
    });
    expect(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1)).toBeLessThan(5e-16);
  });

  it.each(EVERY_SIZE)('n = %d: integrates every power up to 2n − 1', (n) => {
    const { nodes, weights } = gaussHermite(n);
    const moment = (power: number): number =>
      nodes.reduce((sum, node, index) => sum + (weights[index] ?? Number.NaN) * node ** power, 0);
    let evenMoment = 1;
    for (let power = 0; power < 2 * n; power += 2) {
      // E Z^p = (p − 1)!!
      if (power > 0) evenMoment *= power - 1;
      expect(Math.abs(moment(power) / evenMoment - 1)).toBeLessThan(1e-13);
      expect(Math.abs(moment(power + 1)) / evenMoment).toBeLessThan(1e-13 * Math.sqrt(n));
    }
  });

  it('does not integrate the power 2n: the moment falls short by n!', () => {
    const { nodes, weights } = gaussHermite(4);
    const moment = nodes.reduce((sum, node, index) => sum + (weights[index] ?? Number.NaN) * node ** 8, 0);
    expect(moment).toBeCloseTo(105 - 24, 11);
  });

  it('converges for functions that are no polynomials: E exp(Z/2) = exp(1/8), E cos Z = exp(−1/2)', () => {
    const { nodes, weights } = gaussHermite(20);
    const mean = (f: (x: number) => number): number =>
      nodes.reduce((sum, node, index) => sum + (weights[index] ?? Number.NaN) * f(node), 0);
    expect(mean((x) => Math.exp(x / 2))).toBeCloseTo(Math.exp(1 / 8), 14);
    expect(mean(Math.cos)).toBeCloseTo(Math.exp(-1 / 2), 14);
  });

  it.each([0, -1, 2.5, 65, Number.NaN, Infinity])('refuses %d nodes', (n) => {
    expect(() => gaussHermite(n)).toThrow(InputError);
  });
});
