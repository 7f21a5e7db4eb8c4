import fc from 'fast-check';
import { normaliserRun } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agree } from '../../src/verification/measurement.ts';
import { float32, sizeOf } from '../../src/verification/tensor-value.ts';
import { at, batchShapes, DECLARED, rowOfTensor, statisticsShapeOf, tensorOf } from './cases.ts';
import { columnsOf, momentsOf } from './oracle/recursion.ts';

/** After 5 time constants an exponential average has forgotten all but e⁻⁵ of what was before. */
const TIME_CONSTANTS = 5;

const cases = batchShapes.chain((shape) =>
  fc.record({
    settings: fc.record({
      scope: fc.constantFrom('global' as const, 'per-agent' as const),
      momentum: fc.constantFrom(0.8, 0.9),
    }),
    // As many batches as the average forgets, or more: whoever counts them all then weighs each by 1/count.
    before: fc.integer({ min: 10, max: 40 }),
    shift: fc.tuple(between(2, 50), fc.constantFrom(1, -1)).map(([size, sign]) => size * sign),
    batch: tensorOf(shape, between(-1, 1)),
  }),
);

/** Statistics follow data that shifts, however long they have been running. */
export const adapts = law({
  id: 'normaliser/adapts',
  statement:
    'After a shift of the data the running mean is within 1 % of the shift, and the deviation again that of the data, in 5 time constants, however many batches came before.',
  formula: 'n = 5/(1−ρ) updates after a shift Δ:  |m − μ| ≤ e⁻⁵|Δ|,  |v − σ²| ≤ e⁻⁵ Δ²',
  guards:
    'counts accumulate and the weight of a batch goes to 0 (1e-4 after 10,000): wealth grows, its normalised value with it, and the network is fed what it never saw',
  suspects: 'the weight of a batch: 1/count, or a momentum that grows with the count',
  oracle: 'derivation',
  bound:
    'ρⁿ ≤ exp(−n(1−ρ)) = e⁻⁵ for the mean; in the weighted variance the past has weight ρⁿ and distance Δ from the present; and rounding: an update adds at most (n_b + 4)u of the largest number, or of its square, and the recursion sums them geometrically to that over 1−ρ',
  needs: [normaliserRun],
  budget: { runs: 8 },
  cases,
  async judge({ settings, before, shift, batch }, { call, arithmetic }) {
    const chosen = { ...DECLARED, ...settings };
    const after = Math.ceil(TIME_CONSTANTS / (1 - chosen.momentum));
    const [samples = 0, agents = 0, features = 0] = batch.shape;
    const shape = [samples, agents, features] as const;
    const steps = before + after;
    // One batch over and over, so that between two shifts nothing moves.
    const rows = Array.from({ length: steps }, (_, step) =>
      Array.from(batch.data, (value) => Math.fround(value + (step < before ? 0 : shift))),
    );
    const batches = float32([steps, ...shape], rows.flat());
    const trace = await call(normaliserRun, { settings: chosen, batches, from: null });
    const statistics = sizeOf(statisticsShapeOf(shape, chosen.scope));
    const last = columnsOf(arithmetic, rowOfTensor(batches, steps - 1), statistics).map((column) =>
      momentsOf(arithmetic, column),
    );
    const forgotten = Math.exp(-TIME_CONSTANTS);
    const largest = Math.abs(shift) + 1;
    const unit = arithmetic.mul(arithmetic.exact(1), arithmetic.exact(1)).bound;
    const perBatch = batch.data.length / statistics;
    const rounding = ((perBatch + 4) * unit) / (1 - chosen.momentum);
    return last.flatMap(({ mean, variance }, column) => [
      agree(
        'running mean after a shift',
        at(rowOfTensor(trace.mean, steps - 1), column),
        mean.value,
        forgotten * Math.abs(shift) + rounding * largest,
        `statistic ${column}`,
      ),
      agree(
        'running variance after a shift',
        at(rowOfTensor(trace.variance, steps - 1), column),
        variance.value,
        forgotten * shift ** 2 + 2 * rounding * largest ** 2,
        `statistic ${column}`,
      ),
    ]);
  },
});
