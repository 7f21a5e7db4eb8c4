import fc from 'fast-check';
import { bewleyAbilityPath } from '../../src/verification/contracts/index.ts';
import { between, seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { same } from '../../src/verification/measurement.ts';
import type { Agents, Process } from './ability-cases.ts';
import { agentsWhere, normalProcess, periodOf, stationaryDeviation } from './ability-cases.ts';
import { happensWith } from './ability-statistics.ts';

const AGENTS = 701;
const STEPS = 4;

/** Flags move as the chain says, from the committed state, in each branch by a draw of its own. */
export const starChain = law({
  id: 'bewley/star-chain',
  statement:
    'From the committed state a normal agent becomes a star with probability p and a star stays one with q, in each branch, and independently in both; a stationary start has its long-run share of stars.',
  formula: 'P(0→1) = p, P(1→1) = q, P(1→1 in A and B) = q², P(star at 0) = p/(p + 1 − q)',
  guards:
    'flags that go on from the past of their branch and not from the committed state: a star stays one with 0.53 where 0.99 is declared',
  suspects:
    'the state that each branch starts from (src/models/bewley/ability-branches.ts here), and the comparison with p and q (ability-process.ts)',
  oracle: 'statistic',
  bound:
    "Chernoff's bound on a binomial count given the committed flags, 1e-9 for each of the 25 counts of a case; the power against stars that stay with 0.53 where 0.99 is declared is above 0.999",
  needs: [bewleyAbilityPath],
  budget: { runs: 20 },
  coverage: [{ label: 'stars that last (q > 0.9)', minimumShare: 0.2, shows: ({ star }) => star.stay > 0.9 }],
  cases: fc.record({
    process: normalProcess,
    star: fc.record({
      become: between(0.05, 0.3),
      stay: fc.oneof(between(0.5, 0.9), between(0.9, 0.99)),
      multiplier: between(2, 20),
    }),
    seed: seeds,
  }),
  async judge({ process, star, seed }, { call }) {
    const { committed, a, b } = await call(bewleyAbilityPath, {
      process: { ...process, star },
      complete: false,
      initial: { rule: 'stationary' },
      count: AGENTS,
      steps: STEPS,
      seed,
    });
    const atFirst = total(periodOf(committed, 0).star.data);
    const share = star.become / (star.become + 1 - star.stay);
    const measured: Measurement[] = [
      happensWith('stars at the start', atFirst, AGENTS, share),
      // Where p = 1 − q flags alone do not tell who is the star.
      same(
        'flags without the ability of a star',
        String(flagsWithoutLevel(committed, { ...process, star })),
        '0',
      ),
    ];
    for (let step = 0; step < STEPS; step += 1) {
      const before = [...periodOf(committed, step).star.data];
      const stars = total(before);
      const inA = periodOf(a, step).star.data;
      const inB = periodOf(b, step).star.data;
      const both = inA.map((flag, agent) => flag * (inB[agent] ?? Number.NaN));
      const stayed = (after: ArrayLike<number>): number =>
        total(before.map((flag, agent) => flag * (after[agent] ?? Number.NaN)));
      const when = `period ${step}`;
      for (const [name, after] of [
        ['A', inA],
        ['B', inB],
      ] as const) {
        const became = total(after) - stayed(after);
        measured.push(
          happensWith(`stars that stay in branch ${name}, ${when}`, stayed(after), stars, star.stay),
          happensWith(
            `agents who become stars in branch ${name}, ${when}`,
            became,
            AGENTS - stars,
            star.become,
          ),
        );
      }
      measured.push(
        happensWith(`stars that stay in both branches, ${when}`, stayed(both), stars, star.stay ** 2),
        happensWith(
          `agents who become stars in both branches, ${when}`,
          total(both) - stayed(both),
          AGENTS - stars,
          star.become ** 2,
        ),
      );
    }
    return measured;
  },
});

/** Far wider than rounding, which the law bewley/star-level bounds. */
const NEAR = 1e-3;

function flagsWithoutLevel(agents: Agents, process: Process): number {
  const level = process.star.multiplier * process.median * Math.exp(stationaryDeviation(process) ** 2 / 2);
  const { data } = agents.ability;
  return agentsWhere(agents, true).filter(
    (agent) => !(Math.abs((data[agent] ?? Number.NaN) / level - 1) < NEAR),
  ).length;
}

function total(flags: ArrayLike<number>): number {
  return Array.from(flags).reduce((sum, flag) => sum + flag, 0);
}
