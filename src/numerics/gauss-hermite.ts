import { InputError } from '../errors.ts';

/** Points and their probabilities: E f(Z) ≈ Σ wᵢ f(xᵢ). */
export interface QuadratureRule {
  readonly nodes: readonly number[];
  /** Positive; their sum is 1. */
  readonly weights: readonly number[];
}

/** Beyond this the outermost weights fall below 10⁻⁵⁰ and the extra nodes add nothing. */
const MOST_NODES = 64;

/**
 * The n-point Gauss–Hermite rule for a standard normal variable: E f(Z) = Σ wᵢ f(xᵢ), exact for polynomials of degree
 * up to 2n − 1. Nodes ascend and are symmetric to the last bit; they are off by at most about 1e-14, weights by as
 * much relative to their size.
 *
 * The nodes are the roots of hₙ, where h_k = He_k/√(k!) are the orthonormal Hermite polynomials,
 * h_{k+1} = (x h_k − √k h_{k−1})/√(k+1); the weights are wᵢ = 1/Σ_{k<n} h_k(xᵢ)² (Golub and Welsch 1969, §2).
 *
 * @throws InputError `quadrature-nodes` unless n is one of 1 … 64.
 * @example gaussHermite(3) // nodes −√3, 0, √3; weights 1/6, 2/3, 1/6
 */
export function gaussHermite(n: number): QuadratureRule {
  if (!Number.isInteger(n) || n < 1 || n > MOST_NODES) {
    throw new InputError({
      code: 'quadrature-nodes',
      what: 'there is no Gauss–Hermite rule of this size',
      given: `${n} nodes`,
      expected: `a whole number from 1 to ${MOST_NODES}`,
    });
  }
  const upper = Array.from({ length: Math.floor(n / 2) }, (_, index) => rootFromTop(n, index));
  const middle = n % 2 === 1 ? [0] : [];
  const nodes = [...upper.map((root) => -root), ...middle, ...upper.toReversed()];
  const raw = nodes.map((node) => 1 / hermite(n - 1, node).reduce((sum, value) => sum + value * value, 0));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return { nodes, weights: raw.map((weight) => weight / total) };
}

/** h_0(x), …, h_n(x). */
function hermite(n: number, x: number): readonly number[] {
  const values = [1];
  let [before, current] = [0, 1];
  for (let k = 0; k < n; k += 1) {
    [before, current] = [current, (x * current - Math.sqrt(k) * before) / Math.sqrt(k + 1)];
    values.push(current);
  }
  return values;
}

/** The positive root of hₙ that has `index` roots above it, by bisection to the last bit of a double. */
function rootFromTop(n: number, index: number): number {
  // Row sums of the Jacobi matrix of the recursion, √(k−1) + √k < 2√n, bound its eigenvalues, which are the roots.
  let [below, above] = [0, 2 * Math.sqrt(n)];
  for (;;) {
    const middle = (below + above) / 2;
    if (middle <= below || middle >= above) return middle;
    if (rootsAbove(n, middle) > index) below = middle;
    else above = middle;
  }
}

/** Sturm's theorem: hₙ has as many roots above x as h_0(x), …, h_n(x) has changes of sign. */
function rootsAbove(n: number, x: number): number {
  const signs = hermite(n, x).filter((value) => value !== 0);
  return signs.filter((value, k) => k > 0 && value > 0 !== (signs[k - 1] ?? value) > 0).length;
}
