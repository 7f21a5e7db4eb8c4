import * as tf from '@tensorflow/tfjs';
import type { CompiledFunction } from '../../engine/index.ts';
import { compile } from '../../engine/index.ts';
import { InputError } from '../../errors.ts';
import type {
  Environment,
  EnvironmentStates,
  PpoConfiguration,
  PpoKit,
  ReturnMoments,
  RewardScale,
} from '../../models/ppo/index.ts';
import {
  actWith,
  forwardOf,
  noReturnMoments,
  samplesOf,
  sectionOf,
  sizesOf,
  updatesOf,
  valueHeadOf,
} from '../../models/ppo/index.ts';
import type { SavedState } from '../../models/saved-state.ts';
import type { AdamMoments } from '../../nn/adam.ts';
import { freshMoments } from '../../nn/adam.ts';
import type { RunningMoments } from '../../numerics/running-moments.ts';
import { noMoments } from '../../numerics/running-moments.ts';
import type { Stream } from '../../numerics/stream.ts';
import type { Experience } from './experience.ts';
import { experienceOf } from './experience.ts';
import type { PpoGradient, PpoTask } from './gradient.ts';
import { ppoGradient } from './gradient.ts';
import type { PpoGradientStep, PpoUpdate } from './observation.ts';
import type { Rollout } from './rollout.ts';
import { firstStates, rollout } from './rollout.ts';
import { minibatchTensors, runEpochs } from './update.ts';

/** A run between two updates. It owns its tensors: weights (P) and moments (P). */
export interface Progress {
  readonly kit: PpoKit;
  readonly configuration: PpoConfiguration;
  /** With shaping, if it is configured. */
  readonly environment: Environment;
  readonly task: PpoTask;
  /** Every purpose and every update has a stream of its own, so that what one draws changes no other. */
  readonly streams: Stream;
  environments: EnvironmentStates;
  observationMoments: RunningMoments;
  rewardScale: RewardScale;
  returnMoments: ReturnMoments;
  weights: tf.Tensor1D;
  moments: AdamMoments;
  /** Environment steps taken. */
  step: number;
  /** As one kernel each, where they have been compiled. */
  forward?: CompiledFunction<{ readonly outputs: tf.Tensor2D }>;
  gradient?: CompiledFunction<PpoGradient>;
}

/**
 * A run before its first update, or where it was saved.
 *
 * @throws InputError `state-unusable`, `reward-unknown`, `shaping-without-potential`
 */
export function open(
  kit: PpoKit,
  configuration: PpoConfiguration,
  given: Environment,
  streams: Stream,
  resumeFrom?: SavedState,
): Progress {
  const { environments: count, network, policy, shaping, discount } = configuration;
  if (shaping > 0 && given.potential === undefined) throw withoutPotential(given, shaping);
  const environment = kit.withShaping(kit, given, { weight: shaping, discount });
  const sizes = sizesOf(environment);
  const task = { sizes, rewardWeights: rewardWeightsOf(environment, configuration.rewardWeights) };
  const run = { kit, configuration, environment, task, streams };
  if (resumeFrom !== undefined)
    return { ...run, ...kit.restoreState(resumeFrom, configuration, environment) };
  const first = kit.initialWeights(streams.split('weights'), sizes, network, policy.deviation);
  return {
    ...run,
    environments: firstStates(environment, count, streams.split('environments')),
    observationMoments: noMoments(sizes.observations),
    rewardScale: { moments: noMoments(1), discounted: new Float64Array(count) },
    returnMoments: noReturnMoments(sizes.rewards),
    weights: tf.tensor1d(first),
    moments: freshMoments(first.length),
    step: 0,
  };
}

function withoutPotential({ name }: Environment, shaping: number): InputError {
  return new InputError({
    code: 'shaping-without-potential',
    what: `the environment ${name} has no potential that its reward could be shaped by`,
    given: `shaping: ${shaping}`,
    expected: 'shaping: 0, or an environment with a function `potential`, as durotaxis has',
  });
}

/** w of each component of the reward, in their order. */
function rewardWeightsOf(
  { name, rewards }: Environment,
  weights: PpoConfiguration['rewardWeights'],
): readonly number[] {
  const unknown = Object.keys(weights).find((key) => !rewards.includes(key));
  if (unknown === undefined) return rewards.map((component) => weights[component] ?? 1);
  throw new InputError({
    code: 'reward-unknown',
    what: `the environment ${name} has no component of the reward of this name`,
    given: `rewardWeights.${unknown}`,
    expected: rewards.join(', '),
  });
}

/**
 * Leaves the networks, and loss and gradient, to the engine as one kernel each, where it can take them.
 *
 * @throws SuiteError `graph-untraceable`, `graph-differs`
 */
