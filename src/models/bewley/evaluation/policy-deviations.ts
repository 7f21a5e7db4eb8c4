import type { CrossSection } from './cross-section.ts';
import { readTensors } from './cross-section.ts';
import type { JudgedPolicy } from './kept-period.ts';
import { keptPeriod } from './kept-period.ts';
import type { ReferenceChoices } from './reference-choices.ts';
import { meanOf } from './statistics.ts';

/** Mean and largest over agents. */
export interface Deviation {
  readonly mean: number;
  readonly percentile99: number;
  readonly largest: number;
}

/** How far the choices of agents are from what the reference solution chooses with their wealth and ability. */
export interface PolicyDeviations {
  /** |c/c_ref − 1|. */
  readonly consumption: Deviation;
  /** |n/n_ref − 1|. */
  readonly labor: Deviation;
  /** |s − s_ref|: s may be 0. */
  readonly savingsRatio: Deviation;
}

/**
 * Choices of all agents of a cross-section against the reference, each agent counting alike. Consumption is at the prices of
 * each agent's own world, which with few agents are not those of the reference.
 */
export async function policyDeviations(
  judged: JudgedPolicy,
  section: CrossSection,
  reference: ReferenceChoices,
): Promise<PolicyDeviations> {
  const { consumption, labor, savingsRatio } = await readTensors(() => {
    const today = keptPeriod(judged, section);
    const { labor: hours, savingsRatio: share } = today.controls;
    return { consumption: today.consumption, labor: hours, savingsRatio: share };
  });
  const { ability, star } = section.exogenous;
  const expected = Array.from(section.wealth, (wealth, index) =>
    reference.at(wealth, ability[index] ?? Number.NaN, star[index] === 1),
  );
  const over = (miss: (index: number, choice: (typeof expected)[number]) => number): Deviation => {
    const sizes = Float64Array.from(expected, (choice, index) => Math.abs(miss(index, choice))).sort();
    return {
      mean: meanOf(sizes),
      percentile99: sizes[Math.ceil(0.99 * sizes.length) - 1] ?? Number.NaN,
      largest: sizes.at(-1) ?? Number.NaN,
    };
  };
  return {
    consumption: over((index, choice) => (consumption[index] ?? Number.NaN) / choice.consumption - 1),
    labor: over((index, choice) => (labor[index] ?? Number.NaN) / choice.labor - 1),
    savingsRatio: over((index, choice) => (savingsRatio[index] ?? Number.NaN) - choice.savingsRatio),
  };
}
