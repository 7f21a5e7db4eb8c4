import type * as tf from '@tensorflow/tfjs';
import { SubjectError } from '../../errors.ts';

/**
 * Refuses to go on where tensors that belong sample by sample differ in shape: tfjs would broadcast (B) against (B, 1)
 * to (B, B), ask every sample to meet the state of every other, and train on it without a word.
 *
 * @throws SubjectError `shape-mismatch`, naming the first two that differ.
 */
export function requireSameShape(what: string, tensors: Readonly<Record<string, tf.Tensor>>): void {
  const [first, ...others] = Object.entries(tensors).map(([name, { shape }]) => ({
    name,
    shape: `(${shape.join(', ')})`,
  }));
  const odd = others.find(({ shape }) => shape !== first?.shape);
  if (first === undefined || odd === undefined) return;
  throw new SubjectError({
    code: 'shape-mismatch',
    what: `${what}: tensors of one batch differ in shape`,
    given: `${first.name} ${first.shape}, ${odd.name} ${odd.shape}`,
    expected: 'the same shape, (B), for all of them',
    todo: `find what made ${odd.name} or ${first.name}; do not reshape here, or samples may be exchanged`,
  });
}
