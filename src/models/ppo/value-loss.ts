import * as tf from '@tensorflow/tfjs';
import { SubjectError } from '../../errors.ts';
import type { PpoValueSettings } from './configuration.ts';

/** What a value head is judged by: (m, C) each, in the units of the loss. */
export interface ValueLossInput {
  readonly predictions: tf.Tensor2D;
  readonly old: tf.Tensor2D;
  readonly targets: tf.Tensor2D;
  /** Of the clipping, from `clipRanges`; of no effect without. */
  readonly ranges: tf.Tensor2D;
}

export interface ValueLoss {
  /** (C): a mean over the samples, without any weight. */
  readonly perHead: tf.Tensor1D;
  /** (C): share of samples that clipping leaves without a gradient. */
  readonly clipped: tf.Tensor1D;
}

/**
 * The value loss of each head, a mean over the samples: ½(V − R)², or Huber's; with clipping the larger of it and of the
 * same at V_old + clip(V − V_old, ± range). The larger of two losses never lowers a loss: clipping only zeroes gradients,
 * where the prediction has gone beyond the range towards its target.
 *
 * @throws SubjectError `shape-mismatch`: nothing is broadcast here.
 */
export function valueLoss(
  { predictions, old, targets, ranges }: ValueLossInput,
  { clip, loss, huberDelta }: Pick<PpoValueSettings, 'clip' | 'loss' | 'huberDelta'>,
): ValueLoss {
  requireEqualShapes({ predictions, old, targets, ranges });
  const lossOf = (values: tf.Tensor2D): tf.Tensor2D => {
    const error = tf.sub<tf.Tensor2D>(values, targets);
    return loss === 'squared' ? tf.mul(tf.square(error), 0.5) : huber(error, huberDelta);
  };
  const free = lossOf(predictions);
  if (clip === 'none') return { perHead: tf.mean(free, 0), clipped: tf.zeros([predictions.shape[1]]) };
  const held = lossOf(withinRange(predictions, old, ranges));
  // Beyond the range the clipped loss has no gradient, and it is the larger where the prediction went towards its target.
  // Within it V_old + (V − V_old) is V but for rounding: that the one loss is the larger then says nothing.
  const isBeyond = tf.greater(tf.abs(tf.sub(predictions, old)), ranges);
  const zeroed = tf.cast(tf.logicalAnd(isBeyond, tf.greater(held, free)), 'float32');
  return { perHead: tf.mean(tf.maximum(free, held), 0), clipped: tf.mean(zeroed, 0) };
}

/** V_old + clip(V − V_old, ± range). */
function withinRange(predictions: tf.Tensor2D, old: tf.Tensor2D, ranges: tf.Tensor2D): tf.Tensor2D {
  const moved = tf.sub(predictions, old);
  return tf.add(old, tf.maximum(tf.minimum(moved, ranges), tf.neg(ranges)));
}

/** Huber (1964): ½e² up to δ, δ(|e| − ½δ) beyond; with c = min(|e|, δ) it is c(|e| − ½c). */
function huber(error: tf.Tensor2D, delta: number): tf.Tensor2D {
  const size = tf.abs(error);
  const capped = tf.minimum(size, delta);
  return tf.mul(capped, tf.sub(size, tf.mul(capped, 0.5)));
}

/** @throws SubjectError `shape-mismatch` */
export function requireEqualShapes(tensors: Readonly<Record<string, tf.Tensor>>): void {
  const shapes = Object.entries(tensors).map(([name, { shape }]) => ({ name, text: shape.join(', ') }));
  if (new Set(shapes.map(({ text }) => text)).size <= 1) return;
  throw new SubjectError({
    code: 'shape-mismatch',
    what: 'a loss was given tensors of different shapes, which would be broadcast against each other',
    given: shapes.map(({ name, text }) => `${name} (${text})`).join(', '),
    expected: 'equal shapes, (samples, components)',
  });
}

/** Keeps the interval of the mode `relative` open at V = 0. */
const RELATIVE_FLOOR = 1e-8;

/**
 * How far predictions may go from the old ones, (n, C), in the units of the loss.
 *
 * @param old (n, C)
 * @param deviation (C): of the returns, in the units of the loss
 */
export function clipRanges(
  old: ArrayLike<number>,
  deviation: ArrayLike<number>,
  { clip, clipRange }: Pick<PpoValueSettings, 'clip' | 'clipRange'>,
): Float32Array {
  return Float32Array.from(old, (value, at) => {
    if (clip === 'relative') return clipRange * (Math.abs(value) + RELATIVE_FLOOR);
    return clip === 'scale' ? clipRange * (deviation[at % deviation.length] ?? Number.NaN) : clipRange;
  });
}
