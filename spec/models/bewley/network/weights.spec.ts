import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { BewleyConfiguration, NetworkWeights } from '../../../../src/models/bewley/index.ts';
import {
  crossSectionSize,
  drawWeights,
  namedWeights,
  networkShapes,
} from '../../../../src/models/bewley/index.ts';
import { unflatten } from '../../../../src/nn/flat.ts';
import { streamOf } from '../../../../src/numerics/stream.ts';
import { onWasm, read } from '../../../nn/on-wasm.ts';
import { economy } from '../presets.ts';
import { DISTRIBUTIONS, small, weightCountOf } from './small.ts';

onWasm();

const BIAS = [0.25, -1, 2];

/** Values of some of the weights that a network begins with. */
function valuesOf(
  configuration: BewleyConfiguration,
  chosen: (weights: NetworkWeights) => tf.Tensor[],
): Promise<number[][]> {
  return read(() => {
    const drawn = tf.tensor1d(drawWeights(streamOf(1), configuration, BIAS));
    return chosen(namedWeights(configuration, unflatten(drawn, networkShapes(configuration))));
  });
}

describe('the weights of the network', () => {
  /*
   * At hidden 128, 2 blocks and head 64: own 5·128 + 128; two blocks of 128·128 + 128 and 5·256 of modulation; head
   * 128·64 + 64; outputs 64·3 + 3; together 44,803. And what others are told by: 9·128; or 5·32 + 32 and 32·128; or
   * 1600·128.
   */
  it.each([
    ['moments', 44_803 + 9 * 128],
    ['deep-sets', 44_803 + 5 * 32 + 32 + 32 * 128],
    ['ordered', 44_803 + 1600 * 128],
  ] as const)('are as many as documented for %s', (distribution, count) => {
    expect(weightCountOf(economy(`network.distribution=${distribution}`))).toBe(count);
  });

  it('are laid out layer by layer, kernel before bias, modulation after its block', () => {
    expect(networkShapes(small('network.distribution=deep-sets', 'network.blocks=1'))).toEqual([
      [5, 7],
      [7],
      [5, 6],
      [6],
      [7, 6],
      [6, 6],
      [6],
      [5, 12],
      [6, 4],
      [4],
      [4, 3],
      [3],
    ]);
  });

  it.each(DISTRIBUTIONS)(
    'of %s are drawn within their bounds, the biases of the outputs as given',
    async (distribution) => {
      const configuration = small(`network.distribution=${distribution}`);
      const drawn = drawWeights(streamOf(1), configuration, BIAS);
      expect(drawn).toHaveLength(weightCountOf(configuration));
      expect([...drawn.slice(-3)]).toEqual(BIAS);
      const told = crossSectionSize(configuration.network, configuration.batch.agents);
      const [own = [], others = [], block = [], outputs = [], modulation = []] = await valuesOf(
        configuration,
        ({ layer, matrix }) => [
          layer('own').kernel,
          matrix('others.kernel'),
          layer('block1').kernel,
          layer('outputs').kernel,
          matrix('block0.modulation'),
        ],
      );
      // Uniform on ±bound: that all of twelve or more lie within 0.7 of it has a chance below 1.4 %, and the seed is fixed.
      const reaches = (values: readonly number[], bound: number): void => {
        const largest = Math.max(...values.map(Math.abs));
        expect(largest).toBeLessThanOrEqual(Math.fround(bound));
        expect(largest).toBeGreaterThan(0.7 * bound);
      };
      reaches(own, 1 / Math.sqrt(5));
      reaches(others, distribution === 'ordered' ? 1 : 1 / Math.sqrt(told));
      reaches(block, 1 / Math.sqrt(6));
      reaches(outputs, 0.1 / Math.sqrt(4));
      expect(modulation.every((value) => value === 0)).toBe(true);
    },
  );

  it('keep their values when a block is added: each is drawn by its name', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map((blocks) =>
        valuesOf(small(`network.blocks=${blocks}`), ({ layer }) =>
          ['own', 'block0', 'head', 'outputs'].map((name) => layer(name).kernel),
        ),
      ),
    );
    expect(two).toEqual(one);
  });

  it('that are those of another network are refused by the name that is missing', () => {
    tf.tidy(() => {
      const weights = namedWeights(small(), [tf.zeros([5, 6])]);
      expect(() => weights.layer('own')).toThrow(/network-weights[\s\S]*1 tensors, none for own\.bias/);
      expect(() => weights.matrix('others')).toThrow('network-weights');
    });
  });
});
