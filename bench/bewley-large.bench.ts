import * as tf from '@tensorflow/tfjs';
import type { Benchmark } from '../src/benchmarking/benchmark.ts';
import type { BewleyTrainerKit } from '../src/models/bewley/index.ts';
import { bewleyTrainerKit } from '../src/models/bewley/index.ts';
import { dense } from '../src/nn/dense.ts';
import { bewleyConfigured, bewleySteps } from './bewley-step.ts';

/** The first layer as it is written down: a matrix on all that an agent knows, its own numbers and those of all others. */
const naiveFirstLayer: BewleyTrainerKit['firstLayer'] = ({ own, told }, weights, [worlds, agents]) => {
  const { kernel, bias } = weights.layer('own');
  const others = weights.matrix('others.kernel');
  const width = told.shape[1];
  const copies = tf.tile(tf.reshape(told, [worlds, 1, width]), [1, agents, 1]);
  const known = tf.concat2d([own, tf.reshape(copies, [worlds * agents, width])], 1);
  return dense(known, tf.concat2d([kernel, others], 0), bias);
};

/** PyTorch takes 4.4 to 8.8 s and 4.4 GB for a step of the same size. */
export const bewleyLarge: Benchmark = {
  id: 'bewley-large',
  summary: '64 worlds of 800 agents who see each other one by one: 51,200 rows three times a step',
  unit: 'gradient step',
  engines: ['wasm', 'tensorflow', 'webgpu'],
  fewestUnits: 3,
  open: async () => {
    const configuration = bewleyConfigured(['documented'], {
      network: { distribution: 'ordered' },
      batch: { worlds: 64, agents: 800 },
    });
    const split = await bewleySteps(bewleyTrainerKit, configuration);
    const naive = await bewleySteps({ ...bewleyTrainerKit, firstLayer: naiveFirstLayer }, configuration);
    return {
      step: split.step,
      otherWay: { name: 'the first layer on all that an agent knows', step: naive.step },
      close: () => {
        split.close();
        naive.close();
      },
    };
  },
};
