import fc from 'fast-check';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { ppoLoss } from '../../src/verification/contracts/index.ts';
import { between, sizes } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agree, agreesWithOracle, notAnswered } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { setting } from '../bewley/cases.ts';
import { rowAt, tensorOf } from './cases.ts';
import { entropy, logProbability, logSoftmax, standardised } from './oracle/distribution.ts';
import type { Policy } from './oracle/distribution.ts';
import { NOT_A_NUMBER } from './oracle/network.ts';
import { surrogate } from './oracle/surrogate.ts';
import type { Kind, PolicyTensors } from './policies.ts';
import { actionsOf, KINDS, policyAt, policyOf } from './policies.ts';

interface Case {
  readonly kind: Kind;
  readonly policy: PolicyTensors;
  readonly actions: TensorValue;
  readonly logProbabilities: TensorValue;
  readonly advantages: TensorValue;
  /** (m, C) each. */
  readonly values: TensorValue;
  readonly targets: TensorValue;
  readonly bonus: number;
  readonly clip: number;
  readonly valueWeight: number;
  readonly rewardWeights: readonly number[];
}

const HEADS = 2;

/** The loss falls with entropy, once, and by its weight. */
export const entropyBonus = law<Case>({
  id: 'ppo/entropy-bonus',
  statement:
    'The loss is policy loss less β times entropy plus the weighted value losses: entropy lowers it, once, by exactly its weight; the gradient in logits, means and log deviations is that of the formula.',
  formula:
    'L = −mean min(ρA, clip(ρ) A) − β H + c_v Σ w_c L_c,  dL/dH = −β;  H = −Σ π log π, or Σ log σ + ½ log 2πe',
  guards:
    'a bonus that is not there, counts twice, or is a penalty: a policy that stops exploring, or never settles',
  suspects:
    'how the loss is put together (src/models/ppo/loss.ts here), the entropy (src/models/ppo/distribution.ts)',
  oracle: 'derivation',
  bound:
    'running error analysis of densities, entropy and their derivatives in the form that the chain rule gives them',
  needs: [ppoLoss],
  budget: { runs: 30 },
  coverage: [
    { label: 'discrete', minimumShare: 0.25, shows: ({ kind }) => kind === 'discrete' },
    { label: 'Gaussian', minimumShare: 0.25, shows: ({ kind }) => kind === 'continuous' },
  ],
  cases: fc.tuple(fc.constantFrom(...KINDS), sizes(2)).chain(([kind, [samples = 3, actions = 5]]) => {
    const shape = [samples, actions] as const;
    return fc.record({
      kind: fc.constant(kind),
      policy: policyOf(kind, shape),
      actions: actionsOf(kind, shape),
      logProbabilities: tensorOf([samples], between(-4, -0.5)),
      advantages: tensorOf([samples], between(-2, 2)),
      values: tensorOf([samples, HEADS], between(-2, 2)),
      targets: tensorOf([samples, HEADS], between(-2, 2)),
      bonus: setting(0.05, 1),
      clip: setting(0.1, 0.4),
      valueWeight: fc.constantFrom(0.25, 0.5, 1),
      rewardWeights: fc.constantFrom([1, 1], [0.5, 2]),
    });
  }),
  async judge(sample, { call, arithmetic }) {
    const { policy, values, targets, advantages, bonus, clip, valueWeight, rewardWeights } = sample;
    const answerAt = (weight: number) =>
      call(ppoLoss, {
        outputs: { ...policy, values },
        actions: sample.actions,
        logProbabilities: sample.logProbabilities,
        advantages,
        old: values,
        targets,
        ranges: values,
        settings: {
          clip,
          entropy: weight,
          valueWeight,
          value: { clip: 'none', loss: 'squared', huberDelta: 1 },
        },
        rewardWeights: [...rewardWeights],
      });
    const [withBonus, without] = [await answerAt(bonus), await answerAt(0)];
    const { exact, rounded, mul, mean, neg, sub, sum, scale } = arithmetic;
    const count = advantages.data.length;
    const samples = Array.from({ length: count }, (_, index) => {
      const at = policyAt(arithmetic, policy, index);
      const action = rowAt(sample.actions, index);
      const log = sub(
        logProbability(arithmetic, at, action),
        exact(sample.logProbabilities.data[index] ?? NaN),
      );
      return { at, action, ...surrogate(arithmetic, log, exact(advantages.data[index] ?? NaN), clip) };
    });
    const policyLoss = neg(mean(samples.map(({ value }) => value)));
    const bonusOf = mean(samples.map(({ at }) => entropy(arithmetic, at)));
    const heads = Array.from({ length: HEADS }, (_, head) =>
      mean(
        Array.from({ length: count }, (__, index) => {
          const at = index * HEADS + head;
          const error = sub(exact(values.data[at] ?? NaN), exact(targets.data[at] ?? NaN));
          return scale(mul(error, error), 0.5);
        }),
      ),
    );
    const ofValue = mul(
      sum(heads.map((one, head) => mul(one, exact(rewardWeights[head] ?? NaN)))),
      exact(valueWeight),
    );
    const measuredAt = (beta: number, answer: typeof withBonus, when: string): readonly Measurement[] => {
      const total = sum([policyLoss, neg(mul(rounded(beta), bonusOf)), ofValue]);
      const slopes = samples.map((one) => slopesOf(arithmetic, one, beta, count));
      const deviations = answer.gradientLogDeviation;
      return [
        agree(`loss ${when}`, answer.total, total.value, total.bound),
        agreesWithOracle(
          `gradient in the policy ${when}`,
          answer.gradientPolicy,
          slopes.flatMap(({ policy: row }) => row),
        ),
        ...(deviations === null
          ? policy.logDeviation === null
            ? []
            : [notAnswered(`gradient in log deviations ${when}`)]
          : [
              agreesWithOracle(
                `gradient in log deviations ${when}`,
                deviations,
                Array.from(deviations.data, (_, index) =>
                  sum([
                    ...slopes.map(({ logDeviation }) => logDeviation[index] ?? NOT_A_NUMBER),
                    rounded(-beta),
                  ]),
                ),
              ),
            ]),
      ];
    };
    return [
      ...measuredAt(bonus, withBonus, 'with the bonus'),
      ...measuredAt(0, without, 'without'),
      agree('entropy', withBonus.entropy, bonusOf.value, bonusOf.bound),
      agree('policy loss', withBonus.policy, policyLoss.value, policyLoss.bound),
      agreesWithOracle('value loss', withBonus.perHead, heads, (head) => `head ${head}`),
    ];
  },
});

