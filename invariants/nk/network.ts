import fc from 'fast-check';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { normals, streamOf } from '../../src/numerics/stream.ts';
import { nkNetwork } from '../../src/verification/contracts/index.ts';
import { seeds, sizes } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle, hasType } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import type { Matrix } from '../engine/oracle/primitives.ts';
import { celu, celuSlope, product, transpose, zip } from '../engine/oracle/primitives.ts';
import type { Batch } from './cases.ts';
import { batchOf, naturalRate, PARAMETER_COUNT, PARAMETER_NAMES, PRIOR } from './cases.ts';

const OUTPUTS = 2;

interface NetworkCase {
  readonly batch: Batch<'zeta'>;
  readonly hidden: readonly number[];
  readonly seed: number;
}

/** The policy network and its hand-written gradient are those of the formula. */
export const network = law<NetworkCase>({
  id: 'nk/network',
  statement:
    'The raw outputs of the policy network, and their gradient in all weights, agree with a float64 network on plain arrays.',
  formula:
    'h_0 = [ζ, scaled parameters], h_k = CELU(h_{k−1} W_k + b_k), raw = h_K W + b; weights flat as W_1, b_1, W_2, …',
  guards:
    'a hand-written layer gradient that is wrong on one engine; integers that swallow inputs; products in low precision',
  suspects:
    'the layers (src/nn/dense.ts here), the scaling of inputs (src/models/nk/policy.ts), the matrix products of the engine',
  oracle: 'engine',
  bound: 'running error analysis through all layers and back, any order of summation',
  needs: [nkNetwork],
  budget: { runs: 40 },
  coverage: [{ label: 'two hidden layers', minimumShare: 0.3, shows: ({ hidden }) => hidden.length === 2 }],
  cases: fc.record({
    batch: batchOf({ zeta: naturalRate }),
    hidden: fc.oneof(sizes(1), sizes(2)),
    seed: seeds,
  }),
  async judge({ batch: { parameters, zeta }, hidden, seed }, { call, arithmetic }) {
    const size = zeta.data.length;
    const widths = [PARAMETER_COUNT + 1, ...hidden, OUTPUTS];
    const count = widths
      .slice(1)
      .reduce((total, width, layer) => total + ((widths[layer] ?? 0) + 1) * width, 0);
    const stream = streamOf(seed).split('nk/network');
    // Half a unit: hidden units on both sides of the kink, none saturated.
    const weights = float32(
      [count],
      normals(stream.split('weights'), count).map((value) => value / 2),
    );
    const cotangent = float32([size, OUTPUTS], normals(stream.split('cotangent'), size * OUTPUTS));
    const answer = await call(nkNetwork, {
      hidden: [...hidden],
      weights,
      parameters,
      zeta,
      cotangent,
    });
    const oracle = networkOracle(
      arithmetic,
      inputsOf(arithmetic, parameters, zeta),
      layersOf(arithmetic, weights, widths),
      rowsOf(arithmetic, cotangent, OUTPUTS),
    );
    return [
      hasType('raw outputs', answer.raw, 'float32', [size, OUTPUTS]),
      agreesWithOracle(
        'raw output',
        answer.raw,
        oracle.raw.flat(),
        (index) => `sample ${Math.floor(index / OUTPUTS)}, output ${index % OUTPUTS}`,
      ),
      hasType('gradient', answer.gradient, 'float32', [count]),
      agreesWithOracle(
        'gradient in the weights',
        answer.gradient,
        oracle.gradient,
        (index) => `weight ${index}`,
      ),
    ];
  },
});

interface Layer {
  readonly weight: Matrix;
  readonly bias: readonly Bounded[];
}

/** ζ as it is (its bounds are [−1, 1]), parameters scaled to [−1, 1] over the prior. */
function inputsOf(arithmetic: RunningError, parameters: TensorValue, zeta: TensorValue): Matrix {
  return Array.from(zeta.data, (state, sample) => [
    arithmetic.exact(state),
    ...PARAMETER_NAMES.map((name, column) => {
      const [low, high] = PRIOR[name];
      const value = arithmetic.exact(parameters.data[sample * PARAMETER_COUNT + column] ?? Number.NaN);
      // (2x − (low + high))/(high − low): the terms are of order 1 and cancel, so that they and not the result set the bound.
      const numerator = arithmetic.sum([
        arithmetic.mul(arithmetic.exact(2), value),
        arithmetic.neg(arithmetic.rounded(low)),
        arithmetic.neg(arithmetic.rounded(high)),
      ]);
      return arithmetic.mul(numerator, arithmetic.rounded(1 / (high - low)));
    }),
  ]);
}

function layersOf(
  arithmetic: RunningError,
  weights: TensorValue,
  widths: readonly number[],
): readonly Layer[] {
  let offset = 0;
  const take = (count: number): readonly Bounded[] => {
    const slice = [...weights.data.slice(offset, offset + count)];
    offset += count;
    return slice.map((value) => arithmetic.exact(value));
  };
  return widths.slice(1).map((outputs, index) => {
    const inputs = widths[index] ?? 0;
    const flat = take(inputs * outputs);
    const weight = Array.from({ length: inputs }, (_, row) => flat.slice(row * outputs, (row + 1) * outputs));
    return { weight, bias: take(outputs) };
  });
}

function rowsOf(arithmetic: RunningError, value: TensorValue, columns: number): Matrix {
  return Array.from({ length: value.data.length / columns }, (_, row) =>
    [...value.data.slice(row * columns, (row + 1) * columns)].map((element) => arithmetic.exact(element)),
  );
}

/** Forward and backward by the chain rule; rows of matrices are samples. */
function networkOracle(
  arithmetic: RunningError,
  inputs: Matrix,
  layers: readonly Layer[],
  cotangent: Matrix,
): { readonly raw: Matrix; readonly gradient: readonly Bounded[] } {
  const entering: Matrix[] = [];
  const linear: Matrix[] = [];
  let current = inputs;
  layers.forEach(({ weight, bias }, index) => {
    entering.push(current);
    const sums = product(arithmetic, current, weight).map((row) =>
      row.map((value, column) => arithmetic.sum([value, bias[column] ?? arithmetic.exact(Number.NaN)])),
    );
    linear.push(sums);
    current =
      index === layers.length - 1 ? sums : sums.map((row) => row.map((value) => celu(arithmetic, value)));
  });

  const gradients: (readonly Bounded[])[] = [];
  let flowing = cotangent;
  for (let index = layers.length - 1; index >= 0; index -= 1) {
    if (index < layers.length - 1) {
      flowing = zip(flowing, linear[index] ?? [], (slope, value) =>
        arithmetic.mul(slope, celuSlope(arithmetic, value)),
      );
    }
    const inWeight = product(arithmetic, transpose(entering[index] ?? []), flowing).flat();
    const inBias = transpose(flowing).map((column) => arithmetic.sum(column));
    gradients.unshift([...inWeight, ...inBias]);
    flowing = product(arithmetic, flowing, transpose(layers[index]?.weight ?? []));
  }
  return { raw: current, gradient: gradients.flat() };
}
