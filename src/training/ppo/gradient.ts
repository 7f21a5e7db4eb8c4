import * as tf from '@tensorflow/tfjs';
import type { NamedTensors, TensorFunction } from '../../engine/index.ts';
import { SuiteError } from '../../errors.ts';
import type { PpoConfiguration, PpoKit, PpoLoss, PpoMinibatch, PpoSizes } from '../../models/ppo/index.ts';
import { ppoLoss, ppoShapes, sectionOf } from '../../models/ppo/index.ts';
import { unflatten } from '../../nn/flat.ts';
import { onTape } from '../../nn/tape.ts';

/** What a network learns from: fixed for a run. */
export interface PpoTask {
  readonly sizes: PpoSizes;
  /** w, (C). */
  readonly rewardWeights: readonly number[];
}

/** What a gradient is computed from: weights (P), and a minibatch. */
export type PpoGradientInputs = PpoMinibatch & { readonly weights: tf.Tensor1D };

/** The loss at a minibatch, its gradient (P) in the weights, clipped, and numbers about both in the order of `stepNumbers`, before that of the step. */
export type PpoGradient = {
  readonly total: tf.Scalar;
  readonly gradient: tf.Tensor1D;
  readonly numbers: tf.Tensor1D;
};

/** Numbers of a gradient step: names of scalars, then of numbers of each head. */
const SCALARS = Object.freeze([
  'total',
  'policyLoss',
  'entropy',
  'entropyTerm',
  'divergence',
  'ratioDeviation',
  'k1',
  'k3',
  'clipFraction',
  'gradientNorm',
  'policyNorm',
  'valueNorm',
  'policyShare',
] as const);
/** Behind them, of the step itself. */
const OF_STEP = 'weightChange';
const PER_HEAD = Object.freeze(['valueLoss', 'valueClipped', 'targetSquare'] as const);

/** What is told of a gradient step, on the host. */
export type PpoStepNumbers = Readonly<
  Record<(typeof SCALARS)[number] | typeof OF_STEP, number> &
    Record<(typeof PER_HEAD)[number], readonly number[]>
>;

/** Names the numbers of a gradient step with C heads. */
export function stepNumbers(numbers: ArrayLike<number>, heads: number): PpoStepNumbers {
  const all = Array.from(numbers);
  const scalars = SCALARS.map((name, index) => [name, all[index]]);
  const perHead = PER_HEAD.map((name, index) => {
    const from = SCALARS.length + index * heads;
    return [name, all.slice(from, from + heads)];
  });
  const change = all[SCALARS.length + PER_HEAD.length * heads];
  return Object.fromEntries([...scalars, ...perHead, [OF_STEP, change]]) as PpoStepNumbers;
}

/**
 * Loss, gradient and what is told of a step, as a function of tensors alone. The scope around a call owns everything that
 * it makes.
 *
 * @throws SubjectError `shape-mismatch`
 */
export function ppoGradient(
  kit: PpoKit,
  configuration: PpoConfiguration,
  { sizes, rewardWeights }: PpoTask,
): TensorFunction<PpoGradient> {
  const { network, optimiser } = configuration;
  const shapes = ppoShapes(sizes, network);
  const shared = sectionOf('both', sizes, network);
  return (given: NamedTensors) => {
    const inputs = given as PpoGradientInputs;
    const lossAt = (weights: tf.Tensor): PpoLoss => {
      const outputs = kit.network(
        unflatten(weights as tf.Tensor1D, shapes),
        inputs.observations,
        sizes,
        network,
      );
      return ppoLoss(kit, outputs, inputs, configuration, rewardWeights);
    };
    const parts = network.shared
      ? [
          differentiate(lossAt, ({ ofPolicy }) => ofPolicy, inputs.weights),
          differentiate(lossAt, ({ ofValue }) => ofValue, inputs.weights),
        ]
      : [differentiate(lossAt, ({ ofPolicy, ofValue }) => tf.add(ofPolicy, ofValue), inputs.weights)];
    const [first, second] = parts;
    if (first === undefined) throw new SuiteError({ code: 'loss-not-evaluated', what: 'no loss was taken' });
    const whole =
      second === undefined ? first.gradient : tf.add<tf.Tensor1D>(first.gradient, second.gradient);
    const { gradient, norm } = kit.clipGradient(whole, optimiser.clipNorm);
    const section = (of: tf.Tensor1D, [from, to]: readonly [number, number]): tf.Scalar =>
      normOf(tf.slice(of, from, to - from));
    // On shared layers each loss has a gradient of its own; else each has weights of its own.
    const [policyNorm, valueNorm] =
      second === undefined
        ? [
            section(whole, sectionOf('policy', sizes, network)),
            section(whole, sectionOf('value', sizes, network)),
          ]
        : [section(first.gradient, shared), section(second.gradient, shared)];
    const share = tf.divNoNan<tf.Scalar>(policyNorm, tf.add(policyNorm, valueNorm));
    const total = second === undefined ? first.total : tf.add<tf.Scalar>(first.total, second.total);
    const scalars = [total, ...first.scalars, norm, policyNorm, valueNorm, share];
    return {
      total,
      gradient,
      numbers: tf.concat1d([tf.stack(scalars) as tf.Tensor1D, ...first.perHead]),
    };
  };
}

/** A part of the loss, its gradient, and what is told of the loss. */
interface Differentiated {
  readonly total: tf.Scalar;
  readonly gradient: tf.Tensor1D;
  readonly scalars: readonly tf.Scalar[];
  readonly perHead: readonly tf.Tensor1D[];
}

function differentiate(
  lossAt: (weights: tf.Tensor) => PpoLoss,
  partOf: (loss: PpoLoss) => tf.Scalar,
  weights: tf.Tensor1D,
): Differentiated {
  let kept: Pick<Differentiated, 'scalars' | 'perHead'> | undefined;
  const differentiable = tf.valueAndGrad((at: tf.Tensor) => {
    const loss = lossAt(at);
    const { policy, entropy, ofPolicy, divergence, ratio, value, targetSquare } = loss;
    const scalars = [
      policy,
      entropy,
      // As it is in the loss, with its sign.
      tf.sub<tf.Scalar>(ofPolicy, policy),
      divergence,
      ratio.deviation,
      ratio.k1,
      ratio.k3,
      ratio.clipped,
    ];
    const perHead = [value.perHead, value.clipped, targetSquare];
    // The tape disposes of everything but its value and gradient.
    kept = { scalars: scalars.map(keptCopy), perHead: perHead.map(keptCopy) };
    return partOf(loss);
  });
  let taken;
  try {
    taken = onTape(() => differentiable(weights));
  } catch (error) {
    // What was kept before something threw.
    if (kept !== undefined) tf.dispose([...kept.scalars, ...kept.perHead]);
    throw error;
  }
  if (kept === undefined) {
    throw new SuiteError({
      code: 'loss-not-evaluated',
      what: 'the tape was read without the loss being evaluated',
    });
  }
  // What is kept no scope disposes of; its copies are ordinary tensors again.
  const copies = { scalars: kept.scalars.map(copy), perHead: kept.perHead.map(copy) };
  tf.dispose([...kept.scalars, ...kept.perHead]);
  return { total: taken.value, gradient: taken.grad as tf.Tensor1D, ...copies };
}

function keptCopy<T extends tf.Tensor>(tensor: T): T {
  return tf.keep(tf.clone(tensor));
}

function copy<T extends tf.Tensor>(tensor: T): T {
  return tf.clone(tensor);
}

function normOf(vector: tf.Tensor1D): tf.Scalar {
  return tf.sqrt(tf.sum(tf.square(vector)));
}
