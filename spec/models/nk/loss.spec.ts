import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { NkKit, NkLossInput } from '../../../src/models/nk/index.ts';
import {
  closedFormPolicy,
  combine,
  nkKit,
  parseNkConfiguration,
  policyWidths,
} from '../../../src/models/nk/index.ts';
import { unflatten } from '../../../src/nn/flat.ts';
import { weightShapes } from '../../../src/nn/network.ts';
import { streamOf } from '../../../src/numerics/stream.ts';
import { expectClose, onWasm, read } from '../../nn/on-wasm.ts';
import { economies, parameterTensor } from './batch.ts';

onWasm();

const configuration = parseNkConfiguration({ network: { hidden: [5] } });

describe('combine', () => {
  const parts = (reduction: 'sum' | 'mean'): Promise<number[][]> =>
    read(() => {
      const residuals = { is: tf.tensor1d([1, -2, 0]), phillips: tf.tensor1d([3, 0, 0]) };
      const { total, is, phillips } = combine(residuals, { reduction, weights: { is: 0.5, phillips: 2 } });
      return [total, is, phillips];
    });

  it('weighs the sums of squares, and keeps them unweighted beside', async () => {
    expect((await parts('sum')).flat()).toEqual([0.5 * 5 + 2 * 9, 5, 9]);
  });

  it('takes means where it is told to', async () => {
    expectClose((await parts('mean')).flat(), [(0.5 * 5 + 2 * 9) / 3, 5 / 3, 3]);
  });
});

describe('loss', () => {
  const batch = economies(7);
  const { nodes, weights } = nkKit.expectationNodes(nkKit, { rule: 'gauss-hermite', nodes: 3 }, streamOf(1));

  function lossAt(
    kit: NkKit,
    taped: readonly tf.Tensor[],
    at: Pick<NkLossInput, 'zeta' | 'parameters' | 'nodes'>,
  ): tf.Scalar {
    const coefficients = kit.coefficients(at.parameters);
    const points = kit.lossPoints(kit, { ...at, coefficients, probabilities: tf.tensor1d(weights) });
    return kit.loss(kit, taped, points, configuration).total;
  }

  /** Largest gradient of the loss in [state, parameters, nodes, weights of the first layer]. */
  async function slopes(kit: NkKit): Promise<number[]> {
    const flat = kit.initialWeights(streamOf(1), configuration.network);
    const gradients = await read(() => {
      const slices = unflatten(tf.tensor1d(flat), weightShapes(policyWidths([5])));
      const inputs = [tf.tensor1d(batch.zeta), parameterTensor(batch.parameters), tf.tensor1d(nodes)];
      return tf
        .grads((...[zeta, parameters, shocks, ...taped]) =>
          lossAt(kit, taped, {
            zeta: zeta ?? tf.zeros([0]),
            parameters: parameters as tf.Tensor2D,
            nodes: shocks as tf.Tensor1D,
          }),
        )([...inputs, ...slices])
        .slice(0, 4);
    });
    return gradients.map((gradient) => Math.max(...gradient.map(Math.abs)));
  }

  it('carries gradient in the weights, and none in state, parameters and shocks', async () => {
    const [zeta, parameters, shocks, kernel] = await slopes(nkKit);
    expect([zeta, parameters, shocks]).toEqual([0, 0, 0]);
    expect(kernel).toBeGreaterThan(0);
  });

  it('would carry it everywhere without the constants of the kit', async () => {
    const found = await slopes({ ...nkKit, constant: (x) => x });
    expect(found.every((slope) => slope > 0)).toBe(true);
  });

  it('is 0 for the closed form', async () => {
    const kit: NkKit = { ...nkKit, policy: (k, _, network) => closedFormPolicy(k, network) };
    const [total = []] = await read(() => [
      lossAt(kit, [], {
        zeta: tf.tensor1d(batch.zeta),
        parameters: parameterTensor(batch.parameters),
        nodes: tf.tensor1d(nodes),
      }),
    ]);
    expect(total[0]).toBeLessThan(1e-14);
  });
});
