import type { Colony } from './colony.ts';
import type { DurotaxisSettings } from './settings.ts';
import { SUBSTRATE } from './substrate.ts';

/*
 * A bonus for existing, as the original paid it: up to 17 in every step. How it was made up is not recorded; here a
 * colony that exists is paid 2, and each quarter of the width that its furthest node has passed adds more.
 */
const MILESTONES = [
  { share: 0, bonus: 2 },
  { share: 0.25, bonus: 3 },
  { share: 0.5, bonus: 5 },
  { share: 0.75, bonus: 7 },
];
/** On the bounded scale all of them together pay 1. */
const ALL = MILESTONES.reduce((sum, { bonus }) => sum + bonus, 0);

/** Whether milestones are a component of the reward: if they are asked for. */
export function paysMilestones({ milestones }: DurotaxisSettings): boolean {
  return milestones;
}

/** The bonus of a step, for the milestones that the furthest node has passed. */
export function milestoneReward({ x }: Colony, { scale }: DurotaxisSettings): number {
  const furthest = x.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY);
  const reached = MILESTONES.filter(({ share }) => furthest >= share * SUBSTRATE.width);
  const bonus = reached.reduce((sum, milestone) => sum + milestone.bonus, 0);
  return scale === 'legacy' ? bonus : bonus / ALL;
}
