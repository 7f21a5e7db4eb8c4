import type { BewleyConfiguration } from '../../../models/bewley/index.ts';

/** From twice the mean on, the mean of a few hundred agents is mostly that of the luckiest, and on no grid. */
const HEAVY = 2;

type Process = Pick<BewleyConfiguration['ability'], 'rho' | 'sigma'>;

/** Deviation of ability over its mean, of the lognormal law that it comes to. */
export function variationOf({ rho, sigma }: Process): number {
  return Math.sqrt(Math.expm1(sigma ** 2 / (1 - rho ** 2)));
}

/** Whether neither a grid nor a sample of some hundred agents holds the mean of ability. */
export function hasHeavyTail(process: Process): boolean {
  return variationOf(process) > HEAVY;
}
