import fc from 'fast-check';
import { normaliserRun } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agreesWithOracle, hasType } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32, sizeOf } from '../../src/verification/tensor-value.ts';
import { batchShapes, rowOfTensor, settings, statisticsShapeOf, tensorOf } from './cases.ts';
import type { Moments } from './oracle/recursion.ts';
import { blended, columnsOf, momentsOf } from './oracle/recursion.ts';

const cases = fc.tuple(batchShapes, fc.integer({ min: 2, max: 3 })).chain(([shape, steps]) =>
  fc
    .record({
      settings,
      noise: tensorOf([steps, ...shape], between(-2, 2)),
      offset: fc.constantFrom(0, 0, 20, -1_000),
      drift: between(-4, 4),
    })
    .map(({ settings: chosen, noise, offset, drift }) => ({
      settings: chosen,
      shape,
      offset,
      batches: drifting(noise, offset, drift),
    })),
);

/** Running mean and variance are what the recursion says, batch by batch. */
export const recursion = law({
  id: 'normaliser/recursion',
  statement:
    'Mean and variance begin as those of the first batch and follow the exponential moving average, movement between batches included, in either scope.',
  formula: 'd = μ_b − m;  m ← m + (1−ρ)d;  v ← ρ(v + (1−ρ)d²) + (1−ρ)var_b',
  guards:
    'what the network is fed is not at scale 1: a repair of one formula breaks another, and the policy is trained on inputs that creep',
  suspects:
    'the update of the statistics (src/nn/normaliser-statistics.ts here): weights that depend on a count, a sum where an average belongs, d² left out, axes of the scope',
  oracle: 'derivation',
  bound:
    'forward error of the two-pass moments and of the recursion, carried from batch to batch (Higham, §3.3)',
  needs: [normaliserRun],
  budget: { runs: 40 },
  coverage: [
    {
      label: 'statistics for each agent',
      minimumShare: 0.25,
      shows: ({ settings: { scope } }) => scope === 'per-agent',
    },
    { label: 'far from zero', minimumShare: 0.1, shows: ({ offset }) => Math.abs(offset) === 1_000 },
  ],
  cases,
  async judge({ settings: chosen, shape, batches }, { call, arithmetic, floats }) {
    const statistics = statisticsShapeOf(shape, chosen.scope);
    const answer = await call(normaliserRun, { settings: chosen, batches, from: null });
    const steps = batches.shape[0] ?? 0;
    const measured: Measurement[] = [
      hasType('running means', answer.mean, floats, [steps, ...statistics]),
      hasType('running variances', answer.variance, floats, [steps, ...statistics]),
    ];
    let past: readonly Moments[] = [];
    for (let step = 0; step < steps; step += 1) {
      const columns = columnsOf(arithmetic, rowOfTensor(batches, step), sizeOf(statistics));
      past = columns.map((samples, column) => {
        const batch = momentsOf(arithmetic, samples);
        const before = past[column];
        return before === undefined ? batch : blended(arithmetic, before, batch, chosen.momentum);
      });
      for (const name of ['mean', 'variance'] as const) {
        measured.push(
          agreesWithOracle(
            `running ${name}`,
            rowOfTensor(answer[name], step),
            past.map((moments) => moments[name]),
            (column) => `batch ${step}, statistic ${column}`,
          ),
        );
      }
    }
    return measured;
  },
});

/** Noise about a level that moves by `drift` from one batch to the next. */
function drifting(noise: TensorValue, offset: number, drift: number): TensorValue {
  const size = noise.data.length / (noise.shape[0] ?? 1);
  return float32(
    noise.shape,
    Array.from(noise.data, (value, index) => offset + drift * Math.floor(index / size) + value),
  );
}
