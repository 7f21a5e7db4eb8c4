import { SubjectError } from '../errors.ts';
import { choleskyOf, choleskySolve } from '../numerics/cholesky.ts';

/** How steps are damped. */
export interface LevenbergMarquardtSettings {
  /** Factors of the damping after a step that is rejected, and after one that is accepted. */
  readonly raise: number;
  readonly lower: number;
  /** Dampings that a step is tried with before it is given up. */
  readonly attempts: number;
  /** Share of a step at which the curvature of its path is measured. */
  readonly probe: number;
}

/** A sum of squares Σr² at weights w (P), with J = ∂r/∂w. Everything is on the host. */
export interface LeastSquares {
  readonly sumOfSquares: number;
  /** JᵀJ, (P, P) row-major, of which the lower triangle is read. */
  readonly gram: ArrayLike<number>;
  /** Jᵀr, (P). */
  readonly slope: ArrayLike<number>;
  /** Factor of JᵀJ with a shift on its diagonal, undefined where that is not positive definite; absent: on the host. */
  readonly factor?: (shift: number) => DampedFactor | undefined;
  /** Σr² at w + step (P); what is not finite is a step that is rejected. */
  readonly sumOfSquaresAfter: (step: Float32Array) => Promise<number>;
  /** Jᵀr″ (P), with r″ the second derivative of r(w + t·velocity) at t = 0, from its value at t = probe. */
  readonly curvatureAlong: (velocity: Float32Array, probe: number) => Promise<ArrayLike<number>>;
}

/** Solves (JᵀJ + shift·I) x = right, (P). */
export interface DampedFactor {
  readonly solve: (right: ArrayLike<number>) => ArrayLike<number>;
  readonly dispose: () => void;
}

/** What came of a step. */
export interface DampedStep {
  /** To be added to the weights, (P); undefined when every attempt was rejected. */
  readonly step: Float32Array | undefined;
  /** After it. */
  readonly sumOfSquares: number;
  /** For the next step. */
  readonly damping: number;
  readonly attempts: number;
  /**
   * Of the last step that was tried: by how much it makes Σr² less, over what the linearised residuals promise, Σr² −
   * Σ(r + Js)². Near 1 where steps are short (Nielsen 1999, eq. 2.5); NaN where no step could be computed.
   */
  readonly gainRatio: number;
}

/** Largest second-order part of a step, over its first-order part: 0.75 in Transtrum and Sethna 2012, eq. 15. */
const LARGEST_BEND = 0.75;

/**
 * One step of Levenberg and Marquardt, with the second-order correction of Transtrum and Sethna 2012 ("geodesic
 * acceleration"), which lets it follow a valley that bends:
 *
 *     A = JᵀJ + λ·(tr JᵀJ / P)·I,   v = −A⁻¹Jᵀr,   a = −A⁻¹Jᵀr″,   step = v + a/2
 *
 * and step = v where the correction is larger than it should be. A step that does not make Σr² less is rejected, and
 * tried again with more damping λ.
 *
 * @throws SubjectError `non-finite-derivatives` when Σr², JᵀJ or Jᵀr is not finite.
 */
export async function levenbergMarquardt(
  problem: LeastSquares,
  damping: number,
  { raise, lower, attempts, probe }: LevenbergMarquardtSettings,
): Promise<DampedStep> {
  const { sumOfSquares, factor: factorOf = onHost(problem) } = problem;
  const scale = meanCurvature(problem);
  let lambda = damping;
  let gainRatio = Number.NaN;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const factor = factorOf(lambda * scale);
    if (factor !== undefined) {
      const step = await bentStep(problem, factor, probe).finally(factor.dispose);
      const after = await problem.sumOfSquaresAfter(step);
      gainRatio = (sumOfSquares - after) / promised(problem, step);
      // A comparison that NaN fails too.
      if (after < sumOfSquares)
        return { step, sumOfSquares: after, damping: lambda * lower, attempts: attempt, gainRatio };
    }
    lambda *= raise;
  }
  return { step: undefined, sumOfSquares, damping: lambda, attempts, gainRatio };
}

async function bentStep(
  { slope, curvatureAlong }: LeastSquares,
  { solve }: DampedFactor,
  probe: number,
): Promise<Float32Array> {
  const velocity = Float64Array.from(solve(slope), (value) => -value);
  const single = Float32Array.from(velocity);
  const correction = Float64Array.from(solve(await curvatureAlong(single, probe)), (value) => -value / 2);
  const isSmall = norm(correction) <= LARGEST_BEND * norm(velocity);
  return isSmall ? single.map((_, index) => (velocity[index] ?? 0) + (correction[index] ?? 0)) : single;
}

/** Σr² − Σ(r + Js)² = −2sᵀJᵀr − sᵀJᵀJs. */
function promised({ gram, slope }: LeastSquares, step: Float32Array): number {
  const size = step.length;
  let sum = 0;
  for (let row = 0; row < size; row += 1) {
    let along = 2 * (slope[row] ?? Number.NaN) + (gram[row * size + row] ?? Number.NaN) * (step[row] ?? 0);
    for (let column = 0; column < row; column += 1)
      along += 2 * (gram[row * size + column] ?? Number.NaN) * (step[column] ?? 0);
    sum -= along * (step[row] ?? Number.NaN);
  }
  return sum;
}

function onHost({ gram, slope }: LeastSquares): (shift: number) => DampedFactor | undefined {
  return (shift) => {
    const factor = choleskyOf(gram, slope.length, shift);
    if (factor === undefined) return undefined;
    return { solve: (right) => choleskySolve(factor, right), dispose: () => undefined };
  };
}

/** tr JᵀJ / P, which makes damping a pure number. */
function meanCurvature({ sumOfSquares, gram, slope }: LeastSquares): number {
  const size = slope.length;
  let trace = 0;
  for (let index = 0; index < size; index += 1) trace += gram[index * size + index] ?? Number.NaN;
  // A Gram matrix with a diagonal that is finite has no element that is not.
  const wrong = Object.entries({
    'sum of squares': sumOfSquares,
    'trace of JᵀJ': trace,
    'norm of Jᵀr': norm(slope),
  });
  const [found] = wrong.filter(([, value]) => !Number.isFinite(value));
  if (found === undefined && trace > 0) return trace / size;
  throw new SubjectError({
    code: 'non-finite-derivatives',
    what: 'a second-order step cannot be computed from these residuals',
    given: found === undefined ? 'a Jacobian of zeros' : `${found[0]} ${found[1]}`,
    expected: 'finite residuals and derivatives, not all of which are zero',
    todo: 'look for a division or a power of what may be 0, or for an activation that is saturated everywhere',
  });
}

function norm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += (values[index] ?? Number.NaN) ** 2;
  return Math.sqrt(sum);
}