interface Judged {
  readonly at: Policy;
  readonly action: readonly number[];
  readonly slope: Bounded;
}

/**
 * What a sample adds to the gradient: its share of −slope·∂log π, and of −β ∂H for logits. Log deviations have the whole −β
 * apart, since their entropy is the same for all samples.
 */
function slopesOf(arithmetic: RunningError, { at, action, slope }: Judged, beta: number, count: number) {
  const { exact, rounded, mul, neg, sub, add, sum, div, exp } = arithmetic;
  const share = div(exact(1), exact(count));
  const weight = neg(mul(share, slope));
  if (at.logDeviation.length > 0) {
    const z = at.policy.map((mean, index) =>
      standardised(
        arithmetic,
        sub(exact(action[index] ?? NaN), mean),
        at.logDeviation[index] ?? NOT_A_NUMBER,
      ),
    );
    return {
      policy: z.map((one, index) =>
        mul(weight, standardised(arithmetic, one, at.logDeviation[index] ?? NOT_A_NUMBER)),
      ),
      logDeviation: z.map((one) => mul(weight, sub(mul(one, one), exact(1)))),
    };
  }
  const logs = logSoftmax(arithmetic, at.policy);
  const shares = logs.map((log) => exp(log));
  // dH = −Σ (π log π + π) dlog π: the gradient in log π, and then through the softmax less its sum times π.
  const inLogs = logs.map((log, index) => {
    const pi = shares[index] ?? NOT_A_NUMBER;
    const ofEntropy = mul(mul(rounded(beta), share), add(mul(pi, log), pi));
    return add(mul(weight, exact(action[index] ?? NaN)), ofEntropy);
  });
  const all = sum(inLogs);
  return {
    policy: inLogs.map((one, index) => sub(one, mul(all, shares[index] ?? NOT_A_NUMBER))),
    logDeviation: [],
  };
}
