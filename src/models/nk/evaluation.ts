import * as tf from '@tensorflow/tfjs';
import type { Stream } from '../../numerics/stream.ts';
import { streamOf } from '../../numerics/stream.ts';
import type { NkAccuracy } from './accuracy.ts';
import { accuracyOf } from './accuracy.ts';
import type { NkConfiguration } from './configuration.ts';
import type { NkEvaluationPoint } from './evaluation-points.ts';
import { parameterTensor, policyOf, readControls, readPair } from './host-values.ts';
import type { NkKit } from './kit.ts';
import { NK_BASELINE, parameterRow } from './parameters.ts';
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
  /** Absolute states ζ to judge at besides, the same for all parameters; none by default. */
  readonly states?: readonly number[];
}

/** Accuracy at one point of the state, for parameters over the prior. */
export interface NkAccuracyAtPoint extends NkAccuracy {
  /** The same at the baseline parameters alone. */
  readonly baseline: NkAccuracy;
  /** Whether training reached such states, at all parameters; where not, the errors say nothing of it. */
  readonly withinDomain: boolean;
}

/** Accuracy at one distance from the steady state. */
export interface NkAccuracyAtDistance extends NkAccuracyAtPoint {
  /** In ergodic deviations of each parameter vector. */
  readonly deviations: number;
}

/** Accuracy at one state. */
export interface NkAccuracyAtState extends NkAccuracyAtPoint {
  readonly zeta: number;
  /** The smallest and the largest distance that it is at, in ergodic deviations of the parameters over the prior. */
  readonly deviations: readonly [smallest: number, largest: number];
}

/** How far a trained policy is from the solution. */
export interface NkEvaluation {
  /** Parameters over the prior, ζ ergodic. */
  readonly prior: NkAccuracy;
  /** Baseline parameters, ζ ergodic. */
  readonly baseline: NkAccuracy;
  readonly distances: readonly NkAccuracyAtDistance[];
  /** One for each absolute state that was asked for. */
  readonly states: readonly NkAccuracyAtState[];
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
  const { kit, seed, samples = 2000 } = task;
  const stream = streamOf(seed).split('evaluation');
  const ergodic = (parameters: Float32Array): States => ({
    parameters,
    zeta: kit.drawErgodicState(stream.split('state'), parameters, ERGODIC),
  });
  const prior = ergodic(kit.drawParameters(stream.split('parameters'), samples));
  const baseline = ergodic(
    Float32Array.from(Array.from({ length: samples }, () => parameterRow(NK_BASELINE)).flat()),
  );
  return {
    prior: await accuracyAt(task, prior),
    baseline: await accuracyAt(task, baseline),
    ...(await accuracyAtPoints(task, prior.parameters)),
    residuals: await residualsAt(task, prior, stream.split('expectation')),
  };
}

/** Accuracy at each distance and at each state, for parameters (B, 8) and at the baseline. */
async function accuracyAtPoints(
  task: NkEvaluationTask,
  parameters: Float32Array,
): Promise<Pick<NkEvaluation, 'distances' | 'states'>> {
  const { kit, configuration, states: asked = [] } = task;
  const { sampling, procedure } = configuration;
  const request = {
    deviations: DISTANCES,
    states: asked,
    widen: sampling.widen,
    uniform: procedure.state === 'uniform' ? sampling : undefined,
  };
  const baseline = Float32Array.from(parameterRow(NK_BASELINE));
  const baselinePoints = kit.evaluationPoints(request, baseline);
  const distances: NkAccuracyAtDistance[] = [];
  const states: NkAccuracyAtState[] = [];
  for (const [index, point] of kit.evaluationPoints(request, parameters).entries()) {
    const accuracy = {
      withinDomain: point.withinDomain,
      ...(await accuracyAt(task, { parameters, zeta: point.zeta })),
      baseline: await accuracyAt(task, {
        parameters: baseline,
        zeta: baselinePoints[index]?.zeta ?? new Float32Array(),
      }),
    };
    const distance = DISTANCES[index];
    if (distance !== undefined) distances.push({ deviations: distance, ...accuracy });
    else {
      const zeta = asked[index - DISTANCES.length] ?? Number.NaN;
      states.push({ zeta, deviations: extentOf(point), ...accuracy });
    }
  }
  return { distances, states };
}

function extentOf({ deviations }: NkEvaluationPoint): readonly [smallest: number, largest: number] {
  const distances = Array.from(deviations, Math.abs);
  return [Math.min(...distances), Math.max(...distances)];
}

async function accuracyAt(task: NkEvaluationTask, states: States): Promise<NkAccuracy> {
  const values = await readControls(() =>
    policyOf(task)(tf.tensor1d(states.zeta), parameterTensor(states.parameters)),
  );
  return accuracyOf({ ...states, ...values });
}

async function residualsAt(
  task: NkEvaluationTask,
  states: States,
  stream: Stream,
): Promise<NkEvaluation['residuals']> {
  const { kit } = task;
  const { nodes, weights } = kit.expectationNodes(kit, EXACT_EXPECTATION, stream);
  const [is, phillips] = await readPair(() => {
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
