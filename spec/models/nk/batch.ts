import * as tf from '@tensorflow/tfjs';
import { streamOf } from '../../../src/numerics/stream.ts';
import { NK_PARAMETER_COUNT, nkKit } from '../../../src/models/nk/index.ts';

/** Economies over the prior, on the host. */
export function economies(batch: number, seed = 1): { parameters: Float32Array; zeta: Float32Array } {
  const stream = streamOf(seed);
  const parameters = nkKit.drawParameters(stream.split('parameters'), batch);
  return { parameters, zeta: nkKit.drawErgodicState(stream.split('state'), parameters, { widen: 1 }) };
}

/** Parameters (B, 8) as a tensor, owned by the scope of the caller. */
export function parameterTensor(values: Float32Array): tf.Tensor2D {
  return tf.tensor2d(values, [values.length / NK_PARAMETER_COUNT, NK_PARAMETER_COUNT]);
}
