import fc from 'fast-check';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { ppoTraining } from '../../src/verification/contracts/index.ts';
import { between, exactly, seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agree, same, worstOf } from '../../src/verification/measurement.ts';
import type { OutputOf } from '../../src/verification/operation.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { exactRow, rowAt } from './cases.ts';
import { divergence, logProbability } from './oracle/distribution.ts';
import type { NetworkSizes, Outputs } from './oracle/network.ts';
import { networkOf, weightCount } from './oracle/network.ts';
import type { Table } from './tables.ts';
import { networks, tableOf, tableSizes } from './tables.ts';

const ENVIRONMENTS = 3;
const STEPS = 5;

/** Environments with actions between bounds, and without. */
const CONTINUOUS = {
  'brock-mirman': { observations: 2, rewards: 1, low: [0.01], high: [0.99] },
  'linear-quadratic': { observations: 2, rewards: 1, low: [-Infinity], high: [Infinity] },
  durotaxis: {
    observations: 19,
    rewards: 4,
    low: [0, 0.5, 0.5, 0.05, -0.52],
    high: [0.7, 15, 4, 0.5, 0.52],
  },
} as const;
type Name = keyof typeof CONTINUOUS | 'table';

interface Case {
  readonly name: Name;
  readonly sizes: NetworkSizes;
  readonly table: Table | null;
  readonly weights: TensorValue;
  readonly seed: number;
}

type Update = OutputOf<typeof ppoTraining>['updates'][number];

function caseOf(name: Name): fc.Arbitrary<Case> {
  return networks.chain((network) => {
    const sizes: NetworkSizes =
      name === 'table'
        ? tableSizes(network)
        : {
            observations: CONTINUOUS[name].observations,
            rewards: CONTINUOUS[name].rewards,
            actions: CONTINUOUS[name].low.length,
            kind: 'continuous',
            ...network,
          };
    return fc.record({
      name: fc.constant(name),
      sizes: fc.constant(sizes),
      table: name === 'table' ? tableOf(fc.constant(7)) : fc.constant(null),
      weights: exactly(weightCount(sizes), between(-0.5, 0.5)).map((all) => float32([all.length], all)),
      seed: seeds,
    });
  });
}

/** With the weights that acted, the ratio of probabilities is one. */
export const equalParameters = law<Case>({
  id: 'ppo/equal-parameters',
  statement:
    'In the first minibatch after a rollout, whose weights are those that acted, every probability ratio is 1, the divergence is 0 and nothing is clipped; stored log probabilities are those of the stored actions, and what was executed is the stored sample, squashed between its bounds.',
  formula: 'ρ = 1, k3 = D = 0, clip fraction 0;  a = low + (high − low) S(u),  log π stored = log π(u)',
  guards:
    'old and new probabilities of different actions, or by different networks: ratios far from 1 before anything is learnt, and nothing but noise in the gradient',
  suspects:
    'what is stored with a sample (src/models/ppo/policy-sample.ts, src/training/ppo/rollout.ts here) and the probability under the new weights (src/models/ppo/distribution.ts)',
  oracle: 'identity',
  bound:
    'running error analysis of the network and the density, once for the rollout and once for the gradient step',
  needs: [ppoTraining],
  budget: { runs: 16, power: 4 },
  coverage: [
    { label: 'discrete actions', minimumShare: 0.1, shows: ({ name }) => name === 'table' },
    {
      label: 'squashed actions',
      minimumShare: 0.2,
      shows: ({ name }) => name !== 'table' && name !== 'linear-quadratic',
    },
    { label: 'shared layers', minimumShare: 0.25, shows: ({ sizes }) => sizes.shared },
  ],
  cases: fc.oneof(caseOf('table'), caseOf('brock-mirman'), caseOf('linear-quadratic'), caseOf('durotaxis')),
  async judge({ name, sizes, table, weights, seed }, { call, arithmetic }) {
    const samples = ENVIRONMENTS * STEPS;
    const { hidden, shared } = sizes;
    const { updates } = await call(ppoTraining, {
      configuration: {
        ...(name === 'table' ? {} : { environment: { name } }),
        environments: ENVIRONMENTS,
        rollout: STEPS,
        steps: samples,
        epochs: 1,
        minibatch: STEPS,
        network: { hidden, shared },
      },
      table,
      weights,
      seed,
      updates: 1,
    });
    const [update] = updates;
    if (update === undefined) return [same('updates', String(updates.length), '1')];
    const network = networkOf(arithmetic, sizes, exactRow(arithmetic, weights.data));
    const { rollout } = update;
    const outputs = Array.from({ length: samples }, (_, row) =>
      network(exactRow(arithmetic, rowAt(rollout.observations, row))),
    );
    const stored = outputs.map((policy, row) => {
      const log = logProbability(arithmetic, policy, rowAt(rollout.actions, row));
      // Rounded once more, to be kept.
      return arithmetic.mul(log, arithmetic.exact(1));
    });
    const logs = stored.map(({ value, bound }, row) =>
      agree(
        'stored log probability',
        rollout.logProbabilities.data[row] ?? NaN,
        value,
        bound,
        `sample ${row}`,
      ),
    );
    const executed = Array.from({ length: samples }, (_, row) =>
      executedAs(arithmetic, name, rowAt(rollout.actions, row), rowAt(rollout.executed, row), row),
    ).flat();
    return [...worst(logs), ...worst(executed), ...firstMinibatch(arithmetic, update, outputs, stored)];
  },
});

