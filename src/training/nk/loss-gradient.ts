import * as tf from '@tensorflow/tfjs';
import { SuiteError } from '../../errors.ts';
import type { NkKit } from '../../models/nk/kit.ts';
import type { NkLoss, NkLossPoints, NkLossRecipe } from '../../models/nk/loss.ts';
import { onTape } from '../../nn/tape.ts';

/** A loss and its gradient in each weight tensor. */
export interface NkLossGradient {
  readonly loss: NkLoss;
  readonly gradients: readonly tf.Tensor[];
}

/**
 * The training loss and its gradient in the weights, by one pass of the engine's tape. The caller, or the scope that
 * surrounds the call, owns the result.
 *
 * @throws SubjectError `shape-mismatch`
 */
export function lossGradient(
  kit: NkKit,
  weights: readonly tf.Tensor[],
  points: NkLossPoints,
  recipe: NkLossRecipe,
): NkLossGradient {
  const kept: { is?: tf.Scalar; phillips?: tf.Scalar } = {};
  const differentiate = tf.valueAndGrads((...taped: tf.Tensor[]) => {
    const { total, is, phillips } = kit.loss(kit, taped, points, recipe);
    // The tape disposes of everything but its value and gradients.
    kept.is = tf.keep(tf.clone(is));
    kept.phillips = tf.keep(tf.clone(phillips));
    return total;
  });
  const differentiated = onTape(() => differentiate([...weights]));
  const { is, phillips } = kept;
  if (is === undefined || phillips === undefined) {
    throw new SuiteError({
      code: 'loss-not-evaluated',
      what: 'the tape was read without the loss being evaluated',
    });
  }
  // What is kept no scope disposes of; its copies are ordinary tensors again.
  const loss = { total: differentiated.value, is: tf.clone(is), phillips: tf.clone(phillips) };
  tf.dispose([is, phillips]);
  return { loss, gradients: differentiated.grads };
}
