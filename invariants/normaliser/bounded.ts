import fc from 'fast-check';
import { normaliserRun, normaliserTransform } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { same, worstOf } from '../../src/verification/measurement.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { at, batchShapes, rowOfTensor, settings, tensorOf } from './cases.ts';

const STEPS = 2;

const cases = batchShapes.chain((shape) =>
  fc.record({
    settings,
    level: between(-8, 8),
    jitter: fc.constantFrom(0, 1e-6, 1e-5),
    noise: tensorOf([STEPS, ...shape], between(-1, 1)),
    moves: tensorOf(shape, between(-0.25, 0.25)),
  }),
);

/** A feature that hardly varied does not blow up when it moves at last. */
export const bounded = law({
  id: 'normaliser/bounded',
  statement:
    'After input that is constant, or nearly, a value that moves away comes out no larger than its distance over the least deviation, and never beyond the clip.',
  formula: '|z| ≤ min(c, |x − m|/max(√ε, floor))',
  guards:
    'a feature without variance (ability of a complete market, the star flag) reaches the network at ±30 to ±100 when it first moves',
  suspects:
    'ε and the floor on the deviation: 1e-6 or none where 1e-4 and 0.01 are declared; a clip that is missing or comes before the division',
  oracle: 'derivation',
  bound:
    'forward error of root and quotient at the least deviation; x − m from the mean that the subject holds',
  needs: [normaliserRun, normaliserTransform],
  // An ε that is too small shows in two cases of five.
  budget: { runs: 40, power: 50 },
  coverage: [
    {
      label: 'a floor above √ε',
      minimumShare: 0.2,
      shows: ({ settings: { epsilon, floor } }) => floor ** 2 > 2 * epsilon,
    },
    {
      label: 'a floor below √ε',
      minimumShare: 0.2,
      shows: ({ settings: { epsilon, floor } }) => 2 * floor ** 2 < epsilon,
    },
  ],
  cases,
  async judge({ settings: chosen, level, jitter, noise, moves }, { call, arithmetic }) {
    const batches = float32(
      noise.shape,
      Array.from(noise.data, (value) => level + jitter * value),
    );
    const trace = await call(normaliserRun, { settings: chosen, batches, from: null });
    const statistics = {
      count: STEPS,
      mean: rowOfTensor(trace.mean, STEPS - 1),
      variance: rowOfTensor(trace.variance, STEPS - 1),
    };
    const batch = float32(
      moves.shape,
      Array.from(moves.data, (value) => level + value),
    );
    const { normalised } = await call(normaliserTransform, {
      settings: chosen,
      statistics,
      batch,
      update: false,
    });
    const { exact, rounded, sub, div, sqrt, max, min, abs } = arithmetic;
    const least = max(sqrt(rounded(chosen.epsilon)), rounded(chosen.floor));
    const columns = statistics.mean.data.length;
    const elements = Array.from(batch.data, (value, index): Measurement => {
      const distance = abs(sub(exact(value), exact(at(statistics.mean, index % columns))));
      const largest = min(div(distance, least), rounded(chosen.clip));
      return {
        quantity: 'size of a normalised value',
        measured: Math.abs(at(normalised, index)),
        allowed: largest.value + largest.bound,
        at: `element ${index}`,
      };
    });
    const worst = worstOf(elements);
    const count = same('normalised values', String(normalised.data.length), String(batch.data.length));
    return worst === undefined ? [count] : [count, worst];
  },
});
