import { describe, expect, it } from 'vitest';
import { wealthCurves, wealthQuantities } from '../../../../src/models/bewley/evaluation/index.ts';
import { solveBewley } from '../../../../src/models/bewley/reference/index.ts';
import { economy } from '../presets.ts';

const steady = solveBewley(economy('no-tax', 'one-type'));
/** 0, 1, … 999: four worlds of 250 with the same spread. */
const uniform = Float32Array.from(
  { length: 1000 },
  (_, index) => 4 * (index % 250) + Math.floor(index / 250),
);

describe('the distribution of wealth', () => {
  it('of the agents of all worlds together: uniform wealth has a Gini coefficient of a third', () => {
    const { giniWealth, top5, top1 } = wealthQuantities(
      [uniform, uniform],
      { worlds: 4, agents: 250 },
      steady,
    );
    expect(giniWealth.mean).toBeCloseTo(1 / 3, 3);
    expect(top5.mean).toBeCloseTo(1 - 0.95 ** 2, 3);
    expect(top1.mean).toBeCloseTo(1 - 0.99 ** 2, 3);
    expect(giniWealth.drift).toBe(0);
    expect(giniWealth.standardError).toBeLessThan(2e-3);
  });

  it('tells drift and the last period apart from the mean', () => {
    const equal = new Float32Array(1000).fill(5);
    const { giniWealth } = wealthQuantities([equal, uniform], { worlds: 4, agents: 250 }, steady);
    expect(giniWealth.last).toBeCloseTo(1 / 3, 3);
    expect(giniWealth.drift).toBeCloseTo(1 / 3, 3);
    // Together they are half of agents with 5 each, and a spread around 500: neither of the two.
    expect(giniWealth.mean).toBeGreaterThan(0.5);
  });

  it('as curves: the diagonal up to the reach, and the parabola of Lorenz', () => {
    const { cumulative, lorenz } = wealthCurves([uniform], steady);
    expect(cumulative.reference).toBeNull();
    cumulative.wealth.forEach((wealth, index) => {
      expect(Math.abs((cumulative.simulated[index] ?? Number.NaN) - (wealth + 1) / 1000)).toBeLessThan(2e-3);
    });
    lorenz.agents.forEach((agents, index) => {
      expect(lorenz.simulated[index]).toBeCloseTo(agents ** 2, 2);
    });
    expect(lorenz.simulated.at(-1)).toBeCloseTo(1, 12);
  });
});
