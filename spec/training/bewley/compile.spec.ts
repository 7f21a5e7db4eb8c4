import * as tf from '@tensorflow/tfjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OpenEngine } from '../../../src/engine/index.ts';
import { describeEngine, openEngine } from '../../../src/engine/index.ts';
import { GRAPH_KERNEL } from '../../../src/engine/graph/compile.ts';
import type { BewleyConfiguration } from '../../../src/models/bewley/index.ts';
import { bewleyTrainerKit } from '../../../src/models/bewley/index.ts';
import type { SavedState } from '../../../src/models/saved-state.ts';
import { trainBewley } from '../../../src/training/index.ts';
import { DISTRIBUTIONS } from '../../models/bewley/network/small.ts';
import { tiny } from './small.ts';

const found = describeEngine('tensorflow');
const kit = bewleyTrainerKit;

describe.skipIf(found.status === 'missing')(
  found.status === 'missing'
    ? `a compiled Bewley run: ${found.reason}; ${found.remedy}`
    : 'a compiled Bewley run, on tensorflow',
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

    const lossesOf = async (configuration: BewleyConfiguration, compile: boolean) => {
      const seen: { total: number; tensors: number; capital: number }[] = [];
      await trainBewley({
        kit,
        configuration,
        seed: 4,
        compile,
        maximumSteps: 8,
        onStep: async (observation) => {
          const [total = Number.NaN] = await observation.total.data();
          const [capital = Number.NaN] = await observation.capital.data();
          seen.push({ total, tensors: observation.memory.tensors, capital });
        },
      });
      return seen;
    };

    it.each(
      DISTRIBUTIONS.flatMap((distribution) => [[distribution, 4] as const, [distribution, 2] as const]),
    )(
      'takes the steps of one that is not compiled, roundings aside: %s, %i worlds a pass',
      async (distribution, worldsPerPass) => {
        const configuration = tiny(
          `network.distribution=${distribution}`,
          `batch.worldsPerPass=${worldsPerPass}`,
          'ability.star.become=0.1',
        );
        const kernels = await lossesOf(configuration, false);
        const graph = await lossesOf(configuration, true);
        expect(graph).toHaveLength(8);
        kernels.forEach(({ total, capital }, step) => {
          expect(Math.abs((graph[step]?.total ?? Number.NaN) / total - 1)).toBeLessThan(1e-3);
          expect(Math.abs((graph[step]?.capital ?? Number.NaN) / capital - 1)).toBeLessThan(1e-4);
        });
        expect(new Set(graph.map(({ tensors }) => tensors)).size).toBe(1);
      },
    );

    it('leaves a pass to one kernel', async () => {
      const kernels = engine?.kernels;
      kernels?.start();
      await trainBewley({
        kit,
        configuration: tiny('batch.worldsPerPass=2', 'normaliser.warmUp=0'),
        seed: 4,
        compile: true,
        maximumSteps: 3,
      });
      // Two passes in each of three steps, and one more when it was compiled and compared.
      expect(kernels?.stop()['tensorflow']?.[GRAPH_KERNEL]).toBe(7);
    });

    it('goes on from a saved state, bit for bit', async () => {
      const task = { kit, configuration: tiny(), seed: 4, compile: true };
      const whole = await trainBewley({ ...task, maximumSteps: 9 });
      const saved: SavedState[] = [];
      await trainBewley({ ...task, maximumSteps: 4, onCheckpoint: (state) => void saved.push(state) });
      const [resumeFrom] = saved;
      if (resumeFrom === undefined) throw new Error('nothing was saved');
      const resumed = await trainBewley({ ...task, maximumSteps: 9, resumeFrom });
      expect(resumed.weights).toEqual(whole.weights);
      expect(resumed.normaliser).toEqual(whole.normaliser);
    });

    it('names the household that leaves the domain, as one that is not compiled', async () => {
      const run = trainBewley({
        kit,
        configuration: tiny('normaliser.warmUp=0'),
        seed: 4,
        compile: true,
        maximumSteps: 3,
        onStep: ({ step, committed }) => {
          // The next step begins with so much capital that its return is −δ.
          if (step === 1) committed.wealth.fill(1e7);
        },
      });
      await expect(run).rejects.toThrow(/gradient step 2, today: money is NaN \[domain\]/);
    });

    it('leaves no tensor when the graph cannot be traced', async () => {
      const constant = <T extends tf.Tensor>(x: T): T => tf.tensor(x.dataSync(), x.shape) as T;
      const run = trainBewley({
        kit: { ...kit, constant },
        configuration: tiny(),
        seed: 4,
        compile: true,
        maximumSteps: 3,
      });
      await expect(run).rejects.toThrow('graph-untraceable');
    });
  },
);
