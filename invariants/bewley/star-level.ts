import fc from 'fast-check';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { bewleyAbilityPath } from '../../src/verification/contracts/index.ts';
import { between, seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agree, same, worstOf } from '../../src/verification/measurement.ts';
import type { Process } from './ability-cases.ts';
import { agentsWhere, normalProcess, periodOf } from './ability-cases.ts';

const AGENTS = 61;
const STEPS = 5;

/** A star has one ability, whatever it had before and however long it is one. */
export const starLevel = law({
  id: 'bewley/star-level',
  statement:
    'At the start and in both branches of every period, the ability of every star is the multiplier times the mean of normal ability.',
  formula: 'e = m·ē·exp(s²/2),  s² = σ_e²/(1−ρ²)',
  guards:
    'a multiplier that is applied to the current level each period: the largest ability grows without end',
  suspects: 'what a star is given (src/models/bewley/ability.ts and ability-process.ts here)',
  oracle: 'derivation',
  bound: 'forward error of m·ē·exp(σ_e²/(2(1−ρ)(1+ρ)))',
  needs: [bewleyAbilityPath],
  budget: { runs: 40 },
  cases: fc.record({
    process: normalProcess,
    // With p ≥ 0.1 and 61 agents over 5 periods a path without a star is one in 10¹³.
    star: fc.record({ become: between(0.1, 0.3), stay: between(0.5, 0.95), multiplier: between(2, 600) }),
    seed: seeds,
  }),
  async judge({ process, star, seed }, { call, arithmetic }) {
    const stars = { ...process, star };
    const path = await call(bewleyAbilityPath, {
      process: stars,
      complete: false,
      initial: { rule: 'stationary' },
      count: AGENTS,
      steps: STEPS,
      seed,
    });
    const level = starLevelOf(arithmetic, stars);
    const drawn = Array.from({ length: STEPS }, (_, step) => [
      { name: `branch A after period ${step}`, agents: periodOf(path.a, step) },
      { name: `branch B after period ${step}`, agents: periodOf(path.b, step) },
    ]).flat();
    const measured = [{ name: 'the start', agents: periodOf(path.committed, 0) }, ...drawn].flatMap(
      ({ name, agents }) =>
        agentsWhere(agents, true).map((agent) =>
          agree(
            'ability of a star',
            agents.ability.data[agent] ?? Number.NaN,
            level.value,
            level.bound,
            `${name}, agent ${agent}`,
          ),
        ),
    );
    return [worstOf(measured) ?? same('stars on the path', 'none', 'some')];
  },
});

function starLevelOf(
  { exact, rounded, sub, add, mul, div, exp, scale }: RunningError,
  { rho, sigma, median, star }: Process,
): Bounded {
  const left = mul(sub(exact(1), rounded(rho)), add(exact(1), rounded(rho)));
  const variance = div(mul(rounded(sigma), rounded(sigma)), left);
  return mul(mul(rounded(star.multiplier), rounded(median)), exp(scale(variance, 0.5)));
}
