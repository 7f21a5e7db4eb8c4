import type { Stream } from '../../../../numerics/stream.ts';
import type { DurotaxisSettings } from './settings.ts';

/** Of the substrate, from 0 to these. */
export const SUBSTRATE = { width: 600, height: 400 };

/** Stiffness, linear in x: f = slope · x + intercept. */
export interface Substrate {
  readonly slope: number;
  readonly intercept: number;
}

/** The substrate of an episode. */
export function drawSubstrate({ substrate }: DurotaxisSettings, random: Stream): Substrate {
  if (substrate.rule === 'fixed') return substrate;
  return { slope: 0.01 + 0.09 * random.uniform(), intercept: 0.5 + 1.5 * random.uniform() };
}

/** f at a place. */
export function intensity({ slope, intercept }: Substrate, x: number): number {
  return slope * x + intercept;
}
