import fc from 'fast-check';
import { normals, streamOf } from '../../src/numerics/stream.ts';
import { nkPolicyResiduals } from '../../src/verification/contracts/index.ts';
import { between, seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { same } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { batchOf, naturalRate, PARAMETER_COUNT } from './cases.ts';

const HIDDEN = 5;

/** Residual i depends on sample i only: changing one sample leaves the residuals of all others as they were, bit for bit. */
export const independence = law({
  id: 'nk/independence',
  statement: 'When one sample changes, its own residuals change and those of no other sample do.',
  formula: '∂ residual_i / ∂ sample_j = 0 for i ≠ j, ≠ 0 for i = j',
  guards: 'samples mix: by broadcasting, by a mean taken over the batch, by a shuffle of one array alone',
  suspects:
    'shapes first (nk/shapes), then any reduction over the batch in transition, policy inputs or residuals (src/models/nk here)',
  oracle: 'symmetry',
  bound: 'none: an untouched row goes through the same operations, so that it is equal bit for bit',
  needs: [nkPolicyResiduals],
  coverage: [{ label: 'state stepped before', minimumShare: 0.4, shows: ({ steps }) => steps > 0 }],
  cases: fc.record({
    batch: batchOf({ zeta: naturalRate, first: between(-3, 3), second: between(-3, 3) }),
    steps: fc.constantFrom(0, 1, 1, 2),
    changed: fc.nat(),
    by: between(0.05, 0.4),
    seed: seeds,
  }),
  async judge({ batch, steps, changed, by, seed }, { call }) {
    const { zeta, first, second } = batch;
    const innovations = [first, second];
    const size = zeta.data.length;
    const j = changed % size;
    const stacked = float32(
      [steps, size],
      innovations.slice(0, steps).flatMap(({ data }) => [...data]),
    );
    const ask = (state: TensorValue, parameters: TensorValue) =>
      call(nkPolicyResiduals, {
        parameters,
        zeta: state,
        innovations: stacked,
        expectation: { rule: 'gauss-hermite', nodes: 3 },
        policy: { hidden: [HIDDEN], weights: randomWeights(seed) },
        seed,
      });
    const before = await ask(zeta, batch.parameters);
    const after = await ask(shift(zeta, j, by), steeper(batch.parameters, j));
    return [
      ownChanged('IS residual', before.is, after.is, j),
      ownChanged('Phillips residual', before.phillips, after.phillips, j),
      othersUnchanged('IS residual', before.is, after.is, j, size),
      othersUnchanged('Phillips residual', before.phillips, after.phillips, j, size),
    ];
  },
});

/** Weights of a network 9 → 5 → 2: a policy that solves nothing, so that every residual is far from zero. */
function randomWeights(seed: number): TensorValue {
  const count = (PARAMETER_COUNT + 1) * HIDDEN + HIDDEN + HIDDEN * 2 + 2;
  return float32([count], normals(streamOf(seed).split('nk/independence'), count));
}

function shift(value: TensorValue, index: number, by: number): TensorValue {
  return {
    ...value,
    data: value.data.map((element, position) => (position === index ? element + by : element)),
  };
}

/** Sample `index` with the discount factor of a more patient household, inside the prior. */
function steeper(parameters: TensorValue, index: number): TensorValue {
  const beta = index * PARAMETER_COUNT;
  return {
    ...parameters,
    data: parameters.data.map((element, position) => (position === beta ? 1.94 - element : element)),
  };
}

function ownChanged(quantity: string, before: TensorValue, after: TensorValue, j: number): Measurement {
  const [was = Number.NaN, is = Number.NaN] = [before.data[j], after.data[j]];
  const change = Number.isFinite(was) && Number.isFinite(is) && was !== is ? 'changed' : `${was}, then ${is}`;
  return same(`${quantity} of sample ${j} itself`, change, 'changed');
}

/** Counts the residuals, other than number j, that changed. With B × B of them, most of row and column j do. */
function othersUnchanged(
  quantity: string,
  before: TensorValue,
  after: TensorValue,
  j: number,
  size: number,
): Measurement {
  const others = [...before.data.keys()].filter(
    (index) => index !== j && !Object.is(before.data[index], after.data[index]),
  );
  return same(
    `${quantity} of samples other than ${j} of ${size}`,
    others.length === 0 ? 'unchanged' : `${others.length} changed, first number ${others[0] ?? ''}`,
    'unchanged',
    `sample ${j} was changed`,
  );
}
