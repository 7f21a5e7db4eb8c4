import fc from 'fast-check';
import type { Bounded } from '../../src/numerics/running-error.ts';
import { ppoSurrogate } from '../../src/verification/contracts/index.ts';
import { between, size } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agree, agreesWithOracle, hasType } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { setting } from '../bewley/cases.ts';
import { exactRow, tensorOf } from './cases.ts';
import { NOT_A_NUMBER } from './oracle/network.ts';
import { surrogate } from './oracle/surrogate.ts';

interface Case {
  readonly logRatio: TensorValue;
  readonly advantages: TensorValue;
  readonly clip: number;
}

/** Samples whose ratio has gone beyond the clip in the direction that their advantage asks for. */
function held({ logRatio, advantages, clip }: Case): readonly boolean[] {
  return Array.from(logRatio.data, (log, index) => {
    const [excess, advantage] = [Math.expm1(log), advantages.data[index] ?? 0];
    return (advantage > 0 && excess > clip) || (advantage < 0 && excess < -clip);
  });
}

/** The policy follows advantages, and no further than the clip. */
export const policyLoss = law<Case>({
  id: 'ppo/policy-loss',
  statement:
    'The policy loss is the clipped surrogate, a mean over the samples; its gradient is 0 for a sample whose ratio is beyond the clip where its advantage asks it to go, and that of ρA for any other.',
  formula:
    'L = −mean min(ρA, clip(ρ, 1 ± ε) A);  ∂L/∂log ρ = −ρA/m, or 0 where ρ > 1 + ε, A > 0 or ρ < 1 − ε, A < 0',
  guards: 'a policy that is free to leave what its samples were drawn from, until they say nothing about it',
  suspects: 'the surrogate (src/models/ppo/policy-loss.ts here): the clip, the minimum, the sign',
  oracle: 'derivation',
  bound:
    'forward error of exponentials, products and the mean; samples within their bound of the clip have either gradient',
  needs: [ppoSurrogate],
  budget: { runs: 40 },
  coverage: [
    { label: 'samples that are held', minimumShare: 0.6, shows: (sample) => held(sample).includes(true) },
    {
      label: 'samples beyond the clip that are not held',
      minimumShare: 0.6,
      shows: (sample) => {
        const isHeld = held(sample);
        return [...sample.logRatio.data].some(
          (log, index) => Math.abs(Math.expm1(log)) > sample.clip && isHeld[index] === false,
        );
      },
    },
  ],
  cases: size.chain((samples) =>
    fc.record({
      logRatio: tensorOf([samples], between(-1, 1)),
      advantages: tensorOf([samples], between(-2, 2)),
      clip: setting(0.05, 0.5),
    }),
  ),
  async judge({ logRatio, advantages, clip }, { call, arithmetic, floats }) {
    const answer = await call(ppoSurrogate, { logRatio, advantages, clip });
    const { mean, neg, mul, abs, exp, expm1, rounded } = arithmetic;
    const samples = exactRow(arithmetic, logRatio.data).map((log, index) =>
      surrogate(arithmetic, log, arithmetic.exact(advantages.data[index] ?? NaN), clip),
    );
    const loss = neg(mean(samples.map(({ value }) => value)));
    const share = arithmetic.div(arithmetic.exact(1), arithmetic.exact(samples.length));
    const gradients = samples.map(({ slope }) => neg(mul(share, slope)));
    const distances = exactRow(arithmetic, logRatio.data).map((log) => {
      const direct = expm1(log);
      // Whoever has no expm1 takes exp − 1.
      const other = arithmetic.sub(exp(log), arithmetic.exact(1));
      return abs({ value: direct.value, bound: Math.max(direct.bound, other.bound) });
    });
    const largest = distances.reduce<Bounded>(
      (most, one) => arithmetic.max(most, one),
      distances[0] ?? NOT_A_NUMBER,
    );
    const range = rounded(clip);
    const beyond = distances.filter(({ value }) => value > clip).length;
    const unsure = distances.filter(
      ({ value, bound }) => Math.abs(value - clip) <= bound + range.bound,
    ).length;
    const count = samples.length;
    return [
      agree('loss', answer.loss, loss.value, loss.bound),
      hasType('gradient', answer.gradient, floats, logRatio.shape),
      agreesWithOracle('gradient', answer.gradient, gradients),
      agree('largest |ρ − 1|', answer.deviation, largest.value, largest.bound),
      agree('clip fraction', answer.clipped, beyond / count, (unsure + 2 ** -20) / count),
    ];
  },
});
