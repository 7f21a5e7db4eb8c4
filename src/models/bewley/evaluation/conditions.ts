import { termsOf } from '../terms.ts';
import type { CrossSection } from './cross-section.ts';
import { readTensors } from './cross-section.ts';
import type { JudgedPolicy } from './kept-period.ts';
import { keptPeriod } from './kept-period.ts';
import { meanOf } from './statistics.ts';

/** How far the two conditions without an expectation are missed by the agents of a cross-section. */
export interface ConditionErrors {
  /** |φ(s, 1 − h)| of Fischer and Burmeister, 0 at a solution. */
  readonly complementarity: {
    readonly mean: number;
    /** Each agent by its wealth; null where nobody owns anything. */
    readonly byWealth: number | null;
  };
  /** |n/n_foc − 1|. */
  readonly labor: { readonly mean: number; readonly percentile99: number };
}

/** Complementarity and labour condition on a cross-section. */
export async function conditionErrors(judged: JudgedPolicy, section: CrossSection): Promise<ConditionErrors> {
  const { kit, configuration } = judged;
  const terms = termsOf(configuration, configuration.network.labor);
  const { missed, hours } = await readTensors(() => {
    const { state, controls, consumption, income, market } = keptPeriod(judged, section, terms);
    const point = {
      consumption,
      labor: controls.labor,
      ability: state.ability,
      income,
      wage: market.wage,
    };
    return {
      missed: kit.complementarity(kit, controls),
      hours: kit.laborResiduals(kit, point, terms).relative,
    };
  });
  const distances = missed.map(Math.abs);
  const owned = section.wealth.reduce((sum, wealth) => sum + wealth, 0);
  const weighted = distances.reduce(
    (sum, size, index) => sum + size * (section.wealth[index] ?? Number.NaN),
    0,
  );
  const sizes = hours.map(Math.abs).sort();
  return {
    complementarity: { mean: meanOf(distances), byWealth: owned > 0 ? weighted / owned : null },
    labor: {
      mean: meanOf(sizes),
      percentile99: sizes[Math.ceil(0.99 * sizes.length) - 1] ?? Number.NaN,
    },
  };
}
