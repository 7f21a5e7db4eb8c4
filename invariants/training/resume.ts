import fc from 'fast-check';
import { trainingResume, trainingTrace } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { bitEqual, same } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { isBewley, isNk, isPpo, isSecondOrder, rules, trainers } from './cases.ts';

/** A run that is saved and gone on with is the run that was never stopped. */
export const resume = law({
  id: 'training/resume',
  statement:
    'A run that is saved after k gradient steps and gone on with equals, bit for bit, the run that went through.',
  formula: 'run(n) ≡ run(k) ∘ save ∘ load ∘ run(n − k)',
  guards:
    'a checkpoint without the optimiser’s moments, the live state, the statistics or the step: the loss jumps at each resume, and the run is another one',
  suspects:
    'what is saved (run-state.ts of src/models/nk, bewley and ppo here): weights, both moments, their count, damping, parameters, state, environments, statistics, step; and random streams that depend on how often they were drawn from',
  oracle: 'symmetry',
  bound: 'none: one engine repeats its own bits',
  needs: [trainingTrace, trainingResume],
  // Moments of returns that are forgotten show in a case of three of PPO: one gate in 10⁷ misses them in 40.
  budget: { runs: 15, power: 40 },
  coverage: [
    { label: 'the Bewley trainer', minimumShare: 0.15, shows: ({ trained }) => isBewley(trained) },
    { label: 'the PPO trainer', minimumShare: 0.15, shows: ({ trained }) => isPpo(trained) },
    {
      label: 'the second-order rule',
      minimumShare: 0.15,
      shows: ({ trained }) => isNk(trained, isSecondOrder),
    },
    {
      label: 'the simulated state',
      minimumShare: 0.2,
      shows: ({ trained }) => isNk(trained, ({ procedure }) => procedure.state === 'simulated'),
    },
    {
      label: 'saved in the middle of an iteration',
      minimumShare: 0.1,
      shows: ({ trained, at }) => isNk(trained, ({ procedure }) => at % procedure.gradientSteps !== 0),
    },
    {
      label: 'parameters kept over the resume',
      minimumShare: 0.06,
      shows: ({ trained, at }) =>
        isNk(
          trained,
          ({ procedure }) => Math.ceil(at / procedure.gradientSteps) % procedure.redrawEvery !== 0,
        ),
    },
  ],
  modelOf: ({ trained }) => trained.model,
  cases: fc.record({
    trained: trainers(
      fc
        .record({
          procedure: fc.record({
            state: fc.constantFrom('ergodic', 'simulated'),
            gradientSteps: fc.integer({ min: 1, max: 3 }),
            stateSteps: fc.integer({ min: 1, max: 2 }),
            redrawEvery: fc.integer({ min: 1, max: 3 }),
          }),
          expectation: fc.constantFrom(
            { rule: 'gauss-hermite', nodes: 3 },
            { rule: 'monte-carlo', draws: 4 },
          ),
          rule: rules,
        })
        .map(({ rule, ...settings }) => ({ ...settings, ...rule })),
    ),
    // Past the first steps, after which the moments hold more than one gradient.
    at: fc.integer({ min: 2, max: 5 }),
    after: fc.integer({ min: 2, max: 4 }),
    seed: seeds,
  }),
  async judge({ trained, at, after, seed }, { call }) {
    const steps = at + after;
    const run = { ...trained, seed, steps };
    const through = await call(trainingTrace, run);
    const resumed = await call(trainingResume, { ...run, at });
    const names = ['loss', 'weights', 'firstMoment', 'secondMoment'] as const;
    return [
      same('gradient steps after the resume', String(resumed.loss.shape[0]), String(after)),
      ...names.map((name) =>
        bitEqual(`${name} after the resume`, resumed[name], tail(through[name], at), (index) => {
          const width = resumed[name].data.length / after;
          return `gradient step ${at + Math.floor(index / width)}, element ${index % width}`;
        }),
      ),
    ];
  },
});

/** The rows of a trace from one on. */
function tail({ dtype, shape, data }: TensorValue, from: number): TensorValue {
  const [rows = 0, ...rest] = shape;
  return { dtype, shape: [rows - from, ...rest], data: data.slice((from * data.length) / rows) };
}
