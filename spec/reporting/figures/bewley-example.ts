import type { BewleyFigureData, BewleyTrainingRow } from '../../../src/reporting/figures/index.ts';

const line = (points: number, of: (share: number) => number): readonly number[] =>
  Array.from({ length: points }, (_, index) => of(index / (points - 1)));

/** Policies at three abilities, the network 2 % above the reference; h below 1 at the first points alone. */
export function bewleyFigureData(hasReference = true): BewleyFigureData {
  const wealth = line(31, (share) => 30 * share ** 3);
  const choices = (times: number) => ({
    consumption: wealth.map((owned) => times * (1 + 0.04 * owned)),
    labor: wealth.map((owned) => times * (0.9 - 0.01 * owned)),
    savingsRatio: wealth.map((owned) => (times * owned) / (owned + 1.2)),
    marginalReturn: wealth.map((owned) => Math.min(1, 0.97 + 0.1 * owned)),
  });
  const errors = (percentile99: number | null) => ({
    percentile99,
    shareExcluded: 0.05,
    byWealth: line(20, (share) => 20 * share).map((owned) => ({
      wealth: owned,
      mean: -3 - owned / 40,
      percentile90: owned === 0 ? null : -2.5,
    })),
    cumulative: { log10: line(71, (share) => -6 + 7 * share), share: line(71, (share) => share ** 2) },
  });
  const compared = (mean: number) => ({ mean, reference: 0.98 * mean });
  const shares = line(50, (share) => share);
  return {
    policies: {
      curves: {
        wealth,
        curves: [0.1, 0.5, 0.9].map((quantile) => ({
          quantile,
          ability: 0.5 + quantile,
          network: choices(1.02),
          reference: hasReference ? choices(1) : null,
        })),
      },
    },
    wealth: {
      cumulative: {
        wealth: line(50, (share) => 30 * share),
        simulated: line(50, (share) => 0.05 + 0.9 * share),
        reference: hasReference ? line(50, (share) => 0.06 + 0.9 * share) : null,
      },
      lorenz: {
        agents: shares,
        simulated: shares.map((share) => share ** 2),
        reference: hasReference ? shares.map((share) => share ** 3) : null,
      },
    },
    euler: { ergodic: errors(-2.1), heldOut: errors(null) },
    quantities: {
      capitalLabor: compared(6.12),
      labor: compared(0.93),
      savingsRatio: compared(0.806),
      shareConstrained: compared(0.06),
    },
  };
}

/** A log whose losses fall a decade every hundred rows. */
export function bewleyLog(rows: number): readonly BewleyTrainingRow[] {
  return Array.from({ length: rows }, (_, step) => ({
    step,
    'loss/fb': 10 ** (-3 - step / 100),
    'loss/aux_mu': step % 10 === 7 ? -1e-4 : 10 ** (-4 - step / 100),
    'loss/labor_foc': 10 ** (-2 - step / 100),
    'market/capital_labor': 6 + step / 100,
    'state/labor_mean': 0.9,
    'state/savings_mean': 5.6,
    'state/money_disposable_mean': 7,
  }));
}
