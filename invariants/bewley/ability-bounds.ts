import fc from 'fast-check';
import { normalDistribution } from '../../src/numerics/normal-distribution.ts';
import { binomialDivergence, largestDivergence, largestMean } from '../../src/numerics/goodness-of-fit.ts';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { bewleyAbilityPath, bewleyAbilityStep } from '../../src/verification/contracts/index.ts';
import { between, exactly, seeds, size } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agree, same } from '../../src/verification/measurement.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import type { Process } from './ability-cases.ts';
import { deviationOf, NO_STARS, normalProcess, periodOf, shockBetween } from './ability-cases.ts';
import { FALSE_ALARM } from './ability-statistics.ts';

/** A truncated step is the free step of the same luck, put back on the bounds around the median. */
export const abilityBounds = law({
  id: 'bewley/ability-bounds',
  statement:
    'With one seed, the truncated step leads where the free one does, or to the bound that it went beyond; the bounds are centred on the median in logs.',
  formula: 'e′(k) = min(max(e′, ē·exp(−k s)), ē·exp(k s))',
  guards: 'bounds around another centre: 22 % of the agents sat at the maximum',
  suspects: 'the bounds, and where they are applied (src/models/bewley/ability-process.ts here)',
  oracle: 'derivation',
  bound: 'forward error of the free step twice, and of ē·exp(±k s)',
  needs: [bewleyAbilityStep],
  coverage: [{ label: 'tight bounds (k < 1)', minimumShare: 0.3, shows: ({ truncation }) => truncation < 1 }],
  cases: size.chain((count) =>
    fc.record({
      process: normalProcess,
      truncation: fc.oneof(between(0.1, 1), between(1, 2.5)),
      // Where agents are, in reaches of the bounds.
      places: exactly(count, between(-1, 1)),
      seed: seeds,
    }),
  ),
  async judge({ process, truncation, places, seed }, { call, arithmetic }) {
    const { lowest, highest } = boundsOf(arithmetic, process, truncation);
    const reach = Math.log(highest.value / process.median);
    const count = places.length;
    const ability = float32(
      [count],
      places.map((place) => process.median * Math.exp(place * reach)),
    );
    const star = { dtype: 'bool' as const, shape: [count], data: new Uint8Array(count) };
    const step = (of: Process) =>
      call(bewleyAbilityStep, { process: of, complete: false, ability, star, seed });
    const [free, held] = [await step(process), await step({ ...process, truncation })];
    return (['a', 'b'] as const).flatMap((branch) =>
      places.map((_, agent): Measurement => {
        const [was, went, got] = [ability, free[branch].ability, held[branch].ability].map(
          ({ data }) => data[agent] ?? Number.NaN,
        );
        if (was === undefined || went === undefined || got === undefined)
          return same('agents', 'none', 'some');
        const slack = went * process.sigma * shockBetween(arithmetic, process, was, went).bound;
        const expected = Math.min(Math.max(went, lowest.value), highest.value);
        const allowed = 2 * slack + (went > process.median ? highest : lowest).bound;
        return agree(
          `truncated ability in branch ${branch.toUpperCase()}`,
          got,
          expected,
          allowed,
          `agent ${agent}`,
        );
      }),
    );
  },
});

const AGENTS = 501;
const STEPS = 40;
const TRUNCATION = 2;

/** In the long run few agents are on a bound, and ability stays where its median is. */
export const abilityLongRun = law({
  id: 'bewley/ability-long-run',
  statement:
    'Ability truncated at two stationary deviations, from its stationary start and after 40 periods: at most 4.6 % of agents are on a bound, and mean log ability is log ē.',
  formula: 'P(|log(e/ē)| = 2s) ≤ 2Φ(−2) = 0.0455 < 5 %,  E[log(e/ē)] = 0',
  guards: 'bounds that hold a large part of the agents: mean ability is not the declared one',
  suspects: 'the centre of the bounds, and the start of a truncated process (src/models/bewley here)',
  oracle: 'statistic',
  bound:
    'a truncated path stays closer to ē than a free one of the same law, so that a step ends on a bound with probability ≤ 2Φ(−2); Chernoff’s bound on the count, Hoeffding’s on the mean, 1e-9 each; the power against a share of 22 % is above 0.999',
  needs: [bewleyAbilityPath],
  budget: { runs: 6, power: 3 },
  cases: fc.record({
    rho: between(0.5, 0.95),
    deviation: between(0.2, 0.6),
    median: fc.oneof(between(0.1, 0.3), between(3, 8)),
    seed: seeds,
  }),
  async judge({ rho, deviation, median, seed }, { call }) {
    const sigma = deviation * Math.sqrt((1 - rho) * (1 + rho));
    const process = { rho, sigma, median, truncation: TRUNCATION, star: NO_STARS };
    const { committed } = await call(bewleyAbilityPath, {
      process,
      complete: false,
      initial: { rule: 'stationary' },
      count: AGENTS,
      steps: STEPS,
      seed,
    });
    return [0, STEPS].flatMap((period) => {
      const levels = Array.from(periodOf(committed, period).ability.data);
      const deviations = levels.map((level) => deviationOf(process, level));
      // An agent is on a bound when many are exactly there; rounding moves them by less than 1e-5 deviations.
      const onBound = deviations.filter((value) => !(Math.abs(value) < TRUNCATION - 1e-5)).length;
      const mean = deviations.reduce((sum, value) => sum + value, 0) / AGENTS;
      const share = 2 * normalDistribution(-TRUNCATION);
      return [
        {
          quantity: `agents on a bound, period ${period}`,
          measured: onBound <= share * AGENTS ? 0 : binomialDivergence(onBound, AGENTS, share),
          allowed: largestDivergence(FALSE_ALARM),
          got: `${onBound} of ${AGENTS}`,
          expected: `a share of at most ${share.toFixed(4)}`,
        },
        {
          quantity: `mean log ability over its median, in deviations, period ${period}`,
          measured: Math.abs(mean),
          allowed: largestMean(TRUNCATION, AGENTS, FALSE_ALARM),
          got: mean.toFixed(3),
          expected: '0',
        },
      ];
    });
  },
});

function boundsOf(
  { exact, rounded, sub, add, mul, div, exp, sqrt, neg }: RunningError,
  { rho, sigma, median }: Process,
  truncation: number,
): { readonly lowest: Bounded; readonly highest: Bounded } {
  const left = sqrt(mul(sub(exact(1), rounded(rho)), add(exact(1), rounded(rho))));
  const reach = mul(rounded(truncation), div(rounded(sigma), left));
  return {
    lowest: mul(rounded(median), exp(neg(reach))),
    highest: mul(rounded(median), exp(reach)),
  };
}
