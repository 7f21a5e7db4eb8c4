import fc from 'fast-check';
import { ppoExperience } from '../../src/verification/contracts/index.ts';
import { law } from '../../src/verification/law.ts';
import { agree, worstOf } from '../../src/verification/measurement.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { setting } from '../bewley/cases.ts';
import type { RecordedRollout } from './cases.ts';
import { asAdvantages, exactRow, ragged, rolloutOf, rolloutShape, someOf, stepName } from './cases.ts';
import { scaledRewards } from './oracle/moments.ts';
import { NOT_A_NUMBER } from './oracle/network.ts';

interface Case {
  readonly rollout: RecordedRollout;
  readonly weights: readonly number[];
  readonly discount: number;
  readonly clip: number;
}

/** Rewards are learnt from in units of the discounted return. */
export const rewardScale = law<Case>({
  id: 'ppo/reward-scale',
  statement:
    'With running normalisation each component of the reward is divided by the running deviation of the discounted return of all together, and held within the clip; nothing is subtracted, so that its sign and its zero stay.',
  formula: 'r̃_c = clip(r_c/√(Var G + 1e-8), ±clip),  G ← γ G (1 − done) + Σ w r',
  guards: 'rewards that are centred, so that living is as good as dying, or that are not scaled at all',
  suspects: 'the scale of rewards (src/models/ppo/reward-scaling.ts here)',
  oracle: 'derivation',
  bound:
    'forward error of discounted sums, of a variance in two passes, and of the quotient; the first steps, whose few returns differ by rounding, may have none',
  needs: [ppoExperience],
  budget: { runs: 30 },
  coverage: [
    {
      label: 'episodes that end',
      minimumShare: 0.6,
      shows: ({ rollout }) => someOf(rollout.terminated) || someOf(rollout.truncated),
    },
    {
      label: 'rewards of a thousand',
      minimumShare: 0.1,
      shows: ({ rollout }) => Math.max(...rollout.rewards.data) > 50,
    },
  ],
  cases: rolloutShape.chain((shape) =>
    fc.record({
      rollout: fc.constantFrom(0.01, 1, 1_000).chain((unit) =>
        rolloutOf(
          shape,
          ragged(-1, 2).map((x) => Math.fround(unit * x)),
        ),
      ),
      weights: fc.constant([1, 0.5, 2].slice(0, shape[2])),
      discount: setting(0.5, 0.99),
      clip: fc.constantFrom(1, 10),
    }),
  ),
  async judge({ rollout, weights, discount, clip }, { call, arithmetic }) {
    const zeros = float32(rollout.rewards.shape, new Float32Array(rollout.rewards.data.length));
    const { updates } = await call(ppoExperience, {
      ...asAdvantages,
      discount,
      returns: { normalisation: 'running', clip, decay: 0.9 },
      rewardWeights: [...weights],
      // Without values, and one step at a time, returns are the rewards that are learnt from.
      rollouts: [{ ...rollout, values: zeros, nextValues: zeros }],
    });
    const [, environments = 1, components = 1] = rollout.rewards.shape;
    const ended = Array.from(
      rollout.terminated.data,
      (flag, row) => flag === 1 || rollout.truncated.data[row] === 1,
    );
    const oracle = scaledRewards(arithmetic, exactRow(arithmetic, rollout.rewards.data), ended, {
      weights,
      environments,
      discount,
      clip,
    });
    const name = stepName(rollout.rewards);
    const { returns } = updates[0] ?? { returns: float32([components], new Float32Array(components)) };
    const judged = oracle.map((expected, at) => {
      const got = returns.data[at] ?? NaN;
      const { value, bound } = expected.bound < Infinity ? expected : NOT_A_NUMBER;
      // Where nothing can be promised of the quotient, its sign and the clip still can.
      if (Number.isNaN(bound)) {
        const beyond = Math.max(0, Math.abs(got) - clip) + Math.max(0, -Math.sign(expected.value) * got);
        return {
          quantity: 'reward beyond its clip, or of the other sign',
          measured: beyond,
          allowed: 0,
          at: name(at),
        };
      }
      return agree('reward that is learnt from', got, value, bound, name(at));
    });
    return [worstOf(judged) ?? { quantity: 'rewards', measured: NaN, allowed: 0 }];
  },
});
