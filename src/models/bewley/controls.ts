import * as tf from '@tensorflow/tfjs';
import type { BewleyLaborBounds } from './terms.ts';

/** What agents own and are at the start of a period, before anyone acts: (B, A) float32 each. */
export interface BewleyState {
  readonly wealth: tf.Tensor;
  readonly ability: tf.Tensor;
  /** 1 for a superstar, else 0. */
  readonly star: tf.Tensor;
}

/** What a policy chooses, (B, A) each. */
export interface BewleyControls {
  /** s = a′/m, in (0, 1). */
  readonly savingsRatio: tf.Tensor;
  /** n. */
  readonly labor: tf.Tensor;
  /** h, the expected marginal return: 1 where unconstrained, below 1 where the borrowing limit binds. */
  readonly marginalReturn: tf.Tensor;
}

/** What a policy is fed, (B, A) each: its own state and, by the rows of its world, that of the others. */
export type BewleyPolicyInputs = BewleyState;

/** A policy as a function of what it is fed. */
export type BewleyPolicy = (inputs: BewleyPolicyInputs) => BewleyControls;

/** Outputs of the network: savings ratio, marginal return, labour. */
export const BEWLEY_OUTPUTS = ['savingsRatio', 'marginalReturn', 'labor'] as const;

/** Today's wealth, ability and star. Money on hand is no state: it contains today's labour. */
export function policyInputs({ wealth, ability, star }: BewleyState): BewleyPolicyInputs {
  return { wealth, ability, star };
}

/**
 * Controls from raw network outputs (B, A, 3), in the order of BEWLEY_OUTPUTS: s by the logistic function, h = log(1 + eˣ),
 * n by the logistic function between its bounds.
 */
export function controls(raw: tf.Tensor3D, { minimum, maximum }: BewleyLaborBounds): BewleyControls {
  const [worlds, agents] = raw.shape;
  const output = (name: (typeof BEWLEY_OUTPUTS)[number]): tf.Tensor =>
    tf.reshape(tf.slice(raw, [0, 0, BEWLEY_OUTPUTS.indexOf(name)], [worlds, agents, 1]), [worlds, agents]);
  return {
    savingsRatio: tf.sigmoid(output('savingsRatio')),
    marginalReturn: tf.softplus(output('marginalReturn')),
    labor: tf.add(tf.mul(tf.sigmoid(output('labor')), maximum - minimum), minimum),
  };
}
