import fc from 'fast-check';
import { normaliserRun, normaliserTransform } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agree, same } from '../../src/verification/measurement.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { at, DECLARED, rowOfTensor } from './cases.ts';

const FEATURES = 2;
const MOMENTUM = 0.9;
/** An even number, 6 time constants: the first batch still weighs ρ⁶⁰ = 0.2 %. */
const STEPS = 60;

const ALLOWED = 0.1;

/** Batches that differ from one another are pooled. */
export const pooledDeviation = law({
  id: 'normaliser/pooled-deviation',
  statement:
    'Where the means of batches move, the output of all batches pooled has deviation 1 ± 0.1: movement between batches is variance.',
  formula: 'batches m ± δ in turn, each of deviation σ:  √(δ² + σ²)/√(v + ε) = 1 ± 0.1',
  guards:
    'variance within batches alone: aggregates that are equal for all agents of a world, or states that move slowly, are divided by next to nothing',
  suspects: 'the term d² of the variance (src/nn/normaliser-statistics.ts here)',
  oracle: 'derivation',
  bound:
    'the running mean lags by δ(1−ρ)/(1+ρ) = δ/19, which v lacks squared: 0.3 % of δ²; the first batch adds at most its weight ρ⁶⁰ = 0.2 %; ε is below 1e-4 of δ² + σ² ≥ 1. Together below 0.4 % of the deviation; the rest of the 10 % is for other weights',
  needs: [normaliserRun, normaliserTransform],
  budget: { runs: 8 },
  cases: fc.record({ level: between(-8, 8), movement: between(1, 6), within: fc.constantFrom(0, 0.1, 1) }),
  async judge({ level, movement, within }, { call }) {
    const settings = { ...DECLARED, momentum: MOMENTUM };
    const batchOf = (side: number): readonly number[] =>
      [-1, 1, 1, -1, 1, -1].flatMap((sign) =>
        Array.from({ length: FEATURES }, () => level + side * movement + sign * within),
      );
    const rows = Array.from({ length: STEPS }, (_, step) => batchOf(step % 2 === 0 ? 1 : -1));
    const batches = float32([STEPS, 3, 2, FEATURES], rows.flat());
    const trace = await call(normaliserRun, { settings, batches, from: null });
    const statistics = {
      count: STEPS,
      mean: rowOfTensor(trace.mean, STEPS - 1),
      variance: rowOfTensor(trace.variance, STEPS - 1),
    };
    const pooled = Math.sqrt(movement ** 2 + within ** 2);
    const probe = float32(
      [2, 1, FEATURES],
      [-1, 1].flatMap((side) => Array.from({ length: FEATURES }, () => level + side * pooled)),
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
          'pooled output deviation',
          (at(normalised, FEATURES + feature) - at(normalised, feature)) / 2,
          1,
          ALLOWED,
          `feature ${feature}`,
        ),
      ),
    ];
  },
});
