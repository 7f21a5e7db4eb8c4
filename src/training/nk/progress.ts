import * as tf from '@tensorflow/tfjs';
import type { CompiledFunction, EngineCholesky } from '../../engine/index.ts';
import { compile, openCholesky, tensorMemory } from '../../engine/index.ts';
import type { NkConfiguration } from '../../models/nk/configuration.ts';
import type { NkNodes } from '../../models/nk/expectation.ts';
import type { NkKit, NkStepTensors } from '../../models/nk/kit.ts';
import type { NkWorld } from '../../models/nk/world.ts';
import type { SavedState } from '../../models/saved-state.ts';
import type { AdamMoments } from '../../nn/adam.ts';
import { freshMoments } from '../../nn/adam.ts';
import type { Stream } from '../../numerics/stream.ts';
import type { NkObservation, NkStepSize } from './observation.ts';
import { secondOrderStep } from './second-order-step.ts';
import type { NkGradient, NkStepInput } from './step.ts';
import { gradientInputs, gradientStep, nkGradient } from './step.ts';
import { firstWorld, nextWorld, tensorsOf as worldTensors } from './worlds.ts';

/** A run between two gradient steps. It owns its tensors: the world, weights (P) and moments (P). */
export interface Progress {
  readonly kit: NkKit;
  readonly configuration: NkConfiguration;
  /** Every purpose and every step has a stream of its own, so that what one draws changes no other. */
  readonly streams: Stream;
  world: NkWorld;
  weights: tf.Tensor1D;
  moments: AdamMoments;
  /** Of the second-order method; 0 without. */
  damping: number;
  /** Gradient steps taken. */
  step: number;
  /** Loss and gradient as one kernel, where they have been compiled. */
  gradient?: CompiledFunction<NkGradient>;
  /** Factorisations of second-order steps, where they are left to the engine. */
  cholesky?: EngineCholesky;
}

/**
 * A run before its first step, or where it was saved.
 *
 * @throws InputError `state-unusable`
 */
export function open(
  kit: NkKit,
  configuration: NkConfiguration,
  streams: Stream,
  resumeFrom?: SavedState,
): Progress {
  if (resumeFrom !== undefined) {
    return { kit, configuration, streams, ...kit.restoreState(kit, resumeFrom, configuration) };
  }
  const weights = tf.tensor1d(kit.initialWeights(streams.split('weights'), configuration.network));
  return {
    kit,
    configuration,
    streams,
    world: firstWorld(kit, configuration, streams),
    weights,
    moments: kit.optimiserFor(undefined, () => freshMoments(weights.size)),
    damping: initialDamping(configuration),
    step: 0,
  };
}

/**
 * Leaves to the engine, where it can, what the host would do step by step: loss and gradient become one kernel, and
 * second-order steps are factorised there. Roundings aside the run is the same, in a fraction of the time.
 *
 * @throws SuiteError `graph-untraceable`, `graph-differs`
 */
export async function compileStep(progress: Progress): Promise<void> {
  const { kit, configuration, world, weights } = progress;
  const { optimiser } = configuration;
  if (optimiser.rule !== 'adamw') {
    const cholesky = openCholesky(weights.size);
    if (cholesky !== undefined) progress.cholesky = cholesky;
    return;
  }
  const batch = kit.assembleBatch(world);
  const inputs = gradientInputs({ weights, batch, nodes: nodesOf(progress) });
  const body = nkGradient(kit, configuration, optimiser);
  try {
    const compiled = await compile<NkGradient>((given) => tf.tidy(() => body(given)), inputs);
    if (compiled !== undefined) progress.gradient = compiled;
  } finally {
    tf.dispose([inputs.nodes, inputs.probabilities]);
  }
}

/** Brings world and optimiser to the iteration that begins now. */
export function prepareIteration(progress: Progress): void {
  const { kit, configuration, streams, world, weights, moments } = progress;
  const iteration = iterationOf(progress);
  if (iteration === 0) return;
  progress.world = nextWorld(kit, configuration, streams, world, iteration);
  progress.moments = kit.optimiserFor(moments, () => freshMoments(weights.size));
  if (progress.moments !== moments) kit.release(tensorsOf(moments));
}

/** Takes one gradient step; what it shows of it lives until it is released. */
export async function advance(progress: Progress): Promise<{
  readonly observation: NkObservation;
  readonly release: () => void;
}> {
  const { kit, world, weights, moments, step } = progress;
  const nodes = nodesOf(progress);
  const batch = kit.assembleBatch(world);
  const { made, size } = await takeStep(progress, { batch, nodes });
  kit.release({ weights, ...tensorsOf(moments) });
  progress.weights = made.weights;
  progress.moments = {
    firstMoment: made.firstMoment,
    secondMoment: made.secondMoment,
    step: moments.step + 1,
  };
  progress.damping = size.damping ?? progress.damping;
  progress.step = step + 1;
  const observation: NkObservation = {
    ...made,
    ...size,
    step,
    iteration: iterationOf({ ...progress, step }),
    batch,
    live: world,
    nodes: nodes.nodes,
    probabilities: nodes.weights,
    memory: tensorMemory(),
  };
  const { gradient, gradientNorm, weightChange, total, is, phillips } = made;
  return {
    observation,
    release: () => {
      kit.release({ gradient, gradientNorm, weightChange, total, is, phillips });
    },
  };
}

/** A step by the rule that is configured. */
async function takeStep(
  { kit, configuration, weights, moments, damping, step, gradient, cholesky }: Progress,
  at: Pick<NkStepInput, 'batch' | 'nodes'>,
): Promise<{ readonly made: NkStepTensors; readonly size: NkStepSize }> {
  const { iterations, procedure, optimiser } = configuration;
  const from = { configuration, weights, moments, ...at };
  if (optimiser.rule === 'levenberg-marquardt') {
    const { made, ...size } = await secondOrderStep(kit, from, optimiser, damping, cholesky);
    return { made, size };
  }
  const learningRate = kit.learningRate(step, iterations * procedure.gradientSteps, optimiser);
  const made = gradientStep(kit, { ...from, learningRate }, optimiser, gradient?.run);
  return { made, size: { learningRate } };
}

function initialDamping({ optimiser }: NkConfiguration): number {
  return optimiser.rule === 'levenberg-marquardt' ? optimiser.damping : 0;
}

/** Disposes of the tensors of a run, and of what was compiled. */
export function close({ kit, world, weights, moments, gradient, cholesky }: Progress): void {
  gradient?.dispose();
  cholesky?.dispose();
  kit.release({ weights, ...tensorsOf(moments), ...worldTensors(world) });
}

/** Nodes of the coming step. */
function nodesOf({ kit, configuration: { expectation }, streams, step }: Progress): NkNodes {
  return kit.expectationNodes(kit, expectation, streams.split('expectation').split(step));
}

function iterationOf({ step, configuration }: Progress): number {
  return Math.floor(step / configuration.procedure.gradientSteps);
}

function tensorsOf({ firstMoment, secondMoment }: AdamMoments): Readonly<Record<string, tf.Tensor>> {
  return { firstMoment, secondMoment };
}
