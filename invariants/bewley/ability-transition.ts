import fc from 'fast-check';
import { bewleyAbilityStep } from '../../src/verification/contracts/index.ts';
import { between, exactly, seeds, size } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agree, hasType, same, worstOf } from '../../src/verification/measurement.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import type { Agents, Process } from './ability-cases.ts';
import { normalProcess, shockBetween } from './ability-cases.ts';

interface Economy {
  readonly process: Process;
  readonly ability: readonly number[];
}

/** One seed gives one luck: the shocks that two economies received are recovered from what became of their agents. */
export const abilityTransition = law({
  id: 'bewley/ability-transition',
  statement:
    'One seed in two economies with other parameters and other agents: the shock of each agent, recovered from its ability before and after, is the same in both.',
  formula:
    "ε = (log e′ − (1−ρ) log ē − ρ log e)/σ_e does not depend on e, ρ, σ_e, ē, nor on other agents' ability",
  guards:
    'ability of another persistence, risk or median than declared, or of one agent that depends on the others',
  suspects: 'the normal law of ability (src/models/bewley/ability-process.ts here): (1−ρ), log ē, s for σ_e',
  oracle: 'derivation',
  bound: 'forward error of exp((1−ρ) log ē + ρ log e + σ_e ε) in both economies, carried back to ε',
  needs: [bewleyAbilityStep],
  coverage: [
    {
      label: 'persistence apart by 0.05',
      minimumShare: 0.5,
      shows: ({ economies: [one, other] }) => Math.abs(one.process.rho - other.process.rho) > 0.05,
    },
  ],
  cases: size.chain((count) => {
    const economy: fc.Arbitrary<Economy> = fc.record({
      process: normalProcess,
      ability: exactly(count, between(0.05, 20)),
    });
    return fc.record({ economies: fc.tuple(economy, economy), seed: seeds });
  }),
  async judge({ economies: [one, other], seed }, { call, arithmetic, floats }) {
    const step = ({ process, ability }: Economy) => {
      const star = { dtype: 'bool' as const, shape: [ability.length], data: new Uint8Array(ability.length) };
      const levels = float32([ability.length], ability);
      return call(bewleyAbilityStep, { process, complete: false, ability: levels, star, seed });
    };
    const [first, second] = [await step(one), await step(other)];
    const shocks = ({ process, ability }: Economy, after: Agents) =>
      ability.map((level, agent) =>
        shockBetween(arithmetic, process, level, after.ability.data[agent] ?? Number.NaN),
      );
    return (['a', 'b'] as const).flatMap((branch) => {
      const [ours, theirs] = [shocks(one, first[branch]), shocks(other, second[branch])];
      const name = `shock of branch ${branch.toUpperCase()}`;
      const equal = ours.map((shock, agent): Measurement => {
        const { value, bound } = theirs[agent] ?? { value: Number.NaN, bound: 0 };
        return agree(name, shock.value, value, shock.bound + bound, `agent ${agent}`);
      });
      return [
        hasType('ability', first[branch].ability, floats, [one.ability.length]),
        hasType('star', first[branch].star, 'bool', [one.ability.length]),
        same('stars where nobody can become one', String(first[branch].star.data.includes(1)), 'false'),
        worstOf(equal) ?? same(name, 'none', 'one an agent'),
      ];
    });
  },
});
