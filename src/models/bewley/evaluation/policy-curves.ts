import { logAbilityDeviation } from '../ability.ts';
import { normalQuantile } from '../../../numerics/tails.ts';
import type { CrossSection } from './cross-section.ts';
import { readTensors, someWorlds } from './cross-section.ts';
import type { JudgedPolicy } from './kept-period.ts';
import { keptPeriod } from './kept-period.ts';
import type { ReferenceChoices } from './reference-choices.ts';

/** Choices along wealth, (n) each. */
export interface ChoiceCurves {
  readonly consumption: readonly number[];
  readonly labor: readonly number[];
  readonly savingsRatio: readonly number[];
  readonly marginalReturn: readonly number[];
}

/** Policy and reference at one ability. */
export interface PolicyCurve {
  /** Share of normal agents with less ability, in the long run. */
  readonly quantile: number;
  readonly ability: number;
  readonly network: ChoiceCurves;
  readonly reference: ChoiceCurves | null;
}

/** Policies by own wealth at several abilities. */
export interface BewleyPolicyCurves {
  /** (n), ascending from 0. */
  readonly wealth: readonly number[];
  readonly curves: readonly PolicyCurve[];
  /** Worlds over which the network's choices are averaged. */
  readonly worlds: number;
}

const QUANTILES = [0.1, 0.5, 0.9];

/** Points of a curve: with the third power below, eight of them within a two-hundredth of the way. */
const POINTS = 49;

/** Agents, those around the one who is moved included, whose choices are computed at most. */
const MOST_AGENTS = 240_000;
const MOST_WORLDS = 8;

const CHOICES = ['consumption', 'labor', 'savingsRatio', 'marginalReturn'] as const;

/**
 * Curves of the policy: in each of some worlds of the cross-section agent 0 is given each wealth and ability in turn, as a
 * normal agent, and acts among the others as they are; what it chooses is averaged over the worlds. It moves the prices of
 * its world as any agent does. The reference is at the prices of the solution.
 *
 * @param top the largest wealth
 */
export async function bewleyPolicyCurves(
  judged: JudgedPolicy,
  section: CrossSection,
  top: number,
  reference: ReferenceChoices | undefined,
): Promise<BewleyPolicyCurves> {
  const { ability } = judged.configuration;
  const { agents } = section;
  // Denser near the borrowing limit, where policies bend.
  const wealth = Array.from({ length: POINTS }, (_, index) => top * (index / (POINTS - 1)) ** 3);
  const worlds = Math.max(
    1,
    Math.min(section.worlds, MOST_WORLDS, Math.floor(MOST_AGENTS / (QUANTILES.length * POINTS * agents))),
  );
  const deviation = logAbilityDeviation(ability);
  const curves: PolicyCurve[] = [];
  for (const quantile of QUANTILES) {
    const level = ability.median * Math.exp(deviation * normalQuantile(quantile));
    const moved = someWorlds(
      section,
      wealth.flatMap(() => Array.from({ length: worlds }, (_, world) => world)),
    );
    wealth.forEach((owned, point) => {
      for (let world = 0; world < worlds; world += 1) {
        const at = (point * worlds + world) * agents;
        moved.wealth[at] = owned;
        moved.exogenous.ability[at] = level;
        moved.exogenous.star[at] = 0;
      }
    });
    const chosen = await readTensors(() => {
      const { consumption, controls } = keptPeriod(judged, moved);
      return { consumption, ...controls };
    });
    const network = (name: (typeof CHOICES)[number]): readonly number[] =>
      wealth.map((_, point) => {
        let sum = 0;
        for (let world = 0; world < worlds; world += 1)
          sum += chosen[name][(point * worlds + world) * agents] ?? Number.NaN;
        return sum / worlds;
      });
    const expected = wealth.map((owned) => reference?.at(owned, level, false));
    curves.push({
      quantile,
      ability: level,
      network: curvesOf(network),
      reference:
        reference === undefined
          ? null
          : curvesOf((name) => expected.map((choice) => choice?.[name] ?? Number.NaN)),
    });
  }
  return { wealth, curves, worlds };
}

function curvesOf(of: (name: (typeof CHOICES)[number]) => readonly number[]): ChoiceCurves {
  return {
    consumption: of('consumption'),
    labor: of('labor'),
    savingsRatio: of('savingsRatio'),
    marginalReturn: of('marginalReturn'),
  };
}
