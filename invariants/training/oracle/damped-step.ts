import type { Bounded } from '../../../src/numerics/running-error.ts';
import type { Rows } from './elimination.ts';
import { inner, inverse, magnitudes, times, transposed } from './elimination.ts';

/** Residuals r_i(w) = r_i + Σ_j J_ij w_j + ½ Σ_j C_ij w_j² at w = 0, and how a step is damped. */
export interface DampedProblem {
  /** (M). */
  readonly residuals: readonly number[];
  /** J and C, (M, P). */
  readonly jacobian: Rows;
  readonly curvature: Rows;
  readonly damping: number;
  readonly settings: {
    readonly raise: number;
    readonly lower: number;
    readonly attempts: number;
    readonly probe: number;
  };
}

/** The step that the recursion takes; undefined where a comparison on the way is decided within rounding. */
export interface DampedOutcome {
  readonly accepted: boolean;
  /** (P); zeros when no attempt was accepted. */
  readonly step: readonly Bounded[];
  readonly attempts: number;
  readonly damping: Bounded;
  /** ‖a/2‖ over ‖v‖ in the last attempt: up to 0.75 the correction is used. */
  readonly bend: number;
}

/** 0.75 in Transtrum and Sethna 2012, eq. 15. */
const LARGEST_BEND = 0.75;

const SINGLE = 2 ** -24;
const DOUBLE = 2 ** -53;

interface Attempt {
  readonly step: readonly Bounded[];
  readonly bend: number;
  readonly isDecided: boolean;
}

/**
 * A = JᵀJ + λ·(tr JᵀJ/P)·I,  v = −A⁻¹Jᵀr,  a = −A⁻¹Jᵀr″ with r″_i = Σ_j C_ij v_j²,  step = v + a/2, or v where
 * ‖a/2‖ > 0.75‖v‖; accepted if Σr² falls. λ is raised after each step that is rejected, and lowered after one that is
 * accepted.
 */
export function dampedOutcome(problem: DampedProblem): DampedOutcome | undefined {
  const { residuals, settings } = problem;
  const before = inner(residuals, residuals);
  let lambda = problem.damping;
  let bend = Number.NaN;
  for (let attempts = 1; attempts <= settings.attempts; attempts += 1) {
    const made = attemptWith(problem, lambda);
    const after = sumOfSquaresAt(problem, made.step);
    ({ bend } = made);
    // Rounding of the step must not decide whether it is accepted. Written so that NaN is undecided.
    const isFar = Math.abs(after.value - before) > after.bound + roundingOf(problem) * before;
    if (!made.isDecided || !isFar) return undefined;
    if (after.value < before)
      return {
        accepted: true,
        step: made.step,
        attempts,
        damping: repeated(lambda * settings.lower, attempts),
        bend,
      };
    lambda *= settings.raise;
  }
  const step = (problem.jacobian[0] ?? []).map(() => ({ value: 0, bound: 0 }));
  return {
    accepted: false,
    step,
    attempts: settings.attempts,
    damping: repeated(lambda, settings.attempts),
    bend,
  };
}

/** A product of as many factors: one rounding each, here and there. */
function repeated(value: number, factors: number): Bounded {
  return { value, bound: 2 * factors * DOUBLE * value };
}

/**
 * One attempt, and how far from it code may be that keeps derivatives and factors in double precision and rounds
 * velocity and step to single (u = 2⁻²⁴) once each:
 *
 *     δv = u|v| + ρ_v
 *     δc = |J|ᵀ|C|(2|v|δv + δv²) + ρ_c         (c = Jᵀr″, at the velocity that was rounded)
 *     δa = ½(|A⁻¹|δc + ρ_a)
 *     δstep = δv + δa + u|step|
 *
 * The ρ are of double precision. A system that is formed and solved with backward error |ΔA| ≤ ke·max a_ii, with
 * e = 2⁻⁵³, gives x within |A⁻¹|(ke·max a_ii·‖x‖₁ + δb) of A⁻¹b (Higham, §7.2): the condition of A is in |A⁻¹|, which
 * is computed. r″ may be a difference quotient at the probe p, whose rounding is 2e/p² times what it is the
 * difference of.
 */
