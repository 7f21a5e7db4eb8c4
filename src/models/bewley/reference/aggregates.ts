import type { BewleyTaxes } from '../configuration.ts';
import { taxOn } from './taxes.ts';
import { element } from './element.ts';
import type { Policy } from './policy.ts';

/** Means over the agents of an economy. */
export interface Aggregates {
  readonly capital: number;
  /** Hours, mean n. */
  readonly labor: number;
  /** Mean e n, what the firm hires. */
  readonly effectiveLabor: number;
  readonly consumption: number;
  /** Wealth that is carried into the next period. */
  readonly saved: number;
  /** Money disposable, mean m. */
  readonly money: number;
  /** Mean of a′/m over agents. */
  readonly savingsRatioMean: number;
  /** G = τ_c C + mean T(y) + mean T_a(a). */
  readonly revenue: number;
  /** Share of agents who save nothing. */
  readonly shareConstrained: number;
}

/** Means of a policy over states with these shares. */
export function aggregatesOf(
  taxes: BewleyTaxes,
  abilities: readonly number[],
  assets: ArrayLike<number>,
  policy: Policy,
  mass: ArrayLike<number>,
): Aggregates {
  let [capital, labor, effectiveLabor, consumption, saved] = [0, 0, 0, 0, 0];
  let [money, savingsRatioMean, taxed, shareConstrained] = [0, 0, 0, 0];
  for (let index = 0; index < mass.length; index += 1) {
    const share = element(mass, index);
    if (share === 0) continue;
    const owned = element(assets, index % assets.length);
    const ability = element(abilities, Math.floor(index / assets.length));
    const spent = (1 + taxes.consumption) * element(policy.consumption, index);
    const kept = element(policy.saved, index);
    capital += share * owned;
    labor += share * element(policy.labor, index);
    effectiveLabor += share * ability * element(policy.labor, index);
    consumption += share * element(policy.consumption, index);
    saved += share * kept;
    money += share * (spent + kept);
    savingsRatioMean += (share * kept) / (spent + kept);
    taxed += share * (taxOn(taxes.income, element(policy.income, index)) + taxOn(taxes.wealth, owned));
    if (kept === 0) shareConstrained += share;
  }
  const revenue = taxes.consumption * consumption + taxed;
  return {
    capital,
    labor,
    effectiveLabor,
    consumption,
    saved,
    money,
    savingsRatioMean,
    revenue,
    shareConstrained,
  };
}
