import { describe, expect, it } from 'vitest';
import type {
  PolicyTable,
  ReferenceGrid,
  ReferenceSolution,
} from '../../../../src/models/bewley/reference/index.ts';
import { DOCUMENTED_GRID, REFINED_GRID, solveBewley } from '../../../../src/models/bewley/reference/index.ts';
import type { BewleyConfiguration } from '../../../../src/models/bewley/index.ts';
import { economy, withRisk } from '../presets.ts';

type Risky = Extract<ReferenceSolution, { method: 'endogenous-grid' }>;

function solved(configuration: BewleyConfiguration, grid: ReferenceGrid = DOCUMENTED_GRID): Risky {
  const solution = solveBewley(configuration, { grid });
  if (solution.method !== 'endogenous-grid') throw new Error('this economy has no risk');
  return solution;
}

/** Half of the abilities and of the points: order laws do not need more. */
const COARSE: ReferenceGrid = { ...DOCUMENTED_GRID, nodes: 5, points: 110 };

const NO_TAX = solved(economy('no-tax'));
const HIGH = solved(economy('no-tax', 'high-uncertainty'));
const FLAT = solved(economy('flat'), COARSE);
const DOCUMENTED = solved(economy('documented'));

/** K/L, K, w, mpk, labour, C, s, share at a = 0, β(1+r), as in the table of bewley.md. */
const TABLE = [
  ['no-tax', NO_TAX, [6.0, 5.79, 1.211, 0.0993, 0.934, 1.396, 0.806], 0.046, 0.998],
  ['no-tax high-uncertainty', HIGH, [7.15, 8.2, 1.282, 0.0883, 0.923, 1.704, 0.828], 0.103, 0.987],
] as const;

describe('an economy with risk', () => {
  it.each(TABLE)('%s is the row of the table', (_, solution, row, shareConstrained, discountedReturn) => {
    const { capitalLabor, capital, wage, mpk, labor, consumption, savingsRatio } = solution;
    [capitalLabor, capital, wage, mpk, labor, consumption, savingsRatio].forEach((value, column) => {
      expect(Math.abs(value / (row[column] ?? Number.NaN) - 1)).toBeLessThan(2e-3);
    });
    expect(Math.abs(solution.shareConstrained - shareConstrained)).toBeLessThan(1e-3);
    expect(Math.abs(solution.discountedReturn - discountedReturn)).toBeLessThan(1e-3);
    expect(solution.discountedReturn).toBeLessThan(1);
  });

  it('has more capital on a finer grid of ability', () => {
    const refined = solved(economy('no-tax'), { ...REFINED_GRID, points: 110 });
    // Half of the points of wealth move both by a thousandth.
    expect(Math.abs(refined.capitalLabor / 6.03 - 1)).toBeLessThan(2e-3);
    expect(Math.abs(refined.capital / 5.84 - 1)).toBeLessThan(2e-3);
  });

  it.each([
    ['no-tax', NO_TAX],
    ['high-uncertainty', HIGH],
    ['flat', FLAT],
    ['documented', DOCUMENTED],
  ])('%s loses no goods, clears its market and is nearly on the Euler equation', (name, solution) => {
    expect(Math.abs(solution.residuals.resource)).toBeLessThan(1e-9);
    expect(Math.abs(solution.residuals.market)).toBeLessThan(2e-6);
    expect(solution.euler.mean).toBeLessThan(name === 'documented' ? -3 : -4);
    expect(solution.euler.mean).toBeLessThan(solution.euler.percentile99);
    expect(solution.euler.percentile99).toBeLessThan(solution.euler.maximum);
  });

  it('makes smaller Euler errors on a finer grid of wealth', () => {
    const finer = solved(economy('documented'), { ...DOCUMENTED_GRID, points: 440 });
    // Linear interpolation: a quarter of the error at half of the distance.
    expect(finer.euler.mean).toBeLessThan(DOCUMENTED.euler.mean - 0.45);
    expect(Math.abs(finer.capital / DOCUMENTED.capital - 1)).toBeLessThan(2e-3);
  });

  it('goes over into the steady state without risk as shocks vanish, with their square', () => {
    const still = solveBewley(economy('no-tax', 'one-type')).capitalLabor;
    const half = solved(economy('no-tax', 'ability.sigma=0.05'), COARSE).capitalLabor;
    const whole = solved(economy('no-tax'), COARSE).capitalLabor;
    const share = (half - still) / (whole - still);
    expect(share).toBeGreaterThan(0.22);
    expect(share).toBeLessThan(0.32);
  });

  it('widens its grid until stars fit', () => {
    const stars = ['ability.star.become=2e-4', 'ability.star.stay=0.95', 'ability.star.multiplier=100'];
    const narrow = { ...COARSE, nodes: 3, points: 60 };
    const { grid, residuals, topShares } = solved(economy('flat', ...stars), narrow);
    expect(grid.top).toBeGreaterThan(1000);
    expect(topShares.top1).toBeGreaterThan(0.15);
    expect(Math.abs(residuals.resource)).toBeLessThan(1e-6);
  });

  it('that no price of capital clears is refused', () => {
    const subsidised = economy('no-tax', 'taxes.wealth.tau=-0.2');
    expect(() => solveBewley(subsidised)).toThrow(/no-equilibrium/);
  });
});

describe('risk', () => {
  it.each([
    ['no-tax', 1.5],
    ['flat', 1.3],
    ['documented', 1.3],
  ])('makes %s save more at the same mean ability', (preset, times) => {
    const configuration = economy(preset);
    const less = solved(configuration, COARSE).capitalLabor;
    const more = solved(withRisk(configuration, times), COARSE).capitalLabor;
    expect(more).toBeGreaterThan(1.01 * less);
  });
});

