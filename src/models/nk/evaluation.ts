import * as tf from '@tensorflow/tfjs';
import { unflatten } from '../../nn/flat.ts';
import { weightShapes } from '../../nn/network.ts';
import type { Stream } from '../../numerics/stream.ts';
import { streamOf } from '../../numerics/stream.ts';
import type { NkAccuracy } from './accuracy.ts';
import { accuracyOf } from './accuracy.ts';
import type { NkConfiguration } from './configuration.ts';
import type { NkPolicy } from './controls.ts';
import type { NkKit } from './kit.ts';
import { NK_BASELINE, NK_PARAMETER_COUNT, parameterRow } from './parameters.ts';
import { policyWidths } from './policy.ts';
import type { ResidualQuantiles } from './residual-quantiles.ts';
import { residualQuantiles } from './residual-quantiles.ts';

/** What is to be judged. */
export interface NkEvaluationTask {
  readonly kit: NkKit;
  readonly configuration: NkConfiguration;
  /** Flat, (P). */
  readonly weights: Float32Array;
  readonly seed: number | string;
  /** Economies drawn from the prior; default 2,000. */
  readonly samples?: number;
}

/** Accuracy at one distance from the steady state, for parameters over the prior. */
export interface NkAccuracyAtDistance extends NkAccuracy {
  /** In ergodic deviations of each parameter vector. */
  readonly deviations: number;
  /** Whether training reached such states; where not, the errors say nothing of it. */
  readonly withinDomain: boolean;
}

/** How far a trained policy is from the solution. */
export interface NkEvaluation {
  /** Parameters over the prior, ζ ergodic. */
  readonly prior: NkAccuracy;
  /** Baseline parameters, ζ ergodic. */
  readonly baseline: NkAccuracy;
  readonly distances: readonly NkAccuracyAtDistance[];
  /** On ergodic states over the prior. */
  readonly residuals: { readonly is: ResidualQuantiles; readonly phillips: ResidualQuantiles };
}

/** The policy of a network need not be symmetric. */
const DISTANCES = [-3, -2, -1, -0.5, 0.5, 1, 2, 3];

/** Accuracy is judged on the ergodic distribution itself, however wide the training was. */
const ERGODIC = { widen: 1 };

/** Exact for policies that are polynomials of degree 17 in ζ′: the network is nearly linear. */
const EXACT_EXPECTATION = { rule: 'gauss-hermite', nodes: 9 } as const;

/** States on the host: parameters (B, 8) and ζ (B). */
interface States {
  readonly parameters: Float32Array;
  readonly zeta: Float32Array;
}

/** Judges a policy network against the closed form, and by its residuals. Leaves no tensor behind. */
export async function evaluateNk(task: NkEvaluationTask): Promise<NkEvaluation> {
  const { kit, configuration, seed, samples = 2000 } = task;
  const { sampling } = configuration;
  const stream = streamOf(seed).split('evaluation');
  const ergodic = (parameters: Float32Array): States => ({
    parameters,
    zeta: kit.drawErgodicState(stream.split('state'), parameters, ERGODIC),
  });
  const prior = ergodic(kit.drawParameters(stream.split('parameters'), samples));
  const baseline = ergodic(
    Float32Array.from(Array.from({ length: samples }, () => parameterRow(NK_BASELINE)).flat()),
  );
  const points = kit.evaluationPoints({ deviations: DISTANCES, widen: sampling.widen }, prior.parameters);
  const distances: NkAccuracyAtDistance[] = [];
  for (const [index, { zeta, withinDomain }] of points.entries()) {
    const accuracy = await accuracyAt(task, { parameters: prior.parameters, zeta });
    distances.push({ deviations: DISTANCES[index] ?? Number.NaN, withinDomain, ...accuracy });
  }
  return {
    prior: await accuracyAt(task, prior),
    baseline: await accuracyAt(task, baseline),
    distances,
    residuals: await residualsAt(task, prior, stream.split('expectation')),
  };
}

async function accuracyAt(task: NkEvaluationTask, states: States): Promise<NkAccuracy> {
  const [output, inflation] = await valuesOf(() => {
    const controls = policyOf(task)(tf.tensor1d(states.zeta), parameterTensor(states.parameters));
    return [controls.output, controls.inflation];
  });
  return accuracyOf({ ...states, output, inflation });
}

async function residualsAt(
  task: NkEvaluationTask,
  states: States,
  stream: Stream,
): Promise<NkEvaluation['residuals']> {
  const { kit } = task;
  const { nodes, weights } = kit.expectationNodes(kit, EXACT_EXPECTATION, stream);
  const [is, phillips] = await valuesOf(() => {
    const zeta = tf.tensor1d(states.zeta);
    const parameters = parameterTensor(states.parameters);
    const coefficients = kit.coefficients(parameters);
    const { controls, expected } = kit.lookAhead(kit, policyOf(task), {
      zeta,
      parameters,
      coefficients,
      nodes: tf.tensor1d(nodes),
      probabilities: tf.tensor1d(weights),
    });
    const missed = kit.residuals(kit, { zeta, controls, expected, coefficients });
    return [missed.is, missed.phillips];
  });
  return { is: residualQuantiles(is), phillips: residualQuantiles(phillips) };
}

/** To be called inside a scope, which owns the weights. */
function policyOf({ kit, configuration: { network }, weights }: NkEvaluationTask): NkPolicy {
  return kit.policy(
    kit,
    unflatten(tf.tensor1d(weights), weightShapes(policyWidths(network.hidden))),
    network,
  );
}

function parameterTensor(values: Float32Array): tf.Tensor2D {
  return tf.tensor2d(values, [values.length / NK_PARAMETER_COUNT, NK_PARAMETER_COUNT]);
}

/** Reads two tensors of a computation, and disposes of everything that it made. */
async function valuesOf(computation: () => [tf.Tensor, tf.Tensor]): Promise<[Float32Array, Float32Array]> {
  const [first, second] = tf.tidy(computation);
  const values = await Promise.all([first.data<'float32'>(), second.data<'float32'>()]);
  tf.dispose([first, second]);
  return values;
}
