import fc from 'fast-check';
import { IEEE_DOUBLE } from '../../src/numerics/arithmetic.ts';
import { runningError } from '../../src/numerics/running-error.ts';
import { normals, streamOf } from '../../src/numerics/stream.ts';
import { normaliserRun } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { same } from '../../src/verification/measurement.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { at, DECLARED } from './cases.ts';
import { columnsOf, momentsOf } from './oracle/recursion.ts';

const SHAPE = [7, 13, 3] as const;
const FEATURES = SHAPE[2];
const STEPS = 3;

/** A variance far from zero keeps two digits. */
export const cancellation = law({
  id: 'normaliser/cancellation',
  statement:
    'At mean 1,000 and more, the running variance of data of deviation 1 is right to 1 %, and never negative.',
  formula: 'x ~ N(M, 1), |M| = 1,000 … 4,000:  |v/var − 1| ≤ 0.01',
  guards:
    'E[x²] − mean² in single precision: nothing is left at mean 1,000, a negative variance becomes NaN or the floor, and the input explodes',
  suspects: 'how the variance of a batch is computed: it takes two passes',
  oracle: 'derivation',
  bound:
    'two passes: an error δ of the mean enters var as δ² and through the rounding of x − μ. δ ≤ (91 + 1)u·4,000 = 0.022 at most (u = 2⁻²⁴; four times that still stays within 1 %), so var is right to (0.022)² + 95u < 0.06 %; d = 0 but for 2δ, whose square times ρ(1−ρ) is less. A batch that comes again and again has one variance, however it is weighed',
  needs: [normaliserRun],
  budget: { runs: 15 },
  cases: fc.record({
    seed: seeds,
    size: fc.integer({ min: 1_000, max: 4_000 }),
    sign: fc.constantFrom(1, -1),
  }),
  async judge({ seed, size, sign }, { call }) {
    const draws = normals(streamOf(seed).split('normaliser/cancellation'), SHAPE[0] * SHAPE[1] * FEATURES);
    const batch = float32(
      SHAPE,
      draws.map((draw) => sign * size + draw),
    );
    const batches = float32([STEPS, ...SHAPE], Array.from({ length: STEPS }, () => [...batch.data]).flat());
    const { variance } = await call(normaliserRun, { settings: DECLARED, batches, from: null });
    const double = runningError(IEEE_DOUBLE);
    const expected = columnsOf(double, batch, FEATURES).map(
      (column) => momentsOf(double, column).variance.value,
    );
    return [
      same('variances', String(variance.data.length), String(STEPS * FEATURES)),
      ...Array.from(variance.data, (_, index): Measurement => {
        const right = expected[index % FEATURES] ?? Number.NaN;
        return {
          quantity: 'relative error of a running variance',
          measured: Math.abs(at(variance, index) / right - 1),
          allowed: 0.01,
          at: `batch ${Math.floor(index / FEATURES)}, feature ${index % FEATURES}`,
          expected: String(right),
          got: String(at(variance, index)),
        };
      }),
    ];
  },
});
