import fc from 'fast-check';
import { bewleyAbilityPath } from '../../src/verification/contracts/index.ts';
import { between, seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agentsWhere, deviationOf, NO_STARS, normalProcess, periodOf } from './ability-cases.ts';
import { happensWith, looksStandardNormal } from './ability-statistics.ts';

const AGENTS = 501;
const STEPS = 100;

/** A stationary start is kept by the process. */
export const abilityStationary = law({
  id: 'bewley/ability-stationary',
  statement:
    'Agents who start stationary, stars among them, have the moments of the stationary law at the start and after 100 periods.',
  formula: 'log(e/ē)/s ~ N(0, 1) among normal agents, P(star) = p/(p + 1 − q), at 0 and at 100',
  guards:
    'a start that the process does not keep: mean ability was 1 at first and 7.6 later, while features and prices drifted with it',
  suspects:
    'the start (src/models/bewley/initial-ability.ts here), then persistence and scale of the process',
  oracle: 'statistic',
  bound:
    'normal tail, Laurent and Massart (2000, Lemma 1) and Chernoff’s bound, 1e-9 for each of the 6 statistics; over 250 normal agents and more the power against a start of half the deviation, or off by three quarters of one, is above 0.999',
  needs: [bewleyAbilityPath],
  budget: { runs: 6, power: 3 },
  cases: fc.record({
    process: normalProcess,
    star: fc.record({ become: between(0.001, 0.05), stay: between(0.5, 0.95), multiplier: between(5, 50) }),
    seed: seeds,
  }),
  async judge({ process, star, seed }, { call }) {
    const { committed } = await call(bewleyAbilityPath, {
      process: { ...process, star },
      complete: false,
      initial: { rule: 'stationary' },
      count: AGENTS,
      steps: STEPS,
      seed,
    });
    return [0, STEPS].flatMap((period) => {
      const agents = periodOf(committed, period);
      const normal = agentsWhere(agents, false);
      const deviations = normal.map((agent) =>
        deviationOf(process, agents.ability.data[agent] ?? Number.NaN),
      );
      const share = star.become / (star.become + 1 - star.stay);
      return [
        happensWith(`stars, period ${period}`, AGENTS - normal.length, AGENTS, share),
        ...looksStandardNormal(`log ability of normal agents, period ${period}`, deviations),
      ];
    });
  },
});

const LATER = 30;

/** Any other start is forgotten at the rate ρ: a bounded start makes no bounded law. */
export const abilityForgetting = law({
  id: 'bewley/ability-forgetting',
  statement:
    'From a start that is not stationary, log ability n periods later is normal around what is left of the start.',
  formula: 'log e_n = (1−ρⁿ) log ē + ρⁿ log e_0 + s√(1−ρ²ⁿ)·z, z ~ N(0, 1); n = 30',
  guards:
    'a bounded start taken for a bounded law: agents are believed within 0.3 and 3 for ever, or held there by force',
  suspects: 'what is done to ability after the start (src/models/bewley/ability-process.ts here)',
  oracle: 'statistic',
  bound:
    'normal tail and Laurent and Massart (2000, Lemma 1), 1e-9 for each of the 2 statistics; at 501 agents the power against a law held below 3, with medians of 3.5 and more, is above 0.999',
  needs: [bewleyAbilityPath],
  budget: { runs: 15, power: 3 },
  cases: fc.record({
    process: fc.record({
      rho: between(0.5, 0.95),
      sigma: between(0.05, 0.5),
      median: between(3.5, 8),
      star: fc.constant(NO_STARS),
    }),
    initial: fc.constantFrom(
      { rule: 'bounded-lognormal' as const },
      { rule: 'uniform' as const, mean: 1, spread: 0.5 },
    ),
    seed: seeds,
  }),
  async judge({ process, initial, seed }, { call }) {
    const { committed } = await call(bewleyAbilityPath, {
      process,
      complete: false,
      initial,
      count: AGENTS,
      steps: LATER,
      seed,
    });
    const left = process.rho ** LATER;
    const scale = Math.sqrt((1 - left) * (1 + left));
    const later = periodOf(committed, LATER).ability.data;
    const residuals = Array.from(
      periodOf(committed, 0).ability.data,
      (start, agent) =>
        (deviationOf(process, later[agent] ?? Number.NaN) - left * deviationOf(process, start)) / scale,
    );
    return looksStandardNormal(`log ability after ${LATER} periods, given its start`, residuals);
  },
});
