import fc from 'fast-check';
import { bewleyAbilityPath } from '../../src/verification/contracts/index.ts';
import { between, seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Agents, Process } from './ability-cases.ts';
import { anyStart, deviationOf, NO_STARS, periodOf, shockBetween } from './ability-cases.ts';
import { looksStandardNormal, looksUncorrelated } from './ability-statistics.ts';

const AGENTS = 301;
const STEPS = 5;

/** The two branches of a period are two draws from the state that was committed, and from nothing else. */
export const abilityInnovations = law({
  id: 'bewley/ability-innovations',
  statement:
    'Along a path the shocks of both branches, taken from the committed state, are N(0, 1), independent of each other, of that state, and of the shock before.',
  formula: 'ε_A, ε_B ~ N(0, 1),  E[ε_A ε_B] = E[ε_A log e] = E[ε_t ε_{t+1}] = 0',
  guards:
    'branches that share a draw, or go on from their own pasts: the product of two Euler errors is then no estimate of the squared expectation',
  suspects: 'where the branches are drawn and committed (src/models/bewley/ability-branches.ts here)',
  oracle: 'statistic',
  bound:
    'normal tails and Laurent and Massart (2000, Lemma 1), 1e-9 for each of the 10 statistics; over 1,505 agent-periods the power against one draw for both branches, or against pasts of their own at ρ ≥ 0.8, is above 0.999',
  needs: [bewleyAbilityPath],
  budget: { runs: 20, power: 3 },
  cases: fc.record({
    process: fc.record({
      rho: between(0.8, 0.985),
      sigma: between(0.05, 0.5),
      median: between(0.5, 8),
      star: fc.constant(NO_STARS),
    }),
    initial: anyStart,
    seed: seeds,
  }),
  async judge({ process, initial, seed }, { call, arithmetic }) {
    const path = await call(bewleyAbilityPath, {
      process,
      complete: false,
      initial,
      count: AGENTS,
      steps: STEPS,
      seed,
    });
    const periods = Array.from({ length: STEPS }, (_, step) => periodOf(path.committed, step));
    const shocksTo = (after: Agents) =>
      periods.map((before, step) => {
        const next = periodOf(after, step).ability.data;
        return Array.from(
          before.ability.data,
          (level, agent) => shockBetween(arithmetic, process, level, next[agent] ?? Number.NaN).value,
        );
      });
    const [a, b] = [shocksTo(path.a), shocksTo(path.b)];
    const committed = a.map((period, step) => (path.chosen.data[step] === 0 ? period : (b[step] ?? [])));
    const states = periods.map(({ ability }) => logDeviations(process, ability.data));
    return [
      ...looksStandardNormal('shocks of branch A', a.flat()),
      ...looksStandardNormal('shocks of branch B', b.flat()),
      ...looksStandardNormal('shocks of the committed branch', committed.flat()),
      looksUncorrelated('the shocks of the branches', b, a),
      looksUncorrelated('shocks of branch A and the state', a, states),
      looksUncorrelated('shocks of branch B and the state', b, states),
      looksUncorrelated('committed shocks and those before', committed.slice(1), committed.slice(0, -1)),
    ];
  },
});

function logDeviations(process: Process, levels: ArrayLike<number>): readonly number[] {
  return Array.from(levels, (level) => deviationOf(process, level));
}
