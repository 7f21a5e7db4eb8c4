import type { HouseholdTerms } from './household.ts';
import { afterTaxReturn, consumptionAt, marginalUtility } from './household.ts';
import { element } from './element.ts';
import type { Policy } from './policy.ts';

/**
 * The consumption that the Euler equation asks for now, by state of ability now and wealth carried into the next
 * period: c = (β E[c′^(−θ) R′])^(−1/θ), where the household follows `policy` in the next period. It is 0 where R′ is
 * infinite: at a′ = 0 when ξ_a > 0.
 */
export function eulerConsumption(
  terms: HouseholdTerms,
  assets: Float64Array,
  transition: readonly (readonly number[])[],
  { consumption, income }: Policy,
): Float64Array {
  const points = assets.length;
  const gain = new Float64Array(transition.length * points);
  for (let index = 0; index < gain.length; index += 1) {
    gain[index] =
      marginalUtility(terms.preferences, element(consumption, index)) *
      afterTaxReturn(terms, element(assets, index % points), element(income, index));
  }
  const asked = new Float64Array(gain.length);
  transition.forEach((row, from) => {
    row.forEach((share, to) => {
      if (share === 0) return;
      for (let point = 0; point < points; point += 1) {
        const index = from * points + point;
        asked[index] = element(asked, index) + share * element(gain, to * points + point);
      }
    });
  });
  for (let index = 0; index < asked.length; index += 1) {
    asked[index] = consumptionAt(terms.preferences, terms.preferences.beta * element(asked, index));
  }
  return asked;
}
