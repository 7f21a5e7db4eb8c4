import * as tf from '@tensorflow/tfjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OpenEngine } from '../../../src/engine/index.ts';
import { compile, describeEngine, openEngine } from '../../../src/engine/index.ts';
import { GRAPH_KERNEL } from '../../../src/engine/graph/compile.ts';
import { parseNkConfiguration, nkKit } from '../../../src/models/nk/index.ts';
import type { SavedState } from '../../../src/models/saved-state.ts';
import { trainNk } from '../../../src/training/index.ts';

const found = describeEngine('tensorflow');

describe.skipIf(found.status === 'missing')(
  found.status === 'missing' ? `compile: ${found.reason}; ${found.remedy}` : 'compile, on tensorflow',
  () => {
    let engine: OpenEngine | undefined;
    let before = 0;
    beforeAll(async () => {
      engine = await openEngine('tensorflow');
    });
    afterAll(() => {
      engine?.close();
    });
    beforeEach(() => {
      before = tf.memory().numTensors;
    });
    afterEach(() => {
      expect(tf.memory().numTensors, 'tensors alive after the test').toBe(before);
    });

    /** Every kind of attribute and of constant: reductions, transposes, splits, scalars made inside. */
    const body = ({ x, y }: Readonly<Record<string, tf.Tensor>>): { z: tf.Tensor; norm: tf.Tensor } =>
      tf.tidy(() => {
        if (x === undefined || y === undefined) throw new Error('inputs');
        const [left, right] = tf.split(tf.matMul(x, y, false, true), [2, 1], 1);
        if (left === undefined || right === undefined) throw new Error('split');
        const z = tf.add(tf.mul(tf.elu(left), 0.5), tf.transpose(tf.reshape(right, [1, right.size])));
        return { z, norm: tf.sqrt(tf.sum(tf.square(z))) };
      });
    const matrices = (shift: number): { x: tf.Tensor; y: tf.Tensor } => ({
      x: tf.tensor2d(
        [1, -2, 3, 0.5, 2, -1, 4, 1].map((value) => value + shift),
        [4, 2],
      ),
      y: tf.tensor2d([1, 2, -3, 0.25, 1, -2], [3, 2]),
    });

    it('computes on other inputs what the function computes, as one kernel', async () => {
      const first = matrices(0);
      const compiled = await compile(body, first);
      const other = matrices(0.75);
      const kernels = engine?.kernels;
      kernels?.start();
      const got = compiled?.run(other);
      expect(kernels?.stop()).toEqual({ tensorflow: { [GRAPH_KERNEL]: 1 } });
      const expected = body(other);
      for (const key of ['z', 'norm'] as const) {
        const [one, two] = [await got?.[key].data(), await expected[key].data()];
        expect(got?.[key].shape).toEqual(expected[key].shape);
        expect([...(one ?? [])].map((value) => value.toFixed(4))).toEqual(
          [...two].map((value) => value.toFixed(4)),
        );
      }
      tf.dispose([first, other, got ?? [], expected]);
      compiled?.dispose();
    });

    it.each<[string, RegExp, (inputs: Readonly<Record<string, tf.Tensor>>) => Record<string, tf.Tensor>]>([
      ['a value is read', /reads the value/, ({ x }) => ({ z: tf.scalar(x?.dataSync()[0] ?? 0) })],
      ['nothing is computed', /not computed from its inputs/, () => ({ z: tf.scalar(1) })],
    ])('refuses a function in which %s', async (_, told, wrong) => {
      const inputs = matrices(0);
      const compiling = compile((given) => tf.tidy(() => wrong(given)), inputs);
      await expect(compiling).rejects.toThrow('graph-untraceable');
      await expect(compiling).rejects.toThrow(told);
      tf.dispose(Object.values(inputs));
      // The backend has its own methods again.
      expect(Object.keys(tf.backend())).not.toContain('readSync');
    });

    it('refuses a tensor from outside, which may change later', async () => {
      const inputs = matrices(0);
      const outside = tf.scalar(2);
      const compiling = compile(({ x }) => ({ z: tf.mul(x ?? 0, outside) }), inputs);
      await expect(compiling).rejects.toThrow('not among its inputs');
      tf.dispose([inputs, outside]);
    });
  },
);

const configuration = parseNkConfiguration({
  batch: 7,
  network: { hidden: [6, 5] },
  expectation: { rule: 'monte-carlo', draws: 4 },
  procedure: { state: 'simulated', gradientSteps: 2, stateSteps: 3, redrawEvery: 2 },
  iterations: 20,
});

describe.skipIf(found.status === 'missing')('a compiled training run', () => {
  beforeAll(async () => {
    await openEngine('tensorflow');
  });

  it('takes the steps of one that is not compiled, roundings aside, and keeps as many tensors', async () => {
    const runs = await Promise.all(
      [false, true].map(async (isCompiled) => {
        const seen: { tensors: number; total: number; gradient: Float32Array }[] = [];
        await trainNk({
          kit: nkKit,
          configuration,
          seed: 4,
          compile: isCompiled,
          maximumSteps: 12,
          onStep: async ({ memory, total, gradient }) => {
            const [value = NaN] = await total.data();
            seen.push({ tensors: memory.tensors, total: value, gradient: await gradient.data<'float32'>() });
          },
        });
        return seen;
      }),
    );
    const [kernels = [], graph = []] = runs;
    expect(graph).toHaveLength(12);
    kernels.forEach((step, index) => {
      const compiled = graph[index];
      expect(Math.abs((compiled?.total ?? NaN) / step.total - 1)).toBeLessThan(1e-4);
      const largest = Math.max(...step.gradient.map(Math.abs));
      const worst = Math.max(
        ...step.gradient.map((value, at) => Math.abs(value - (compiled?.gradient[at] ?? NaN))),
      );
      expect(worst / largest).toBeLessThan(1e-4);
    });
  });

  it('goes on from a saved state, bit for bit', async () => {
    const task = { kit: nkKit, configuration, seed: 4, compile: true };
    const whole = await trainNk({ ...task, maximumSteps: 20 });
    let saved: SavedState | undefined;
    await trainNk({
      ...task,
      maximumSteps: 9,
      onCheckpoint: (state) => {
        saved = state;
      },
    });
    if (saved === undefined) throw new Error('nothing was saved');
    const resumed = await trainNk({ ...task, maximumSteps: 20, resumeFrom: saved });
    expect(resumed.weights).toEqual(whole.weights);
  });

  it('leaves no tensor, also when it fails', async () => {
    const before = tf.memory().numTensors;
    const kit = {
      ...nkKit,
      constant: <T extends tf.Tensor>(x: T): T => tf.tensor(x.dataSync(), x.shape) as T,
    };
    await expect(trainNk({ kit, configuration, seed: 4, compile: true, maximumSteps: 3 })).rejects.toThrow(
      'graph-untraceable',
    );
    await trainNk({ kit: nkKit, configuration, seed: 4, compile: true, maximumSteps: 3 });
    expect(tf.memory().numTensors).toBe(before);
  });
});
