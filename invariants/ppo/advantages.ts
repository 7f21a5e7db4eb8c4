import fc from 'fast-check';
import type { Bounded } from '../../src/numerics/running-error.ts';
import { ppoAdvantages } from '../../src/verification/contracts/index.ts';
import { law } from '../../src/verification/law.ts';
import { agree, agreesWithOracle, worstOf } from '../../src/verification/measurement.ts';
import { reals } from '../../src/verification/tensor-value.ts';
import { setting } from '../bewley/cases.ts';
import type { RecordedRollout } from './cases.ts';
import { exactRow, rolloutOf, rolloutShape, someOf, stepName } from './cases.ts';
import { explicitSums } from './oracle/advantages.ts';
import { NOT_A_NUMBER } from './oracle/network.ts';

interface Case {
  readonly rollout: RecordedRollout;
  readonly discount: number;
  readonly lambda: number;
  /** Of components, for linearity. */
  readonly weights: readonly number[];
}

/** Advantages are discounted sums of one-step errors, each within its own episode. */
export const advantages = law<Case>({
  id: 'ppo/advantages',
  statement:
    'Advantages are the sum of discounted one-step errors up to the first end of the episode, for each component by itself; V of the last state counts where time ran out and not where the task ended; with λ = 1 returns are those of Monte Carlo; all is linear in rewards and values.',
  formula:
    'A_t = Σ_k (γλ)^k δ_(t+k) up to the first end,  δ = r + γ (1 − terminated) V′ − V,  R = A + V;  Σ w A(r, V) = A(Σ w r, Σ w V)',
  guards:
    'advantages that reach into the next episode, are a step late, or discount by the wrong factor: the agent learns from what others did',
  suspects: 'the recursion (src/models/ppo/advantages.ts here): flags, their step, and the decay',
  oracle: 'derivation',
  bound: 'forward error of the explicit sums in any order, each power as products',
  needs: [ppoAdvantages],
  budget: { runs: 40 },
  coverage: [
    {
      label: 'an end of both kinds',
      minimumShare: 0.5,
      shows: ({ rollout }) => someOf(rollout.terminated) && someOf(rollout.truncated),
    },
    { label: 'Monte Carlo', minimumShare: 0.1, shows: ({ lambda }) => lambda === 1 },
    { label: 'one step', minimumShare: 0.1, shows: ({ lambda }) => lambda === 0 },
    {
      label: 'both factors within (0, 1)',
      minimumShare: 0.2,
      shows: ({ discount, lambda }) => discount < 1 && lambda > 0 && lambda < 1,
    },
  ],
  cases: rolloutShape.chain((shape) =>
    fc.record({
      rollout: rolloutOf(shape),
      discount: fc.oneof(
        { weight: 3, arbitrary: setting(0.5, 0.999) },
        { weight: 1, arbitrary: fc.constant(1) },
      ),
      lambda: fc.oneof(
        { weight: 2, arbitrary: setting(0.3, 0.99) },
        { weight: 1, arbitrary: fc.constantFrom(0, 1) },
      ),
      weights: fc.array(fc.constantFrom(-1, 0.5, 2), { minLength: shape[2], maxLength: shape[2] }),
    }),
  ),
  async judge({ rollout, discount, lambda, weights }, { call, arithmetic, floats }) {
    const { rewards, values, nextValues, terminated, truncated } = rollout;
    const [steps = 0, environments = 0, components = 0] = rewards.shape;
    const settings = { discount, lambda };
    const answer = await call(ppoAdvantages, { ...rollout, ...settings });
    const flags = { terminated, truncated };
    const bounded = {
      ...flags,
      shape: [steps, environments, components] as const,
      rewards: exactRow(arithmetic, rewards.data),
      values: exactRow(arithmetic, values.data),
      nextValues: exactRow(arithmetic, nextValues.data),
    };
    const oracle = explicitSums(arithmetic, bounded, settings);
    const { add, mul, exact, sum } = arithmetic;

    // The weighted sum of the components, as one component of its own.
    const together = (numbers: readonly Bounded[]): readonly Bounded[] =>
      Array.from({ length: steps * environments }, (_, row) =>
        sum(
          weights.map((w, component) => mul(exact(w), numbers[row * components + component] ?? NOT_A_NUMBER)),
        ),
      );
    const one = {
      ...flags,
      shape: [steps, environments, 1] as const,
      rewards: together(bounded.rewards),
      values: together(bounded.values),
      nextValues: together(bounded.nextValues),
    };
    const given = (numbers: readonly Bounded[]) =>
      reals(
        floats,
        one.shape,
        numbers.map(({ value }) => value),
      );
    const joined = await call(ppoAdvantages, {
      rewards: given(one.rewards),
      values: given(one.values),
      nextValues: given(one.nextValues),
      ...flags,
      ...settings,
    });
    const ofSums = explicitSums(arithmetic, one, settings).advantages;
    const ofParts = together(oracle.advantages);
    const linear = ofSums.map((expected, row) => {
      const parts = weights.reduce(
        (total, w, component) => total + w * (answer.advantages.data[row * components + component] ?? NaN),
        0,
      );
      const allowed = expected.bound + (ofParts[row]?.bound ?? NaN);
      return agree(
        'advantage of a weighted sum of components',
        joined.advantages.data[row] ?? NaN,
        parts,
        allowed,
      );
    });

    const returns = oracle.advantages.map((advantage, at) =>
      add(advantage, bounded.values[at] ?? NOT_A_NUMBER),
    );
    const name = stepName(rewards);
    return [
      agreesWithOracle('advantage', answer.advantages, oracle.advantages, name),
      agreesWithOracle('return', answer.returns, returns, name),
      ...(lambda === 1
        ? [agreesWithOracle('Monte-Carlo return', answer.returns, monteCarloReturns(oracle, returns), name)]
        : []),
      worstOf(linear) ?? { quantity: 'linearity', measured: NaN, allowed: 0 },
    ];
  },
});

/** The bound is that of A + V, which is how returns are had. */
function monteCarloReturns(
  { monteCarlo }: ReturnType<typeof explicitSums>,
  returns: readonly Bounded[],
): readonly Bounded[] {
  return monteCarlo.map(({ value, bound }, at) => ({ value, bound: bound + (returns[at]?.bound ?? NaN) }));
}
