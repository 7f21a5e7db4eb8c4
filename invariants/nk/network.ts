import fc from 'fast-check';
import type { RunningError } from '../../src/numerics/running-error.ts';
import { normals, streamOf } from '../../src/numerics/stream.ts';
import { nkNetwork } from '../../src/verification/contracts/index.ts';
import { seeds, sizes } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle, hasType } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import type { Matrix } from '../engine/oracle/primitives.ts';
import type { Batch } from './cases.ts';
import { batchOf, naturalRate, PARAMETER_COUNT, symbolsOf } from './cases.ts';
import { inputRow, layersOf, networkPass, UNITS, weightCountOf } from './oracle/network.ts';

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
  async judge({ batch: { parameters, zeta }, hidden, seed }, { call, arithmetic, floats }) {
    const size = zeta.data.length;
    const widths = [PARAMETER_COUNT + 1, ...hidden, OUTPUTS];
    const unit = UNITS.celu;
    const count = weightCountOf(widths, unit);
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
    const inputs = Array.from(zeta.data, (state, sample) =>
      inputRow(arithmetic, arithmetic.exact(state), symbolsOf(arithmetic, parameters, sample)),
    );
    const oracle = networkPass(arithmetic, inputs, layersOf(arithmetic, weights, widths, unit), unit);
    return [
      hasType('raw outputs', answer.raw, floats, [size, OUTPUTS]),
      agreesWithOracle(
        'raw output',
        answer.raw,
        oracle.raw.flat(),
        (index) => `sample ${Math.floor(index / OUTPUTS)}, output ${index % OUTPUTS}`,
      ),
      hasType('gradient', answer.gradient, floats, [count]),
      agreesWithOracle(
        'gradient in the weights',
        answer.gradient,
        oracle.gradient(rowsOf(arithmetic, cotangent, OUTPUTS)),
        (index) => `weight ${index}`,
      ),
    ];
  },
});

function rowsOf(arithmetic: RunningError, value: TensorValue, columns: number): Matrix {
  return Array.from({ length: value.data.length / columns }, (_, row) =>
    [...value.data.slice(row * columns, (row + 1) * columns)].map((element) => arithmetic.exact(element)),
  );
}
