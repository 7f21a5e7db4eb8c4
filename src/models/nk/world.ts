import * as tf from '@tensorflow/tfjs';
import type { Stream } from '../../numerics/stream.ts';
import type { NkCoefficients } from './coefficients.ts';
import type { NkProcedure, NkSamplingSettings } from './configuration.ts';
import type { NkKit } from './kit.ts';
import { NK_PARAMETER_COUNT } from './parameters.ts';

/** The economies that a run holds at one time: parameters and their live states. */
export interface NkWorld {
  /** (B, 8). */
  readonly parameters: tf.Tensor2D;
  /** The same numbers on the host, row-major. */
  readonly parameterValues: Float32Array;
  /** What follows from them, (B) each. */
  readonly coefficients: NkCoefficients;
  /** (B). */
  readonly zeta: tf.Tensor;
  /** Counts the worlds of a run from 0. */
  readonly generation: number;
}

/** The economies of a world, on the host and on the engine. */
export type NkEconomies = Pick<NkWorld, 'parameters' | 'parameterValues' | 'coefficients'>;

/** Economies with these parameters (B, 8), row-major; the caller owns the tensors. */
export function economiesOf(kit: NkKit, parameterValues: Float32Array): NkEconomies {
  const rows = parameterValues.length / NK_PARAMETER_COUNT;
  const parameters = tf.tensor2d(parameterValues, [rows, NK_PARAMETER_COUNT]);
  // A copy, since a type of interfaces is no container for tidy.
  const coefficients = tf.tidy(() => ({ ...kit.coefficients(parameters) }));
  return { parameters, parameterValues, coefficients };
}

/** What a gradient step is fed; borrows the tensors of its world. */
export interface NkBatch {
  readonly parameters: tf.Tensor2D;
  readonly coefficients: NkCoefficients;
  readonly zeta: tf.Tensor;
  /** Generation of the world that it was taken from. */
  readonly generation: number;
}

/** What the next state is made of. */
export interface NkNextState {
  /** Parameters of the coming iteration, and the state of the last. */
  readonly world: NkWorld;
  /** Whether the parameters have just been drawn. */
  readonly redrawn: boolean;
  readonly procedure: NkProcedure;
  readonly sampling: NkSamplingSettings;
  readonly stream: Stream;
}

/** The batch of a step: the live parameters and state of that step, not copied. */
export function assembleBatch({ parameters, coefficients, zeta, generation }: NkWorld): NkBatch {
  return { parameters, coefficients, zeta, generation };
}

/** Whether parameters are drawn anew at the start of this iteration: every `redrawEvery`, and first at iteration 0. */
export function redrawsParameters(iteration: number, { redrawEvery }: NkProcedure): boolean {
  return iteration % redrawEvery === 0;
}

/** States (B) that depend on none before them: uniform where the procedure says so, else ergodic. */
export function drawState(
  kit: NkKit,
  stream: Stream,
  parameters: Float32Array,
  { procedure: { state }, sampling }: Pick<NkNextState, 'procedure' | 'sampling'>,
): Float32Array {
  const { widen, bound, unit } = sampling;
  return state === 'uniform'
    ? kit.drawUniformState(stream, parameters, { bound, unit })
    : kit.drawErgodicState(stream, parameters, { widen });
}

/**
 * The live state (B) of the coming iteration. Under `ergodic` and `uniform` it is drawn afresh; under `simulated` it goes on from
 * where it is, `stateSteps` transitions under the parameters of the coming iteration, whether or not they are new.
 * Innovations are widened as the ergodic distribution is, so that both procedures train on the same domain.
 *
 * The caller owns the new tensor, and still the old one.
 */
export function nextState(kit: NkKit, { world, procedure, sampling, stream }: NkNextState): tf.Tensor {
  const { state, stateSteps } = procedure;
  if (state !== 'simulated')
    return tf.tensor1d(drawState(kit, stream, world.parameterValues, { procedure, sampling }));
  const { widen } = sampling;
  const batch = world.zeta.size;
  return kit.scope(() => {
    let zeta = world.zeta;
    for (let step = 0; step < stateSteps; step += 1) {
      const draws = Float32Array.from({ length: batch }, () => widen * stream.normal());
      zeta = kit.transition(kit, zeta, tf.tensor1d(draws), world.coefficients);
    }
    return zeta;
  });
}
