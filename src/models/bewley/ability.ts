import type { BewleyAbility } from './configuration.ts';

/** Stationary standard deviation of log ability among normal agents, s = σ_e/√(1−ρ²). */
export function logAbilityDeviation({ rho, sigma }: BewleyAbility): number {
  // 1 − ρ² as a product: it does not cancel.
  return sigma / Math.sqrt((1 - rho) * (1 + rho));
}

/** Mean ability of normal agents, ē·exp(s²/2): ē is the median of a lognormal law, not its mean. */
export function meanAbility(ability: BewleyAbility): number {
  return ability.median * Math.exp(logAbilityDeviation(ability) ** 2 / 2);
}

/** Ability of a star: a multiple of the mean of normal ability, without truncation. */
export function starAbility(ability: BewleyAbility): number {
  return ability.star.multiplier * meanAbility(ability);
}

/** Share of stars in the long run, p/(p + 1 − q). */
export function starShare({ star: { become, stay } }: BewleyAbility): number {
  return become / (become + (1 - stay));
}
