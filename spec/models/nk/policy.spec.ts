import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import {
  controls,
  NK_BASELINE,
  NK_PARAMETERS,
  networkInputs,
  nkKit,
  parameterRow,
  parseNkConfiguration,
  policyWidths,
} from '../../../src/models/nk/index.ts';
import { unflatten } from '../../../src/nn/flat.ts';
import { weightCount, weightShapes } from '../../../src/nn/network.ts';
import { streamOf } from '../../../src/numerics/stream.ts';
import { expectClose, onWasm, read, readOne } from '../../nn/on-wasm.ts';
import { economies, parameterTensor } from './batch.ts';

onWasm();

describe('networkInputs', () => {
  it('leave ζ as it is and scale the prior to ±1, with the baseline in its middle', async () => {
    const rows = [
      NK_PARAMETERS.map(({ prior: [lower] }) => lower),
      NK_PARAMETERS.map(({ prior: [, upper] }) => upper),
      [...parameterRow(NK_BASELINE)],
    ];
    const inputs = await readOne(() => networkInputs(tf.tensor1d([0.5, -0.25, 0.125]), tf.tensor2d(rows)));
    const [one, zero] = [new Array<number>(8).fill(1), new Array<number>(8).fill(0)];
    expectClose(inputs, [0.5, ...one.map((value) => -value), -0.25, ...one, 0.125, ...zero], 2e-6);
  });

  it('take a state of any shape', () => {
    const { parameters } = economies(3);
    const shapes = tf.tidy(() =>
      [[3], [3, 1], [1, 3]].map((shape) => networkInputs(tf.zeros(shape), parameterTensor(parameters)).shape),
    );
    expect(shapes).toEqual([
      [3, 9],
      [3, 9],
      [3, 9],
    ]);
  });
});

describe('controls', () => {
  it('are output, then inflation, scaled', async () => {
    const [output, inflation] = await read(() => {
      const both = controls(
        tf.tensor2d([
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
        0.5,
      );
      return [both.output, both.inflation];
    });
    expect(output).toEqual([0.5, 1.5, 2.5]);
    expect(inflation).toEqual([1, 2, 3]);
  });
});

describe('policy', () => {
  it('depends, row by row, on the state and the parameters of that row alone', async () => {
    const { network } = parseNkConfiguration({ network: { hidden: [5, 4] } });
    const widths = policyWidths(network.hidden);
    const flat = nkKit.initialWeights(streamOf(1), network);
    const output = (zeta: readonly number[], parameters: Float32Array): Promise<number[]> =>
      readOne(() => {
        const weights = unflatten(tf.tensor1d(flat), weightShapes(widths));
        return nkKit.policy(nkKit, weights, network)(tf.tensor1d([...zeta]), parameterTensor(parameters))
          .output;
      });
    const { parameters } = economies(3);
    const before = await output([0.1, 0.2, 0.3], parameters);
    const changed = parameters.slice();
    changed[8] = (changed[8] ?? 0) + 0.01;
    const after = await output([0.1, 0.25, 0.3], changed);
    expect(flat).toHaveLength(weightCount(widths));
    expect([after[0], after[2]]).toEqual([before[0], before[2]]);
    expect(after[1]).not.toBe(before[1]);
  });
});
