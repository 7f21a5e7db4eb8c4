import fc from 'fast-check';
import { trainingMemory } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { isBewley, isNk, isPpo, isSecondOrder, rules, trainers } from './cases.ts';

/** A training loop keeps as many tensors after 2k steps as after k. */
export const tensors = law({
  id: 'training/tensors',
  statement:
    'The number of living tensors, and their bytes, are the same after k and after 2k gradient steps.',
  formula: 'tensors(2k) = tensors(k), bytes(2k) = bytes(k), exactly',
  guards:
    'a tensor is kept at every step (a shock, a loss, a statistic, a state, a temporary), and a long run dies of it',
  suspects:
    'what outlives a step: lists that are pushed to, statistics that are replaced and not disposed, operations outside tidy',
  oracle: 'identity',
  bound: 'none: tensors are counted. k is past the first step, which creates the state of the optimiser',
  needs: [trainingMemory],
  budget: { runs: 15 },
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
  ],
  modelOf: ({ trained }) => trained.model,
  cases: fc.record({
    trained: trainers(
      fc
        .record({
          procedure: fc.record({
            state: fc.constantFrom('ergodic', 'simulated'),
            gradientSteps: fc.integer({ min: 1, max: 3 }),
            stateSteps: fc.integer({ min: 1, max: 3 }),
          }),
          rule: rules,
        })
        .map(({ rule, ...settings }) => ({ ...settings, ...rule })),
    ),
    // In whole iterations, so that both counts are taken at the same point of the loop.
    iterations: fc.integer({ min: 2, max: 3 }),
    seed: seeds,
  }),
  async judge({ trained, iterations, seed }, { call }) {
    const k = iterations * (trained.model === 'nk' ? trained.configuration.procedure.gradientSteps : 1);
    const answer = await call(trainingMemory, { ...trained, seed, steps: 2 * k });
    return [growth('tensors', answer.tensors, k), growth('bytes of tensors', answer.tensorBytes, k)];
  },
});

function growth(quantity: string, series: TensorValue, k: number): Measurement {
  const [early = Number.NaN, late = Number.NaN] = [series.data[k - 1], series.data[2 * k - 1]];
  return {
    quantity: `growth of ${quantity} from step ${k} to step ${2 * k}`,
    measured: Math.abs(late - early),
    allowed: 0,
    expected: String(early),
    got: String(late),
  };
}
