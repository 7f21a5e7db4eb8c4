import fc from 'fast-check';
import { trainingLearningRate } from '../../src/verification/contracts/index.ts';
import { law } from '../../src/verification/law.ts';
import { agree, same } from '../../src/verification/measurement.ts';

/** Roundings of the closed form below in any arrangement, the cosine counted twice. */
const ROUNDINGS = 8;

/** Cosine annealing begins at the initial rate and ends at the final one, at the last step. */
export const learningRate = law({
  id: 'training/learning-rate',
  statement:
    'Cosine annealing is at the initial rate at step 0, half-way at T/2, at the final rate at T, and on the cosine between.',
  formula: 'η_t = η_T + (η_0 − η_T)(1 + cos(πt/T))/2',
  guards:
    'a schedule that ends before or after the last step: weights still move at the end, or stand still before it',
  suspects: 'the schedule (src/nn/schedules.ts here): T, T − 1 and T + 1, and where steps are counted from',
  oracle: 'derivation',
  bound: 'eight roundings of double precision on the initial rate',
  needs: [trainingLearningRate],
  coverage: [{ label: 'even number of steps', minimumShare: 0.3, shows: ({ total }) => total % 2 === 0 }],
  cases: fc.integer({ min: 2, max: 60_000 }).chain((total) =>
    fc.record({
      total: fc.constant(total),
      initial: fc.double({ min: 1e-5, max: 1, noNaN: true }),
      share: fc.constantFrom(1e-7, 1e-3, 0.5),
      between: fc.array(fc.integer({ min: 1, max: total - 1 }), { minLength: 2, maxLength: 5 }),
    }),
  ),
  async judge({ total, initial, share, between }, { call }) {
    const final = initial * share;
    const steps = [0, Math.floor(total / 2), total, ...between];
    const { rates } = await call(trainingLearningRate, { initial, final, total, steps });
    const allowed = ROUNDINGS * 2 ** -53 * initial;
    return [
      same('number of rates', String(rates.length), String(steps.length)),
      ...steps.map((step, index) => {
        // cos²(x/2) instead of (1 + cos x)/2: another way to the same number.
        const expected = final + (initial - final) * Math.cos((Math.PI * step) / (2 * total)) ** 2;
        return agree(`rate at step ${step} of ${total}`, rates[index] ?? Number.NaN, expected, allowed);
      }),
    ];
  },
});
