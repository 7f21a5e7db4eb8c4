import fc from 'fast-check';
import { TRAINING_FAILURES, trainingFailure } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { same } from '../../src/verification/measurement.ts';
import { isBewley, isPpo, trainers } from './cases.ts';

type Case = typeof cases extends fc.Arbitrary<infer Sample> ? Sample : never;

const cases = fc.record({
  failure: fc.constantFrom(...TRAINING_FAILURES),
  failAt: fc.integer({ min: 0, max: 4 }),
  trained: trainers(fc.record({ procedure: fc.record({ gradientSteps: fc.integer({ min: 1, max: 3 }) }) })),
  seed: seeds,
});

/** What goes wrong in a gradient step ends the run. */
export const failure = law({
  id: 'training/failure',
  statement:
    'A gradient step that throws, or whose loss is not finite, ends the run with an error that names the step; it is not logged, and no step after it is.',
  formula: 'step k fails ⇒ the run throws, and logs steps 0 … k − 1 alone',
  guards:
    'a loop that catches and goes on: the same batch again, or weights that are not numbers, under a metric that stands still',
  suspects:
    'try and catch around the step (src/training/loop.ts here), and what becomes of a loss that is not finite: no default in its place',
  oracle: 'identity',
  bound: 'none: steps are counted',
  needs: [trainingFailure],
  budget: { runs: 20 },
  coverage: [
    { label: 'the Bewley trainer', minimumShare: 0.15, shows: ({ trained }) => isBewley(trained) },
    { label: 'the PPO trainer', minimumShare: 0.15, shows: ({ trained }) => isPpo(trained) },
    ...TRAINING_FAILURES.map((kind) => ({
      label: kind,
      minimumShare: 0.15,
      shows: (sample: Case) => sample.failure === kind,
    })),
  ],
  modelOf: ({ trained }) => trained.model,
  cases,
  async judge({ failure: kind, failAt, trained, seed }, { call }) {
    const { surfaced, message, logged } = await call(trainingFailure, {
      ...trained,
      seed,
      steps: failAt + 3,
      failAt,
      failure: kind,
    });
    const named = new RegExp(`step ${failAt}\\b`).test(message);
    return [
      same(
        'the run',
        surfaced ? 'ends with an error' : 'goes on',
        'ends with an error',
        `${kind} in step ${failAt}`,
      ),
      same('the error names the step', named ? 'yes' : message.slice(0, 100), 'yes'),
      same('steps that were logged', String(logged), String(failAt)),
    ];
  },
});
