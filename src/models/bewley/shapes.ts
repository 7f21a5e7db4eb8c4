import type * as tf from '@tensorflow/tfjs';
import { SubjectError } from '../../errors.ts';

/** Tensors that belong together: one number an agent, (B, A), or one a world, (B, 1). */
export interface BewleyShapes {
  readonly agents: Readonly<Record<string, tf.Tensor>>;
  readonly worlds?: Readonly<Record<string, tf.Tensor>>;
}

/**
 * Refuses to go on where agents or worlds do not match: tfjs would broadcast (B, 1) against (A) or (1, A) against (B, A)
 * and give agents the numbers of others without a word.
 *
 * @throws SubjectError `shape-mismatch`, naming the first tensor that does not fit.
 */
export function requireShapes(what: string, { agents, worlds = {} }: BewleyShapes): void {
  const [first] = Object.values(agents);
  if (first === undefined) return;
  const [worldCount] = first.shape;
  const agentsShape = first.rank === 2 ? textOf(first.shape) : '(B, A)';
  const odd =
    Object.entries(agents).find(([, { shape }]) => textOf(shape) !== agentsShape) ??
    Object.entries(worlds).find(([, { shape }]) => textOf(shape) !== textOf([worldCount, 1]));
  if (odd === undefined) return;
  const [name, { shape }] = odd;
  throw new SubjectError({
    code: 'shape-mismatch',
    what: `${what}: tensors of one economy differ in shape`,
    given: `${name} ${textOf(shape)}`,
    expected: `${agentsShape} for what agents have, (B, 1) for what worlds have`,
    todo: `find what made ${name}; do not reshape here, or agents may be exchanged`,
  });
}

function textOf(shape: readonly (number | undefined)[]): string {
  return `(${shape.join(', ')})`;
}
