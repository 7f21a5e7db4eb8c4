import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { requireDevice } from '../../src/engine/engines/native.ts';
import { describeEngine, openEngine } from '../../src/engine/index.ts';

const description = describeEngine('tensorflow');
const isMissing = description.status === 'missing';

describe.skipIf(isMissing)(
  `the engine tensorflow${isMissing ? ` (skipped: ${description.reason}; ${description.remedy ?? ''})` : ''}`,
  () => {
    it('opens, and alone does the work', async () => {
      const engine = await openEngine('tensorflow');
      expect(engine.version).toBe(isMissing ? '' : description.version);
      expect(engine.selfTest).toBeLessThanOrEqual(1);
      expect(engine.arithmetic.roundoff).toBe(2 ** -24);
      engine.kernels.start();
      const sum = tf.tidy(() => tf.sum(tf.matMul(tf.ones([2, 3]), tf.ones([3, 5]))));
      expect(Array.from(await sum.data())).toEqual([30]);
      sum.dispose();
      expect(Object.keys(engine.kernels.stop())).toEqual(['tensorflow']);
      expect(engine.kernels.migrations()).toEqual({});
    });

    it('shares tfjs, and with it the gradients, with whoever imports it', async () => {
      const { tf: ours } = await openEngine('tensorflow');
      expect(ours).toBe(tf);
      const slope = tf.tidy(() => tf.grad((x) => tf.tanh(x))(tf.scalar(0.5)));
      // 1 − tanh²(½), from tables.
      expect((await slope.data())[0]).toBeCloseTo(0.7864477329659274, 6);
      slope.dispose();
    });

    it('keeps count of its tensors, whose memory is native', async () => {
      const { memory } = await openEngine('tensorflow');
      const before = memory();
      const product = tf.tidy(() => tf.mul(tf.ones([7, 11]), 2));
      expect(memory()).toEqual({ tensors: before.tensors + 1, bytes: before.bytes + 4 * 77 });
      product.dispose();
      expect(memory()).toEqual(before);
    });

    it.each([
      ['concat', () => tf.concat1d([tf.tensor1d([1], 'int32'), tf.tensor1d([0.5])])],
      ['where', () => tf.where(tf.tensor1d([true]), tf.tensor1d([0.5]), tf.tensor1d([1], 'int32'))],
    ])('refuses %s of int32 and float32, which other engines compute wrong', async (_name, mixed) => {
      await openEngine('tensorflow');
      expect(() => tf.tidy(mixed)).toThrow('was expected to be');
    });

    it('is not taken for the engine on a GPU', async () => {
      await openEngine('tensorflow');
      expect(() => {
        requireDevice('tensorflow-gpu', tf.backend());
      }).toThrow('the backend of @tensorflow/tfjs-node');
    });
  },
);