/** Pairs of neighbours in a table of policies, along wealth and along ability, where there are agents. */
function* neighbours(
  { mass, assets, abilities }: PolicyTable,
  along: 'wealth' | 'ability',
): Generator<readonly [state: number, point: number]> {
  for (let state = along === 'ability' ? 1 : 0; state < abilities.length; state += 1) {
    for (let point = along === 'wealth' ? 1 : 0; point < assets.length; point += 1) {
      if ((mass[state]?.[point] ?? 0) > 1e-12) yield [state, point];
    }
  }
}

const at = (rows: readonly (readonly number[])[], state: number, point: number): number =>
  rows[state]?.[point] ?? Number.NaN;

describe.each([
  ['no-tax', NO_TAX],
  ['high-uncertainty', HIGH],
  ['flat', FLAT],
  ['documented', DOCUMENTED],
])('a household of %s', (name, { policies }) => {
  const { consumption, labor, saved, assets } = policies;

  it('consumes more, works no more and saves no less the more it owns', () => {
    let pairs = 0;
    for (const [state, point] of neighbours(policies, 'wealth')) {
      pairs += 1;
      expect(at(consumption, state, point)).toBeGreaterThan(at(consumption, state, point - 1));
      expect(at(labor, state, point)).toBeLessThanOrEqual(at(labor, state, point - 1));
      expect(at(saved, state, point)).toBeGreaterThanOrEqual(at(saved, state, point - 1));
    }
    expect(pairs).toBeGreaterThan(100);
  });

  it('consumes more and, under flat taxes, works no less the more able it is', () => {
    for (const [state, point] of neighbours(policies, 'ability')) {
      expect(at(consumption, state, point)).toBeGreaterThanOrEqual(at(consumption, state - 1, point));
      if (name === 'documented') continue;
      expect(at(labor, state, point)).toBeGreaterThanOrEqual(at(labor, state - 1, point) * (1 - 1e-12));
    }
  });

  it('without wealth works n^(1+γ) = (1−ξ)/(1−s), or all the time there is', () => {
    expect(assets[0]).toBe(0);
    labor.forEach((row, state) => {
      const keeps = at(saved, state, 0);
      const spends = at(consumption, state, 0) * (name.includes('tax') || name.includes('high') ? 1 : 1.065);
      const share = keeps / (keeps + spends);
      const xi = name === 'documented' ? 0.5 : 0;
      expect(row[0]).toBeCloseTo(Math.min(1, ((1 - xi) / (1 - share)) ** (1 / 3)), 10);
    });
  });
});

describe('labour and ability under progressive taxes', () => {
  it('fall together without wealth: the abler save a smaller share', () => {
    // bewley.md has it that labour does not fall with ability; n^(1+γ)(1 − s) = 1 − ξ says otherwise where s falls.
    const { labor, saved, consumption } = DOCUMENTED.policies;
    for (let state = 1; state < labor.length; state += 1) {
      expect(at(labor, state, 0)).toBeLessThan(at(labor, state - 1, 0));
      const ratio = (one: number): number => at(saved, one, 0) / at(consumption, one, 0);
      expect(ratio(state)).toBeLessThan(ratio(state - 1));
    }
  });
});

/** The largest relative rise of the slope of consumption between neighbouring intervals, by whether nothing is saved. */
function largestRise({ assets, consumption, saved }: PolicyTable): {
  readonly constrained: number;
  readonly saving: number;
} {
  const largest = { constrained: -Infinity, saving: -Infinity };
  consumption.forEach((row, state) => {
    for (let point = 1; point < assets.length - 1; point += 1) {
      // Near the last point saving is held to the grid.
      if ((assets[point + 1] ?? Number.NaN) > (assets.at(-1) ?? Number.NaN) / 4) break;
      const slope = (from: number): number =>
        ((row[from + 1] ?? Number.NaN) - (row[from] ?? Number.NaN)) /
        ((assets[from + 1] ?? Number.NaN) - (assets[from] ?? Number.NaN));
      const kind = at(saved, state, point + 1) === 0 ? 'constrained' : 'saving';
      largest[kind] = Math.max(largest[kind], slope(point) / slope(point - 1) - 1);
    }
  });
  return largest;
}

describe('consumption under flat taxes', () => {
  it('is concave in wealth where labour hardly answers', () => {
    const { policies } = solved(economy('no-tax', 'preferences.gamma=5000'), COARSE);
    const { constrained, saving } = largestRise(policies);
    // What is left is the answer of labour, 1/γ.
    expect(constrained).toBeLessThan(1e-5);
    expect(saving).toBeLessThan(1e-5);
  });

  it('is convex at the borrowing limit where labour answers: leisure takes less and less of each unit', () => {
    // bewley.md has it that c is concave when ξ = ξ_a = 0. At a′ = 0, dc/da = (1+r)/(1 + w e n/(γ c)), and n/c falls.
    const { policies, rate, wage } = HIGH;
    const { assets, consumption, labor, saved, abilities } = policies;
    expect(largestRise(policies).constrained).toBeGreaterThan(1e-3);
    let checked = 0;
    for (let point = 3; at(saved, 0, point) === 0; point += 1) {
      const [left, right] = [assets[point - 1] ?? Number.NaN, assets[point] ?? Number.NaN];
      const chord = (at(consumption, 0, point) - at(consumption, 0, point - 1)) / (right - left);
      const slope = (index: number): number =>
        (1 + rate) /
        (1 + (wage * (abilities[0] ?? Number.NaN) * at(labor, 0, index)) / (2 * at(consumption, 0, index)));
      expect(chord).toBeGreaterThan(slope(point - 1));
      expect(chord).toBeLessThan(slope(point));
      checked += 1;
    }
    expect(checked).toBeGreaterThan(3);
  });
});
