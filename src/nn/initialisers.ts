import type { Stream } from '../numerics/stream.ts';
import { weightShapes } from './network.ts';

/**
 * Weights of a perceptron, flat (P), each matrix and bias uniform on ±1/√fan_in: what PyTorch's `Linear` starts from
 * (`kaiming_uniform_` with a = √5 comes to the same bound).
 */
export function uniformWeights(stream: Stream, widths: readonly number[], sumsPerUnit = 1): Float32Array {
  const layers = weightShapes(widths, sumsPerUnit).flatMap((shape, index) => {
    const bound = 1 / Math.sqrt(widths[Math.floor(index / 2)] ?? Number.NaN);
    const size = shape.reduce((product, length) => product * length, 1);
    const own = stream.split(index);
    return Array.from({ length: size }, () => bound * (2 * own.uniform() - 1));
  });
  return Float32Array.from(layers);
}
