import type { BewleyConfiguration } from '../../../models/bewley/index.ts';

/** From twice the mean on, the mean of a few hundred agents is mostly that of the luckiest. */
const HEAVY = 2;

type Process = Pick<BewleyConfiguration['ability'], 'rho' | 'sigma' | 'star'>;

/** Deviation of ability over its mean, of the lognormal law and of the superstars among it that it comes to. */
export function variationOf({ rho, sigma, star: { become, stay, multiplier } }: Process): number {
  const stars = become === 0 ? 0 : become / (become + 1 - stay);
  const [mean, square] = [1 - stars + stars * multiplier, 1 - stars + stars * multiplier ** 2];
  return Math.sqrt((Math.exp(sigma ** 2 / (1 - rho ** 2)) * square) / mean ** 2 - 1);
}

/** Whether no sample of some hundred agents holds the mean of ability. */
export function hasHeavyTail(process: Process): boolean {
  return variationOf(process) > HEAVY;
}
