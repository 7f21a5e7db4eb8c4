import fc from 'fast-check';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { trainingTrace } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle, same } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { isBewley, isNk, isPpo, trainers } from './cases.ts';

/** The optimiser remembers: its moments follow their recursion over all steps of a run. */
export const optimiserMoments = law({
  id: 'training/optimiser-moments',
  statement:
    'From the first step on, the moments of Adam follow their recursion in the gradients that it was given.',
  formula: 'm_t = β₁ m_{t−1} + (1−β₁) g_t,  v_t = β₂ v_{t−1} + (1−β₂) g_t²,  m_0 = v_0 = 0',
  guards: 'an optimiser made anew to change its rate throws its moments away: convergence is slow and noisy',
  suspects:
    'where the optimiser is made (src/training/nk/progress.ts, src/training/bewley/progress.ts here): it must be outside the loop; and its recursion (src/nn/adam.ts)',
  oracle: 'derivation',
  bound: 'forward error of one recursion from the moments of the row before, which are exact inputs',
  needs: [trainingTrace],
  budget: { runs: 15 },
  coverage: [
    {
      label: 'several gradient steps an iteration',
      minimumShare: 0.2,
      shows: ({ trained }) => isNk(trained, ({ procedure }) => procedure.gradientSteps > 1),
    },
    { label: 'the Bewley trainer', minimumShare: 0.15, shows: ({ trained }) => isBewley(trained) },
    { label: 'the PPO trainer', minimumShare: 0.15, shows: ({ trained }) => isPpo(trained) },
  ],
  modelOf: ({ trained }) => trained.model,
  cases: fc.record({
    trained: trainers(fc.record({ procedure: fc.record({ gradientSteps: fc.integer({ min: 1, max: 3 }) }) })),
    steps: fc.integer({ min: 4, max: 7 }),
    seed: seeds,
  }),
  async judge({ trained, steps, seed }, { call, arithmetic }) {
    const { gradient, firstMoment, secondMoment, adamW } = await call(trainingTrace, {
      ...trained,
      seed,
      steps,
    });
    const { beta1 = Number.NaN, beta2 = Number.NaN } = adamW ?? {};
    const width = gradient.data.length / steps;
    const nameOf = (index: number): string =>
      `gradient step ${Math.floor(index / width)}, weight ${index % width}`;
    const moves = gradient.data.some((value) => value !== 0) ? 'yes' : 'no';
    return [
      same('some gradient is not zero', moves, 'yes'),
      agreesWithOracle(
        'first moment',
        firstMoment,
        recursion(arithmetic, firstMoment, gradient, width, beta1, false),
        nameOf,
      ),
      agreesWithOracle(
        'second moment',
        secondMoment,
        recursion(arithmetic, secondMoment, gradient, width, beta2, true),
        nameOf,
      ),
    ];
  },
});

/** The moments that each row must have, given the moments of the row before. */
function recursion(
  arithmetic: RunningError,
  moments: TensorValue,
  gradient: TensorValue,
  width: number,
  decay: number,
  squared: boolean,
): readonly Bounded[] {
  const [keep, take] = [arithmetic.rounded(decay), arithmetic.rounded(1 - decay)];
  return Array.from(gradient.data, (value, index) => {
    const before = arithmetic.exact(index < width ? 0 : (moments.data[index - width] ?? Number.NaN));
    const slope = arithmetic.exact(value);
    const news = squared ? arithmetic.mul(slope, slope) : slope;
    return arithmetic.sum([arithmetic.mul(keep, before), arithmetic.mul(take, news)]);
  });
}
