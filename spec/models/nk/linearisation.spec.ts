import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { NkLossPoints, NkLossRecipe } from '../../../src/models/nk/index.ts';
import { nkKit, parseNkConfiguration, policyShapes } from '../../../src/models/nk/index.ts';
import { flatten, unflatten } from '../../../src/nn/flat.ts';
import { streamOf } from '../../../src/numerics/stream.ts';
import { expectClose, onWasm, read } from '../../nn/on-wasm.ts';
import { economies, parameterTensor } from './batch.ts';

onWasm();

const BATCH = 5;

const CONFIGURATIONS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  published: { network: { hidden: [6, 5] } },
  'weights, a mean, and units of sd(ζ)': {
    network: { hidden: [6, 5], unit: 'ergodic', stateScale: 2, outputScale: 0.5 },
    loss: { reduction: 'mean', weights: { is: 2, phillips: 0.5 } },
  },
  'gated units on an absolute scale': {
    network: { hidden: [4, 3], activation: 'gated', stateScale: 0.5, outputScale: 0.5 },
    loss: { reduction: 'mean' },
  },
};

interface Case {
  readonly recipe: NkLossRecipe;
  readonly weights: readonly tf.Tensor[];
  readonly points: NkLossPoints;
}

function caseOf(settings: Readonly<Record<string, unknown>>): Case {
  const recipe = parseNkConfiguration(settings);
  const { parameters, zeta } = economies(BATCH);
  const matrix = parameterTensor(parameters);
  const { nodes, weights } = nkKit.expectationNodes(nkKit, { rule: 'gauss-hermite', nodes: 3 }, streamOf(1));
  return {
    recipe,
    weights: unflatten(
      tf.tensor1d(nkKit.initialWeights(streamOf(2), recipe.network)),
      policyShapes(nkKit, recipe.network),
    ),
    points: nkKit.lossPoints(nkKit, {
      zeta: tf.tensor1d(zeta),
      parameters: matrix,
      coefficients: nkKit.coefficients(matrix),
      nodes: tf.tensor1d(nodes),
      probabilities: tf.tensor1d(weights),
    }),
  };
}

describe.each(Object.entries(CONFIGURATIONS))('linearise: %s', (_, settings) => {
  it('has squares that add up to the loss', async () => {
    const [total = [], squares = [], again = []] = await read(() => {
      const { weights, points, recipe } = caseOf(settings);
      const { residuals } = nkKit.linearise(nkKit, weights, points, recipe);
      return [
        nkKit.loss(nkKit, weights, points, recipe).total,
        tf.sum(tf.square(residuals)),
        tf.sum(tf.square(nkKit.residualVector(nkKit, weights, points, recipe))),
      ];
    });
    expect((squares[0] ?? 0) / (total[0] ?? 1)).toBeCloseTo(1, 5);
    expect(again).toEqual(squares);
  });

  it('has in row i the gradient of residual i, by the tape', async () => {
    const [jacobian = [], byTape = [], size = []] = await read(() => {
      const { weights, points, recipe } = caseOf(settings);
      const rows = Array.from({ length: 2 * BATCH }, (__, index) => {
        const residual = (...list: tf.Tensor[]): tf.Scalar =>
          tf.sum(tf.slice(nkKit.residualVector(nkKit, list, points, recipe), [0, index], [1, 1]));
        return flatten(tf.grads(residual)([...weights]));
      });
      const made = nkKit.linearise(nkKit, weights, points, recipe).jacobian;
      return [made, tf.stack(rows), tf.max(tf.abs(made))];
    });
    const scale = size[0] ?? Number.NaN;
    expectClose(
      jacobian.map((value) => value / scale),
      byTape.map((value) => value / scale),
      2e-6,
    );
  });
});
