import type { BewleyConfiguration } from './configuration.ts';

/** Between which bounds a policy may choose labour, of the unit of time that there is. */
export interface BewleyLaborBounds {
  readonly minimum: number;
  readonly maximum: number;
}

/** Bounds of the documented policy: inside [0, 1], where the labour condition is finite and has a slope. */
export const LABOR_BOUNDS: BewleyLaborBounds = { minimum: 0.01, maximum: 0.99 };

/** What the equations of a period take of a configuration. */
export interface BewleyTerms extends Pick<BewleyConfiguration, 'preferences' | 'technology' | 'taxes'> {
  readonly labor: BewleyLaborBounds;
}

/** The terms of an economy, with the documented bounds of labour unless others are given. */
export function termsOf(
  { preferences, technology, taxes }: Pick<BewleyConfiguration, 'preferences' | 'technology' | 'taxes'>,
  labor: BewleyLaborBounds = LABOR_BOUNDS,
): BewleyTerms {
  return { preferences, technology, taxes, labor };
}
