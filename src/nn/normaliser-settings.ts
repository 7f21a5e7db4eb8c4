import { InputError } from '../errors.ts';

/** How a running normaliser averages and bounds. */
export interface NormaliserSettings {
  /** Whether all agents share the statistics of a feature, (F), or each agent has its own, (A, F). */
  readonly scope: 'global' | 'per-agent';
  /** ρ: weight of the past in an update; the averages forget with a time constant of 1/(1 − ρ) batches. */
  readonly momentum: number;
  /** ε: added to the variance under the root. */
  readonly epsilon: number;
  /** Least standard deviation that a feature is divided by. */
  readonly floor: number;
  /** Normalised values lie in ±clip. */
  readonly clip: number;
}

/**
 * What trainers use unless told otherwise. A time constant of 100 batches; ε and floor both end at a deviation of 0.01,
 * below which a feature of order 1 is taken for constant; and ten deviations, beyond which a network is not trained.
 */
export const NORMALISER_DEFAULTS: NormaliserSettings = {
  scope: 'global',
  momentum: 0.99,
  epsilon: 1e-4,
  floor: 0.01,
  clip: 10,
};

/** @throws InputError `normaliser-settings`, naming the setting and its range. */
export function requireNormaliserSettings(settings: NormaliserSettings): void {
  const { scope, momentum, epsilon, floor, clip } = settings;
  const ranges: readonly [name: string, given: number | string, isInRange: boolean, range: string][] = [
    ['scope', scope, ['global', 'per-agent'].includes(scope), '"global" or "per-agent"'],
    ['momentum', momentum, momentum >= 0 && momentum < 1, 'at least 0 and below 1'],
    ['epsilon', epsilon, epsilon >= 0 && epsilon < Infinity, 'at least 0'],
    ['floor', floor, floor > 0 && floor < Infinity, 'above 0'],
    ['clip', clip, clip > 0 && clip < Infinity, 'above 0'],
  ];
  for (const [name, given, isInRange, range] of ranges) {
    if (isInRange) continue;
    throw new InputError({
      code: 'normaliser-settings',
      what: `the normaliser cannot work with this ${name}`,
      given: String(given),
      expected: range,
    });
  }
}