export async function compileUpdate(progress: Progress): Promise<void> {
  const { kit, configuration, task, weights } = progress;
  const { observations: seen, actions, rewards } = task.sizes;
  const { environments: count, minibatch } = configuration;
  const observations = tf.zeros<tf.Rank.R2>([count, seen]);
  const blank = (width: number): Float32Array => new Float32Array(minibatch * width);
  const samples = {
    observations: blank(seen),
    actions: blank(actions),
    logProbabilities: blank(1),
    policies: blank(actions),
    advantages: blank(1),
    values: blank(rewards),
    targets: blank(rewards),
    ranges: blank(rewards),
  };
  const tensors = minibatchTensors(samples, task, new Float32Array(actions));
  const body = ppoGradient(kit, configuration, task);
  try {
    const forward = await compile(
      (given) => tf.tidy(() => forwardOf(kit, configuration, task.sizes)(given)),
      {
        weights,
        observations,
      },
    );
    if (forward !== undefined) progress.forward = forward;
    const gradient = await compile<PpoGradient>((given) => tf.tidy(() => body(given)), {
      weights,
      ...tensors,
    });
    if (gradient !== undefined) progress.gradient = gradient;
  } finally {
    tf.dispose([observations, ...Object.values(tensors)]);
  }
}

/** Lets the policy act, and learns from what happened. Nothing of the run changes if it throws. */
export async function advance(
  progress: Progress,
  onGradientStep?: (step: PpoGradientStep) => Promise<void> | void,
): Promise<PpoUpdate> {
  const { kit, configuration, step } = progress;
  const index = step / samplesOf(configuration);
  const learningRate = kit.learningRate(index, updatesOf(configuration), configuration.optimiser);
  return learn(progress, { learningRate, ...(await act(progress)) }, onGradientStep);
}

/** What a policy did, and how it was drawn. */
export interface Acted {
  readonly happened: Rollout;
  /** (A) of a Gaussian policy; empty of a discrete one. */
  readonly logDeviation: Float32Array;
}

/** Lets the policy act, as the next update will: nothing of the run changes. */
export async function act(progress: Progress): Promise<Acted> {
  const { kit, configuration, task, weights } = progress;
  const forward = progress.forward?.run ?? forwardOf(kit, configuration, task.sizes);
  const logDeviation = await logDeviationOf(progress);
  const happened = await rollout(kit, configuration, {
    ...progress,
    sizes: task.sizes,
    logDeviation,
    act: actWith(forward, weights, task.sizes),
    random: updateStream(progress).split('rollout'),
  });
  return { happened, logDeviation };
}

/** Of the next update. */
function updateStream({ streams, step, configuration }: Progress): Stream {
  return streams.split('update').split(step / samplesOf(configuration));
}

/** Learns from what the policy did. Nothing of the run changes if it throws. */
export async function learn(
  progress: Progress,
  { happened, logDeviation, learningRate }: Acted & { readonly learningRate: number },
  onGradientStep?: (step: PpoGradientStep) => Promise<void> | void,
): Promise<PpoUpdate> {
  const { kit, configuration, task, step, weights, moments, gradient } = progress;
  const experience = experienceOf(kit, configuration, task, { ...progress, rollout: happened });
  const rescaled = await rescaledWeights(progress, experience);
  try {
    const { epochs, ...updated } = await runEpochs({
      kit,
      configuration,
      task,
      batch: experience.batch,
      logDeviation,
      weights: rescaled,
      moments,
      learningRate,
      step,
      random: updateStream(progress).split('minibatches'),
      ...(gradient === undefined ? {} : { gradientAt: gradient.run }),
      ...(onGradientStep === undefined ? {} : { onGradientStep }),
    });
    kit.release({ weights, firstMoment: moments.firstMoment, secondMoment: moments.secondMoment });
    const { environments, observationMoments } = happened;
    const { rewardScale, returnMoments } = experience;
    Object.assign(progress, { environments, observationMoments, rewardScale, returnMoments, ...updated });
    progress.step = step + samplesOf(configuration);
    return { step, learningRate, rollout: happened, experience, logDeviation, epochs };
  } finally {
    if (rescaled !== weights) rescaled.dispose();
  }
}

/** Log deviations of a Gaussian policy, read from the weights. */
async function logDeviationOf({ weights, task: { sizes }, configuration }: Progress): Promise<Float32Array> {
  if (sizes.kind === 'discrete') return new Float32Array(0);
  // They are the last of the policy's own.
  const [, to] = sectionOf('policy', sizes, configuration.network);
  const all = await weights.data<'float32'>();
  return Float32Array.from(all.subarray(to - sizes.actions, to));
}

/** Weights whose predictions, in the units after this rollout, are what they were in those before; the same if none changed. */
async function rescaledWeights(
  { kit, configuration: { network, returns }, task: { sizes }, weights }: Progress,
  { unitsBefore, units }: Experience,
): Promise<tf.Tensor1D> {
  if (returns.normalisation !== 'popart') return weights;
  const head = valueHeadOf(sizes, network);
  return tf.tensor1d(kit.rescaleHead(Float32Array.from(await weights.data()), head, unitsBefore, units));
}

/** Disposes of the tensors of a run, and of what was compiled. */
export function close({ kit, weights, moments, forward, gradient }: Progress): void {
  forward?.dispose();
  gradient?.dispose();
  kit.release({ weights, firstMoment: moments.firstMoment, secondMoment: moments.secondMoment });
}
