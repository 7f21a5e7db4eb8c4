import * as tf from '@tensorflow/tfjs';
import { SuiteError } from '../../errors.ts';
import type { NamedTensors } from './trace.ts';

/**
 * A value of the graph may differ from that of its kernels by roundings: libtensorflow joins and rearranges them. This is
 * far more than roundings of a well-posed sum, and far less than what a wrong graph gives.
 */
const LARGEST_DIFFERENCE = 1e-3;

/**
 * Holds the outputs of a graph, of which it disposes, against those of the kernels that it was made of.
 *
 * @throws SuiteError `graph-differs`
 */
export async function requireSame(kernels: NamedTensors, graph: NamedTensors): Promise<void> {
  try {
    for (const [name, expected] of Object.entries(kernels)) {
      const got = graph[name];
      const distance = got === undefined ? Number.NaN : await distanceOf(expected, got);
      if (distance <= LARGEST_DIFFERENCE) continue;
      throw new SuiteError({
        code: 'graph-differs',
        what: 'a compiled function does not compute what it computed kernel by kernel',
        given: `${name} is off by ${distance} of its largest element`,
        expected: `at most ${LARGEST_DIFFERENCE}`,
        todo: 'see that the function draws nothing at random, or run it without compiling it',
      });
    }
  } finally {
    tf.dispose(Object.values(graph));
  }
}

/** Largest difference of two tensors over the largest element; 0 where both are not finite alike. */
async function distanceOf(expected: tf.Tensor, got: tf.Tensor): Promise<number> {
  if (expected.shape.join() !== got.shape.join()) return Number.NaN;
  const [one, other] = [await expected.data(), await got.data()];
  let [largest, worst] = [0, 0];
  for (let index = 0; index < one.length; index += 1) {
    const [e, g] = [one[index] ?? Number.NaN, other[index] ?? Number.NaN];
    if (Object.is(e, g)) continue;
    if (!Number.isFinite(e) || !Number.isFinite(g)) return Infinity;
    largest = Math.max(largest, Math.abs(e), Math.abs(g));
    worst = Math.max(worst, Math.abs(e - g));
  }
  return worst === 0 ? 0 : worst / largest;
}
