import * as tf from '@tensorflow/tfjs';
import type { EngineCholesky } from '../../engine/index.ts';
import type { NkConfiguration, NkLevenbergMarquardtSettings } from '../../models/nk/configuration.ts';
import type { NkKit, NkStepTensors } from '../../models/nk/kit.ts';
import type { NkLossPoints } from '../../models/nk/loss.ts';
import { policyShapes } from '../../models/nk/policy.ts';
import type { LeastSquares } from '../../nn/levenberg-marquardt.ts';
import { unflatten } from '../../nn/flat.ts';
import { gramMatrix } from '../../nn/gram-matrix.ts';
import { weightChange } from '../../nn/weight-change.ts';
import type { NkStepInput } from './step.ts';
import { pointsOf } from './step.ts';

/** What a second-order step makes. */
export interface NkSecondOrderStep {
  /** Moments are those that it was given; the gradient is that of the loss before the step. */
  readonly made: NkStepTensors;
  /** For the next step. */
  readonly damping: number;
  /** Whether the weights moved. */
  readonly accepted: boolean;
  /** Of the last step that was tried; see `DampedStep`. */
  readonly gainRatio: number;
}

/** What a second-order step starts from. */
export type NkSecondOrderInput = Omit<NkStepInput, 'learningRate'>;

/** Everything at the weights before the step; owned by the step. */
type Start = {
  readonly jacobian: tf.Tensor2D;
  readonly residuals: tf.Tensor2D;
  readonly gram: tf.Tensor2D;
  readonly slope: tf.Tensor2D;
  readonly total: tf.Scalar;
  readonly is: tf.Scalar;
  readonly phillips: tf.Scalar;
};

/**
 * One step of Levenberg and Marquardt on the batch: residuals, Jacobian and its Gram matrix on the engine in single
 * precision, the factorisation in double precision, on the host or by `cholesky`. Leaves its inputs alive; the caller owns the tensors
 * that it returns. A step that does not make the loss of its batch less leaves the weights as they are.
 *
 * @throws SubjectError `shape-mismatch`, `non-finite-derivatives`
 */
export async function secondOrderStep(
  kit: NkKit,
  input: NkSecondOrderInput,
  settings: NkLevenbergMarquardtSettings,
  damping: number,
  cholesky?: EngineCholesky,
): Promise<NkSecondOrderStep> {
  const { weights, moments } = input;
  const start: Start = kit.scope(() => startAt(kit, input));
  try {
    const {
      step,
      damping: next,
      gainRatio,
    } = await kit.dampedStep(await problemAt(kit, input, start, cholesky), damping, settings);
    const made = kit.scope(() => {
      const gradient: tf.Tensor1D = tf.mul(tf.reshape(start.slope, [weights.size]), 2);
      const moved = step === undefined ? tf.clone(weights) : tf.add<tf.Tensor1D>(weights, tf.tensor1d(step));
      const kept = {
        weights: moved,
        weightChange: weightChange(weights, moved),
        firstMoment: tf.clone(moments.firstMoment),
        secondMoment: tf.clone(moments.secondMoment),
        gradient,
        gradientNorm: tf.norm(gradient) as tf.Scalar,
        total: tf.clone(start.total),
        is: tf.clone(start.is),
        phillips: tf.clone(start.phillips),
      };
      return kit.commit(kept, tf.tensor1d(input.nodes.nodes));
    });
    return { made, damping: next, accepted: step !== undefined, gainRatio };
  } finally {
    kit.release(start);
  }
}

function startAt(kit: NkKit, input: NkSecondOrderInput): Start {
  const { weights, configuration } = input;
  const points = pointsOf(kit, input);
  const slices = slicesOf(kit, configuration, weights);
  const { jacobian, residuals } = kit.linearise(kit, slices, points, configuration);
  const { total, is, phillips } = kit.loss(kit, slices, points, configuration);
  return {
    jacobian,
    residuals,
    gram: gramMatrix(jacobian),
    slope: tf.matMul(residuals, jacobian),
    total,
    is,
    phillips,
  };
}

async function problemAt(
  kit: NkKit,
  input: NkSecondOrderInput,
  { jacobian, residuals, gram, slope, total }: Start,
  cholesky: EngineCholesky | undefined,
): Promise<LeastSquares> {
  const { weights, configuration } = input;
  const read = async (body: (points: NkLossPoints) => tf.Tensor): Promise<Float32Array> => {
    const tensor = kit.scope(() => body(pointsOf(kit, input)));
    try {
      return await tensor.data<'float32'>();
    } finally {
      tensor.dispose();
    }
  };
  const after = (step: Float32Array, share: number): tf.Tensor[] =>
    slicesOf(kit, configuration, tf.add<tf.Tensor1D>(weights, tf.mul(tf.tensor1d(step), share)));
  const [sumOfSquares = Number.NaN] = await total.data<'float32'>();
  return {
    sumOfSquares,
    gram: await gram.data<'float32'>(),
    slope: await slope.data<'float32'>(),
    ...(cholesky === undefined ? {} : { factor: (shift: number) => cholesky.factor(gram, shift) }),
    sumOfSquaresAfter: async (step) => {
      const [value = Number.NaN] = await read(
        (points) => kit.loss(kit, after(step, 1), points, configuration).total,
      );
      return value;
    },
    curvatureAlong: (velocity, probe) =>
      read((points) => {
        const moved = kit.residualVector(kit, after(velocity, probe), points, configuration);
        const slopes = tf.matMul(jacobian, tf.tensor2d(velocity, [velocity.length, 1]));
        const linear = tf.reshape(slopes, [1, residuals.size]);
        // r(t) = r + t·r′ + t²·r″/2.
        const bend = tf.mul(tf.sub(tf.div(tf.sub(moved, residuals), probe), linear), 2 / probe);
        return tf.matMul(bend, jacobian);
      }),
  };
}

function slicesOf(kit: NkKit, { network }: NkConfiguration, weights: tf.Tensor1D): tf.Tensor[] {
  return unflatten(weights, policyShapes(kit, network));
}
