import fc from 'fast-check';
import { normals, streamOf } from '../../src/numerics/stream.ts';
import { normaliserRun, normaliserTransform } from '../../src/verification/contracts/index.ts';
import { between, seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agree, same } from '../../src/verification/measurement.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { at, DECLARED, rowOfTensor } from './cases.ts';

/** Samples, agents and features of a batch: 99 numbers enter each statistic. */
const SHAPE = [9, 11, 2] as const;
const FEATURES = SHAPE[2];
const PER_BATCH = SHAPE[0] * SHAPE[1];
const MOMENTUM = 0.95;
/** Five time constants of 20 batches; a count that is capped at one of them has been at its cap for four. */
const STEPS = 100;

/** What the output deviation may be off by. */
const ALLOWED = 0.1;

/** On stationary input the output has deviation 1. */
export const stationary = law({
  id: 'normaliser/stationary',
  statement:
    'After many batches of one distribution, what is one deviation from its mean comes out 1 ± 0.1 apart.',
  formula: '(z(μ + σ) − z(μ − σ))/2 = σ/√(v + ε) = 1 ± 0.1 after 100 batches of 99 draws',
  guards:
    'a capped count over a sum of squares: deviations of 2.0, 0.56 or 0.14, and initial weights that are wrong by as much',
  suspects: 'the variance: what it is a sum of, what it is divided by, and whether both forget alike',
  oracle: 'statistic',
  bound:
    'v/σ² = Σ aᵢZᵢ² − (m−μ)²/σ², a weighted mean of squares whose weights ρᵏ(1−ρ)/99 have |a|₂ = 0.0161 and |a|∞ = 0.00051. By Laurent and Massart (2000, Lemma 1) at x = 20 (2e-9 an end) the sum is in 0.856 … 1.164, and (m−μ)²/σ² ≤ (6.1·0.0161)² = 0.0096 but for 1e-9, ε/σ² ≤ 0.0016: the output deviation is in 0.926 … 1.087. Whoever weighs all batches alike is nearer',
  needs: [normaliserRun, normaliserTransform],
  budget: { runs: 6, power: 3 },
  cases: fc.record({ seed: seeds, mean: between(-8, 8), deviation: between(0.25, 4) }),
  async judge({ seed, mean, deviation }, { call }) {
    const settings = { ...DECLARED, momentum: MOMENTUM };
    const draws = normals(streamOf(seed).split('normaliser/stationary'), STEPS * PER_BATCH * FEATURES);
    const batches = float32(
      [STEPS, ...SHAPE],
      draws.map((draw) => mean + deviation * draw),
    );
    const trace = await call(normaliserRun, { settings, batches, from: null });
    const statistics = {
      count: STEPS,
      mean: rowOfTensor(trace.mean, STEPS - 1),
      variance: rowOfTensor(trace.variance, STEPS - 1),
    };
    // Two samples, one deviation below and above: what is measured has no sampling error of its own.
    const probe = float32(
      [2, 1, FEATURES],
      [-1, 1].flatMap((side) => Array.from({ length: FEATURES }, () => mean + side * deviation)),
    );
    const { normalised } = await call(normaliserTransform, {
      settings,
      statistics,
      batch: probe,
      update: false,
    });
    return [
      same('elements of the output', String(normalised.data.length), String(2 * FEATURES)),
      ...Array.from({ length: FEATURES }, (_, feature) =>
        agree(
          'output deviation',
          (at(normalised, FEATURES + feature) - at(normalised, feature)) / 2,
          1,
          ALLOWED,
          `feature ${feature}`,
        ),
      ),
    ];
  },
});
