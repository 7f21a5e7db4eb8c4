import { InputError } from '../../../errors.ts';
import { choleskyOf, choleskySolve } from '../../../numerics/cholesky.ts';
import type { Matrix } from './matrices.ts';
import { largest, product, sum, transposed } from './matrices.ts';

/** Σ γᵗ (xᵀQx + uᵀRu) is to be least, where x' = Ax + Bu: A (n, n), B (n, m), Q (n, n), R (m, m). */
export interface LinearQuadratic {
  readonly transition: Matrix;
  readonly control: Matrix;
  readonly stateCost: Matrix;
  readonly controlCost: Matrix;
}

/** The least cost is xᵀPx, P (n, n), and is reached by u = −Kx, K (m, n). */
export interface RiccatiSolution {
  readonly cost: Matrix;
  readonly gain: Matrix;
}

/**
 * Value iteration contracts by γ (spectral radius of A − BK)² a sweep: what is a ten-thousandth less than 1 comes from
 * 1 to rounding, e⁻³⁶, in 3.6e5 sweeps.
 */
const MOST_SWEEPS = 400_000;
/** In units of the largest entry: the changes that rounding alone makes in sums of a few products. */
const ROUNDING = 32 * Number.EPSILON;

/**
 * The solution of the discounted Riccati equation P = Q + γAᵀPA − γ²AᵀPB (R + γBᵀPB)⁻¹ BᵀPA, by iteration from P = Q
 * until only rounding is left (Bertsekas, "Dynamic Programming and Optimal Control", vol. I, §3.1).
 *
 * @throws InputError `riccati-diverges` where no control keeps the cost finite (√γA and √γB are not stabilisable).
 */
export function discountedRiccati(problem: LinearQuadratic, discount: number): RiccatiSolution {
  let cost = problem.stateCost;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
    const gain = bestGain(problem, cost, discount);
    const next = costOfGain(problem, gain, cost, discount);
    const size = largest(next);
    if (!Number.isFinite(size)) break;
    const change = largest(sum(next, cost, -1));
    cost = next;
    if (change <= ROUNDING * size) return { cost, gain: bestGain(problem, cost, discount) };
  }
  throw new InputError({
    code: 'riccati-diverges',
    what: 'linear-quadratic control has no policy of finite cost',
    given: `the transition ${JSON.stringify(problem.transition)}, the control ${JSON.stringify(problem.control)} and the discount factor ${discount}`,
    expected: 'a system that its control can stabilise',
    todo: 'let the control reach what grows by itself, or discount more',
  });
}

/** K = γ (R + γBᵀPB)⁻¹ BᵀPA: best now, if the cost of what follows is xᵀPx. */
export function bestGain(
  { transition, control, controlCost }: LinearQuadratic,
  cost: Matrix,
  discount: number,
): Matrix {
  const back = product(transposed(control), cost);
  const curvature = sum(controlCost, product(back, control), discount);
  const factor = choleskyOf(curvature.flat(), curvature.length);
  // What has overflowed is told by the caller's check; a cost without curvature is ruled out by the settings.
  if (factor === undefined) return transposed(control).map((row) => row.map(() => Number.NaN));
  const right = transposed(product(back, transition));
  return transposed(
    right.map((column) => [...choleskySolve(factor, column)].map((value) => discount * value)),
  );
}

/**
 * Q + KᵀRK + γ (A − BK)ᵀP(A − BK): the cost of u = −Kx now and xᵀPx from then on. At the best gain this is the right
 * side of the Riccati equation, in the form that stays symmetric and positive under rounding (Joseph's).
 */
export function costOfGain(
  { transition, control, stateCost, controlCost }: LinearQuadratic,
  gain: Matrix,
  cost: Matrix,
  discount: number,
): Matrix {
  const closed = sum(transition, product(control, gain), -1);
  const now = sum(stateCost, product(transposed(gain), product(controlCost, gain)));
  return sum(now, product(transposed(closed), product(cost, closed)), discount);
}