function attemptWith(problem: DampedProblem, lambda: number): Attempt {
  const { residuals, jacobian, curvature, settings } = problem;
  const gram = transposed(jacobian).map((column) => times(transposed(jacobian), column));
  const size = gram.length;
  const shift = (lambda * gram.reduce((trace, row, index) => trace + (row[index] ?? Number.NaN), 0)) / size;
  const matrix = gram.map((row, i) => row.map((value, j) => (i === j ? value + shift : value)));
  const backward = inverse(matrix);
  const rounding = roundingOf(problem) * Math.max(...matrix.map((row, index) => row[index] ?? Number.NaN));
  /** −A⁻¹b, and its distance from what code may have for b within δb. */
  const solved = (b: readonly number[], slack: readonly number[]): readonly Bounded[] => {
    const x = times(backward, b).map((value) => -value);
    const total = x.reduce((sum, value) => sum + Math.abs(value), 0);
    const bounds = times(
      magnitudes(backward),
      slack.map((value) => value + rounding * total),
    );
    return x.map((value, index) => ({ value, bound: bounds[index] ?? Number.NaN }));
  };

  const [down, steep] = [transposed(jacobian), transposed(magnitudes(jacobian))];
  const perUnit = roundingOf(problem);
  const slopeSlack = times(steep, residuals.map(Math.abs)).map((value) => perUnit * value);
  const exactVelocity = solved(times(down, residuals), slopeSlack);
  const velocity = exactVelocity.map(({ value, bound }) => ({
    value,
    bound: bound + SINGLE * (Math.abs(value) + bound),
  }));
  const squares = velocity.map(({ value }) => value ** 2);
  const squareSlack = velocity.map(({ value, bound }) => 2 * Math.abs(value) * bound + bound ** 2);
  const { probe } = settings;
  const differenced = jacobian.map((row, index) => {
    const linear = inner(
      row.map(Math.abs),
      velocity.map(({ value }) => Math.abs(value)),
    );
    const bent = inner((curvature[index] ?? []).map(Math.abs), squares);
    const size = Math.abs(residuals[index] ?? Number.NaN) + probe * linear + probe ** 2 * bent;
    return inner((curvature[index] ?? []).map(Math.abs), squareSlack) + (2 / probe ** 2) * perUnit * size;
  });
  const slopes = times(down, times(curvature, squares));
  const half = solved(slopes, times(steep, differenced)).map(({ value, bound }) => ({
    value: value / 2,
    bound: bound / 2,
  }));

  const [straight, bent] = [normOf(exactVelocity), normOf(half)];
  const excess = bent.value - LARGEST_BEND * straight.value;
  const isDecided = Math.abs(excess) > 2 * (bent.bound + LARGEST_BEND * straight.bound);
  const step = velocity.map(({ value, bound }, index) => {
    const correction = excess > 0 ? { value: 0, bound: 0 } : (half[index] ?? { value: NaN, bound: NaN });
    const sum = value + correction.value;
    const slack = bound + correction.bound;
    return { value: sum, bound: slack + SINGLE * (Math.abs(sum) + slack) };
  });
  return { step, bend: bent.value / straight.value, isDecided };
}

/**
 * ke for M residuals and P weights: P columns of elimination with 3P roundings each and a growth of at most 2^(P−1)
 * (Higham, §9.3) here, 3P + 1 of a Cholesky factorisation there (Theorem 10.4), M + 2 of sums of products in both, and
 * twice that, for terms of second order.
 */
function roundingOf({ residuals, jacobian }: DampedProblem): number {
  const [rows, size] = [residuals.length, jacobian[0]?.length ?? 0];
  return 2 * DOUBLE * (3 * size ** 2 * 2 ** (size - 1) + (3 * size + 1) + 2 * (rows + 2));
}

function normOf(vector: readonly Bounded[]): Bounded {
  return {
    value: Math.hypot(...vector.map(({ value }) => value)),
    bound: Math.hypot(...vector.map(({ bound }) => bound)),
  };
}

/** Σr² after a step, and how far it moves with a step within its bound. */
function sumOfSquaresAt(
  { residuals, jacobian, curvature }: DampedProblem,
  step: readonly Bounded[],
): Bounded {
  const parts = residuals.map((start, i) => {
    const terms = step.map(({ value, bound }, j) => {
      const [slope, bend] = [jacobian[i]?.[j] ?? Number.NaN, curvature[i]?.[j] ?? Number.NaN];
      const reach = Math.abs(slope) + Math.abs(bend) * (Math.abs(value) + bound);
      return { value: slope * value + (bend * value ** 2) / 2, bound: reach * bound };
    });
    const residual = terms.reduce((sum, term) => sum + term.value, start);
    const slack = terms.reduce((sum, term) => sum + term.bound, 0);
    return { value: residual ** 2, bound: 2 * Math.abs(residual) * slack + slack ** 2 };
  });
  return {
    value: parts.reduce((sum, part) => sum + part.value, 0),
    bound: parts.reduce((sum, part) => sum + part.bound, 0),
  };
}
