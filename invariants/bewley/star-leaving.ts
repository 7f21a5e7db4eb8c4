import fc from 'fast-check';
import { bewleyAbilityStep } from '../../src/verification/contracts/index.ts';
import { between, seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { agentsWhere, deviationOf, normalProcess, stationaryDeviation } from './ability-cases.ts';
import { looksStandardNormal } from './ability-statistics.ts';

const STARS = 601;

/** Who is no star any more is like any other agent. */
export const starLeaving = law({
  id: 'bewley/star-leaving',
  statement:
    'A star that falls draws its ability from the stationary law of normal ability, whatever its level was.',
  formula: 'log(e′/ē)/s ~ N(0, 1) given star = 1, star′ = 0',
  guards: 'stars that keep a part of their level: normal ability gets a tail of former stars',
  suspects: 'what follows the star level (src/models/bewley/ability-process.ts here)',
  oracle: 'statistic',
  bound:
    'normal tail and Laurent and Massart (2000, Lemma 1), 1e-9 for each of the 4 statistics of a case; 180 stars and more fall, and the power against a level that decays at ρ ≥ 0.5 is above 0.999',
  needs: [bewleyAbilityStep],
  budget: { runs: 20, power: 3 },
  cases: fc.record({
    process: normalProcess,
    star: fc.record({ become: between(0.01, 0.1), stay: between(0.2, 0.7), multiplier: between(5, 50) }),
    seed: seeds,
  }),
  async judge({ process, star, seed }, { call }) {
    const level = star.multiplier * process.median * Math.exp(stationaryDeviation(process) ** 2 / 2);
    const drawn = await call(bewleyAbilityStep, {
      process: { ...process, star },
      complete: false,
      ability: float32([STARS], new Float32Array(STARS).fill(level)),
      star: { dtype: 'bool', shape: [STARS], data: new Uint8Array(STARS).fill(1) },
      seed,
    });
    return (['a', 'b'] as const).flatMap((branch) => {
      const { ability } = drawn[branch];
      const deviations = agentsWhere(drawn[branch], false).map((agent) =>
        deviationOf(process, ability.data[agent] ?? Number.NaN),
      );
      return looksStandardNormal(`log ability of former stars in branch ${branch.toUpperCase()}`, deviations);
    });
  },
});
