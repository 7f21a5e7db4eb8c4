import * as tf from '@tensorflow/tfjs';
import type { EngineName } from '../engine/index.ts';
import { specialValuesOf } from '../engine/index.ts';
import { celu } from '../nn/index.ts';
import { streamOf } from '../numerics/stream.ts';
import type { Primitive, SpecialPrimitive } from '../verification/contracts/index.ts';
import * as contract from '../verification/contracts/index.ts';
import type { Implementation } from '../verification/subject.ts';
import { implement } from '../verification/subject.ts';
import type { EngineKit } from './kit.ts';
import { download, upload } from './transfer.ts';

type Compute = (x: tf.Tensor, y: tf.Tensor) => tf.Tensor;

/** Every primitive as tfjs computes it, on one or two tensors. */
const PRIMITIVE: Readonly<Record<Primitive, Compute>> = {
  add: (x, y) => tf.add(x, y),
  mul: (x, y) => tf.mul(x, y),
  div: (x, y) => tf.div(x, y),
  matMul: (x, y) => tf.matMul(x, y),
  sum: (x) => tf.sum(x, -1),
  mean: (x) => tf.mean(x, -1),
  exp: (x) => tf.exp(x),
  log: (x) => tf.log(x),
  tanh: (x) => tf.tanh(x),
  sigmoid: (x) => tf.sigmoid(x),
  sqrt: (x) => tf.sqrt(x),
  celu: (x) => celu.apply(x as tf.Tensor2D),
};

/** The same, and two that engines disagree on. */
const SPECIAL: Readonly<Record<SpecialPrimitive, Compute>> = {
  ...PRIMITIVE,
  maximum: (x, y) => tf.maximum(x, y),
  minimum: (x, y) => tf.minimum(x, y),
};

/** The engine itself as operations: its primitives with their gradients, and integers drawn from a seed. */
export function enginePrimitives(kit: EngineKit, engine: EngineName): readonly Implementation[] {
  return [
    implement(contract.engineEvaluate, async ({ primitive, inputs, cotangent }) => {
      const compute = (...tensors: tf.Tensor[]): tf.Tensor => {
        const [x, y = x] = tensors;
        if (x === undefined || y === undefined) throw new TypeError('a primitive takes one or two tensors');
        return PRIMITIVE[primitive](x, y);
      };
      const [value, ...gradients] = tf.tidy(() => {
        const tensors = inputs.map(upload);
        const weighted = (...list: tf.Tensor[]): tf.Scalar =>
          tf.sum(tf.mul(compute(...list), upload(cotangent)));
        return [compute(...tensors), ...tf.grads(weighted)(tensors)];
      });
      try {
        return { value: await download(value), gradients: await Promise.all(gradients.map(download)) };
      } finally {
        tf.dispose([value, ...gradients]);
      }
    }),
    implement(contract.engineSpecial, async ({ primitive, inputs }) => {
      const value = tf.tidy(() => {
        const [x, y = x] = inputs.map(upload);
        if (x === undefined || y === undefined) throw new TypeError('a primitive takes one or two tensors');
        return SPECIAL[primitive](x, y);
      });
      try {
        return { value: await download(value), policy: specialValuesOf(engine) };
      } finally {
        value.dispose();
      }
    }),
    implement(contract.engineAllocate, async ({ shapes }) => {
      const count = () => ({ ...kit.memory(), buffers: tf.backend().numDataIds() });
      const before = count();
      const tensors = tf.tidy(() =>
        shapes.flatMap((shape) => {
          const made = tf.fill(shape, 0.5);
          const computed = tf.add(made, made);
          return [made, computed, tf.reshape(computed, [-1])];
        }),
      );
      try {
        // Read, so that an engine which computes late has computed.
        await Promise.all(tensors.map((tensor) => tensor.data()));
        const held = count();
        tf.dispose(tensors);
        return { before, held, after: count() };
      } finally {
        tf.dispose(tensors);
      }
    }),
    implement(contract.engineDraws, async ({ seed, count, low, high }) => ({
      integers: {
        dtype: 'int32' as const,
        shape: [count],
        data: kit.integers(streamOf(seed), count, low, high),
      },
    })),
  ];
}
