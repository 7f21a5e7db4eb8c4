import type { NkKit } from '../models/nk/index.ts';
import type { LeastSquares } from '../nn/index.ts';
import * as contract from '../verification/contracts/index.ts';
import type { InputOf } from '../verification/operation.ts';
import type { Implementation } from '../verification/subject.ts';
import { implement } from '../verification/subject.ts';
import { float32 } from '../verification/tensor-value.ts';

/** The second-order step as an operation, on a problem that is given as numbers. */
export function dampedStepOperation(kit: Pick<NkKit, 'dampedStep'>): Implementation {
  return implement(contract.trainingDampedStep, async ({ damping, settings, ...problem }) => {
    const made = await kit.dampedStep(leastSquaresOf(problem), damping, settings);
    const size = problem.jacobian.shape[1] ?? 0;
    return {
      step: float32([size], made.step ?? new Float32Array(size)),
      accepted: made.step !== undefined,
      damping: made.damping,
      attempts: made.attempts,
    };
  });
}

type Problem = Pick<InputOf<typeof contract.trainingDampedStep>, 'residuals' | 'jacobian' | 'curvature'>;

/** r_i(w) = r_i + Σ_j J_ij w_j + ½ Σ_j C_ij w_j² around w = 0, in double precision. */
function leastSquaresOf({ residuals, jacobian, curvature }: Problem): LeastSquares {
  const [rows = 0, size = 0] = jacobian.shape;
  const start = Float64Array.from(residuals.data);
  const slopeAt = (row: number, column: number): number => jacobian.data[row * size + column] ?? Number.NaN;
  const bendAt = (row: number, column: number): number => curvature.data[row * size + column] ?? Number.NaN;
  const summed = (term: (column: number) => number): number => {
    let sum = 0;
    for (let column = 0; column < size; column += 1) sum += term(column);
    return sum;
  };
  const moved = (step: Float32Array, share: number): Float64Array =>
    start.map(
      (value, row) =>
        value +
        summed((column) => {
          const by = share * (step[column] ?? Number.NaN);
          return slopeAt(row, column) * by + (bendAt(row, column) * by * by) / 2;
        }),
    );
  /** Jᵀx. */
  const carried = (x: Float64Array): Float64Array =>
    Float64Array.from({ length: size }, (_, column) =>
      x.reduce((sum, value, row) => sum + slopeAt(row, column) * value, 0),
    );
  return {
    sumOfSquares: sumOfSquares(start),
    gram: Float64Array.from({ length: size * size }, (_, index) => {
      const [one, other] = [Math.floor(index / size), index % size];
      return Array.from({ length: rows }, (_, row) => slopeAt(row, one) * slopeAt(row, other)).reduce(
        (sum, value) => sum + value,
        0,
      );
    }),
    slope: carried(start),
    sumOfSquaresAfter: async (step) => sumOfSquares(moved(step, 1)),
    curvatureAlong: async (velocity, probe) => {
      const after = moved(velocity, probe);
      const bend = start.map((value, row) => {
        const linear = summed((column) => slopeAt(row, column) * (velocity[column] ?? Number.NaN));
        return (((after[row] ?? Number.NaN) - value) / probe - linear) * (2 / probe);
      });
      return carried(bend);
    },
  };
}

function sumOfSquares(x: Float64Array): number {
  return x.reduce((sum, value) => sum + value * value, 0);
}
