import * as tf from '@tensorflow/tfjs';
import type { NamedTensors, TensorFunction } from '../../engine/index.ts';
import { SuiteError } from '../../errors.ts';
import type {
  BewleyConfiguration,
  BewleyLossPoints,
  BewleyTrainerKit,
  BewleyTrainingLoss,
} from '../../models/bewley/index.ts';
import { trainingLoss } from '../../models/bewley/index.ts';
import { onTape } from '../../nn/tape.ts';

/** What a gradient is computed from: weights (P); a state and two draws, (B, A) each; statistics of the normaliser. */
export type BewleyGradientInputs = {
  readonly weights: tf.Tensor1D;
  readonly wealth: tf.Tensor2D;
  readonly ability: tf.Tensor2D;
  readonly star: tf.Tensor2D;
  readonly abilityA: tf.Tensor2D;
  readonly starA: tf.Tensor2D;
  readonly abilityB: tf.Tensor2D;
  readonly starB: tf.Tensor2D;
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
};

/** What agents did, (B, A) each; and the features that the network was fed, normalised, (B, A, F). */
export type BewleyAgents = {
  readonly consumption: tf.Tensor;
  readonly labor: tf.Tensor;
  readonly savings: tf.Tensor;
  readonly savingsRatio: tf.Tensor;
  readonly income: tf.Tensor;
  readonly money: tf.Tensor;
  readonly marginalReturn: tf.Tensor;
  readonly normalised: tf.Tensor;
};

/** What markets did, (B, 1) each. */
export type BewleyMarkets = {
  readonly wage: tf.Tensor;
  readonly mpk: tf.Tensor;
  readonly rate: tf.Tensor;
  readonly capital: tf.Tensor;
  readonly effectiveLabor: tf.Tensor;
  readonly capitalFloored: tf.Tensor;
  readonly laborFloored: tf.Tensor;
};

/** The loss that is differentiated, and its parts without weights: scalars. */
export type BewleyLossTensors = {
  readonly total: tf.Scalar;
  readonly complementarity: tf.Scalar;
  readonly euler: tf.Scalar;
  /** Of the labour condition; `labor` are the hours. */
  readonly laborCondition: tf.Scalar;
};

/** What is told of a step: losses, agents, markets; the gradient in the weights (P); what each branch commits of wealth, (B, A). */
export type BewleyGradient = BewleyLossTensors &
  BewleyAgents &
  BewleyMarkets & {
    readonly gradient: tf.Tensor1D;
    readonly committedA: tf.Tensor;
    readonly committedB: tf.Tensor;
  };

/** Where a loss is taken. */
export function lossPoints(inputs: Omit<BewleyGradientInputs, 'weights'>): BewleyLossPoints {
  const { wealth, ability, star, abilityA, starA, abilityB, starB, mean, variance } = inputs;
  return {
    state: { wealth, ability, star },
    a: { ability: abilityA, star: starA },
    b: { ability: abilityB, star: starB },
    statistics: { mean, variance },
  };
}

/**
 * Loss, gradient and what is told of a step, as a function of tensors alone. The scope around a call owns everything that
 * it makes.
 *
 * @throws SubjectError `shape-mismatch`
 */
export function bewleyGradient(
  kit: BewleyTrainerKit,
  configuration: BewleyConfiguration,
): TensorFunction<BewleyGradient> {
  return (given: NamedTensors) => {
    const inputs = given as BewleyGradientInputs;
    let kept: Omit<BewleyGradient, 'total' | 'gradient'> | undefined;
    const differentiate = tf.valueAndGrad((weights: tf.Tensor) => {
      const made = trainingLoss(kit, weights as tf.Tensor1D, lossPoints(inputs), configuration);
      kept = keptOf(kit, configuration, inputs, made);
      return made.loss.total;
    });
    const { value, grad } = onTape(() => differentiate(inputs.weights));
    if (kept === undefined) {
      throw new SuiteError({
        code: 'loss-not-evaluated',
        what: 'the tape was read without the loss being evaluated',
      });
    }
    // What is kept no scope disposes of; its copies are ordinary tensors again.
    const copies = mapped(kept, (tensor) => tf.clone(tensor));
    tf.dispose(Object.values(kept));
    return { ...copies, total: value, gradient: grad as tf.Tensor1D };
  };
}

/** The tape disposes of everything but its value and gradient. */
function keptOf(
  kit: BewleyTrainerKit,
  configuration: BewleyConfiguration,
  { mean, variance }: BewleyGradientInputs,
  { loss, today, ahead }: BewleyTrainingLoss,
): Omit<BewleyGradient, 'total' | 'gradient'> {
  const { complementarity, euler, labor: laborCondition } = loss;
  const { consumption, savings, income, money, controls, market } = today;
  const { wage, mpk, rate, capital, effectiveLabor, capitalFloored, laborFloored } = market;
  const fed = kit.features(kit.policyInputs(today.state), configuration);
  const past = { mean, variance, count: 1 };
  const { normalised } = kit.normaliser.transform(kit.normaliser, fed, past, configuration.normaliser);
  return mapped(
    {
      complementarity,
      euler,
      laborCondition,
      consumption,
      savings,
      income,
      money,
      ...controls,
      normalised,
      wage,
      mpk,
      rate,
      capital,
      effectiveLabor,
      capitalFloored,
      laborFloored,
      committedA: kit.commit(kit, today, ahead.a).wealth,
      committedB: kit.commit(kit, today, ahead.b).wealth,
    },
    (tensor) => tf.keep(tf.clone(tensor)),
  );
}

function mapped<T extends object>(tensors: T, change: (tensor: tf.Tensor) => tf.Tensor): T {
  const entries = Object.entries(tensors).map(([name, tensor]: [string, tf.Tensor]) => [
    name,
    change(tensor),
  ]);
  return Object.fromEntries(entries) as T;
}
