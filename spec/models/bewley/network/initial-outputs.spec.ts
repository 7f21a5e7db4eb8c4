import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../../src/errors.ts';
import { bewleyTrainerKit, initialOutputs } from '../../../../src/models/bewley/index.ts';
import { solveBewley } from '../../../../src/models/bewley/reference/index.ts';
import { streamOf } from '../../../../src/numerics/stream.ts';
import { onWasm, read } from '../../../nn/on-wasm.ts';
import { economy } from '../presets.ts';
import { anyInputs, small } from './small.ts';

onWasm();

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

describe('initialOutputs', () => {
  it.each([[['no-tax', 'one-type']], [['flat', 'one-type']], [['documented', 'one-type']]])(
    '%j: what agents do in the steady state of the separate solver',
    (layers) => {
      const configuration = economy(...layers);
      const { savingsRatio, labor } = solveBewley(configuration);
      const [s, h, n] = initialOutputs(configuration);
      expect(logistic(s)).toBeCloseTo(savingsRatio, 6);
      expect(Math.log(1 + Math.exp(h))).toBeCloseTo(1, 12);
      // The network leaves labour 0.01 … 0.99, and no output begins where its slope is gone.
      expect(0.01 + 0.98 * logistic(n)).toBeCloseTo(Math.min(labor, 0.01 + 0.98 * 0.95), 6);
    },
  );

  it('scales labour by the bounds that it has', () => {
    const configuration = economy('documented', 'one-type', 'network.labor.minimum=0.5');
    const [, , n] = initialOutputs(configuration);
    expect(0.5 + 0.49 * logistic(n)).toBeCloseTo(solveBewley(configuration).labor, 6);
  });

  it('begins inside where labour would be outside of its bounds', () => {
    const [, , n] = initialOutputs(economy('no-tax', 'one-type', 'network.labor.maximum=0.5'));
    expect(logistic(n)).toBeCloseTo(0.95, 12);
  });

  it('says so where there is no steady state', () => {
    // What is owned grows fourfold by the tax alone: no capital is so much that agents would not keep it.
    const hopeless = economy('flat', 'taxes.wealth.tau=-3');
    expect(() => initialOutputs(hopeless)).toThrow(InputError);
    expect(() => initialOutputs(hopeless)).toThrow(/no-equilibrium/);
  });
});

describe('the first policy', () => {
  it('saves and works as in the steady state, whoever asks', async () => {
    const kit = bewleyTrainerKit;
    const configuration = small('no-tax', 'network.hidden=32', 'network.head=16');
    const [s = [], h = [], n = []] = await read(() => {
      const weights = tf.tensor1d(kit.initialWeights(kit, streamOf(1), configuration));
      const statistics = { mean: tf.fill([4], 1), variance: tf.ones([4]) };
      const ask = kit.policy(kit, { weights, statistics }, configuration);
      const { savingsRatio, marginalReturn, labor } = ask(anyInputs());
      return [savingsRatio, marginalReturn, labor];
    });
    const { savingsRatio, labor } = solveBewley(economy('no-tax', 'one-type'));
    // Weights of the outputs are a tenth of what they would be: they move raw outputs by a few tenths at most.
    for (const value of s) expect(Math.abs(value - savingsRatio)).toBeLessThan(0.05);
    for (const value of h) expect(Math.abs(value - 1)).toBeLessThan(0.15);
    for (const value of n) expect(Math.abs(value - labor)).toBeLessThan(0.05);
  });
});
