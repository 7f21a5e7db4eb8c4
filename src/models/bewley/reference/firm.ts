import type { BewleyTechnology } from '../configuration.ts';

/** What the firm pays for a unit of effective labour and of capital. */
export interface FactorPrices {
  readonly wage: number;
  /** Marginal product of capital, before depreciation. */
  readonly mpk: number;
  /** Net of depreciation: mpk − δ. */
  readonly rate: number;
}

/**
 * Prices under competition, Y = A K^α L^(1−α): w = (1−α) A (K/L)^α, mpk = α A (K/L)^(α−1), r = mpk − δ.
 *
 * @example factorPrices({ productivity: 1, alpha: 0.5, delta: 0.1 }, 4) // { wage: 1, mpk: 0.25, rate: 0.15 }
 */
export function factorPrices(
  { productivity, alpha, delta }: BewleyTechnology,
  capitalLabor: number,
): FactorPrices {
  const mpk = alpha * productivity * capitalLabor ** (alpha - 1);
  return { wage: (1 - alpha) * productivity * capitalLabor ** alpha, mpk, rate: mpk - delta };
}

/** The capital per unit of effective labour at which capital earns `mpk`: (αA/mpk)^(1/(1−α)). */
export function capitalLaborAt({ productivity, alpha }: BewleyTechnology, mpk: number): number {
  return ((alpha * productivity) / mpk) ** (1 / (1 - alpha));
}

/** Output of capital and effective labour, A K^α L^(1−α). */
export function outputOf(
  { productivity, alpha }: BewleyTechnology,
  capital: number,
  effectiveLabor: number,
): number {
  return productivity * capital ** alpha * effectiveLabor ** (1 - alpha);
}