function worst(measured: readonly Measurement[]): readonly Measurement[] {
  const one = worstOf(measured);
  return one === undefined ? [] : [one];
}

/** The action of the environment is the stored one: its index, or squashed between the bounds, or itself. */
function executedAs(
  { exact, rounded, add, mul, sigmoid }: RunningError,
  name: Name,
  raw: readonly number[],
  executed: readonly number[],
  row: number,
): readonly Measurement[] {
  const at = `sample ${row}`;
  if (name === 'table') return [same('executed action', String(executed[0]), String(raw.indexOf(1)), at)];
  const { low, high } = CONTINUOUS[name];
  return raw.flatMap((u, index) => {
    const [from = NaN, to = NaN, got = NaN] = [low[index], high[index], executed[index]];
    if (!Number.isFinite(from)) return [same('executed action', String(got), String(u), at)];
    const expected = add(rounded(from), mul(rounded(to - from), sigmoid(exact(u))));
    const beyond = Math.max(Math.fround(from) - got, got - Math.fround(to));
    return [
      agree('executed action', got, expected.value, expected.bound, at),
      { quantity: 'executed action beyond its bounds', measured: Math.max(0, beyond), allowed: 0, at },
    ];
  });
}

/** Ratios, divergences and clipping of the first gradient step. */
function firstMinibatch(
  arithmetic: RunningError,
  { steps }: Update,
  outputs: readonly Outputs[],
  stored: readonly Bounded[],
): readonly Measurement[] {
  const [first] = steps;
  if (first === undefined) return [same('gradient steps', '0', 'some')];
  const { expm1, sub, mean } = arithmetic;
  const rows = [...first.rows.data];
  // Each of the two may be off by the bound; the exact difference is 0.
  const ratios = rows.map((row) => ({ value: 0, bound: 2 * (stored[row]?.bound ?? NaN) }));
  const excess = ratios.map((ratio) => expm1(ratio));
  const k3 = mean(excess.map((one, index) => sub(one, ratios[index] ?? one)));
  const exact = mean(
    rows.map((row) => {
      const policy = outputs[row];
      return policy === undefined ? { value: NaN, bound: NaN } : divergence(arithmetic, policy, policy);
    }),
  );
  const largest = excess.reduce((most, { bound }) => Math.max(most, bound), 0);
  return [
    { quantity: 'largest |ρ − 1|', measured: first.ratioDeviation, allowed: largest },
    agree('k1', first.k1, 0, mean(ratios).bound),
    agree('k3', first.k3, 0, k3.bound),
    agree('exact divergence', first.divergence, 0, exact.bound),
    { quantity: 'clip fraction', measured: first.clipFraction, allowed: 0 },
  ];
}
