import * as tf from '@tensorflow/tfjs';
import { SubjectError } from '../../errors.ts';
import { withGradient } from '../../nn/custom-gradient.ts';

/** Where a function of a household is defined: x > 0, or x ≥ 0. */
export type Domain = 'positive' | 'non-negative';

/**
 * f(x) where x lies in the domain, NaN where it does not, or is no number. The mark is put on the result: engines whose
 * power function takes a negative base, or loses a NaN, cannot hide it.
 */
export function onDomain(x: tf.Tensor, domain: Domain, f: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  const zero = tf.zerosLike(x);
  const isInside = domain === 'positive' ? tf.greater : tf.greaterEqual;
  return choose([isInside, x, zero], f(x), tf.fill(x.shape, Number.NaN));
}

/** A comparison of two tensors of one shape. */
export type Condition = readonly [
  compare: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor,
  x: tf.Tensor,
  y: tf.Tensor,
];

/**
 * `yes` where the condition holds, else `no`; all of one shape. The condition carries no gradient: a comparison of tfjs
 * has none, and ends a gradient that meets it.
 */
export function choose([compare, x, y]: Condition, yes: tf.Tensor, no: tf.Tensor): tf.Tensor {
  return withGradient([yes, no, x, y], {
    value: (save) => {
      const holds = compare(x, y);
      save([holds]);
      return tf.where(holds, yes, no);
    },
    gradient: (dy: tf.Tensor, [holds = dy]) => {
      const none = tf.zerosLike(dy);
      // A gradient of its own for each: tfjs disposes of what it has added up.
      return [tf.where(holds, dy, none), tf.where(holds, none, dy), tf.zerosLike(dy), tf.zerosLike(dy)];
    },
  });
}

/**
 * Ends a computation whose results are not numbers, before anyone takes them for an optimum: negative consumption, a
 * negative income under a progressive tax, no wealth where its marginal tax is infinite.
 *
 * @throws SubjectError `domain`, naming the first result that is not finite and what `given` was there.
 */
export async function requireFinite(
  what: string,
  results: Readonly<Record<string, tf.Tensor>>,
  given: Readonly<Record<string, tf.Tensor>> = {},
): Promise<void> {
  for (const [name, result] of Object.entries(results)) {
    const values = await result.data();
    const broken = values.findIndex((value) => !Number.isFinite(value));
    if (broken < 0) continue;
    const there = await Promise.all(
      Object.entries(given)
        .filter(([, tensor]) => tensor.size === result.size)
        .map(async ([label, tensor]) => `${label} ${String((await tensor.data())[broken])}`),
    );
    throw new SubjectError({
      code: 'domain',
      what: `${what}: ${name} is ${String(values[broken])}`,
      given: [`element ${broken} of shape (${result.shape.join(', ')})`, ...there].join(', '),
      expected: 'finite numbers: consumption above 0, income not below 0 under a progressive tax',
      todo: 'find what drove the household out of the domain; a number put in its place would hide it',
    });
  }
}

/** x, or the floor where x is below it; unlike tf.maximum on wasm it keeps a NaN. */
export function atLeast(x: tf.Tensor, floor: number): tf.Tensor {
  const least = tf.fill(x.shape, floor);
  return choose([tf.less, x, least], least, x);
}

/** x, or the ceiling (of the same shape) where x is above it; it keeps a NaN in x. */
export function atMost(x: tf.Tensor, ceiling: tf.Tensor): tf.Tensor {
  return choose([tf.greater, x, ceiling], ceiling, x);
}
