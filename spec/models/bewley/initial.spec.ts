import { describe, expect, it } from 'vitest';
import {
  bewleyAbilityKit as kit,
  meanAbility,
  parseBewleyConfiguration,
  starAbility,
  starShare,
} from '../../../src/models/bewley/index.ts';
import { streamOf } from '../../../src/numerics/index.ts';

const COUNT = 20_000;
const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function start(initial: Record<string, unknown>, ability: Record<string, unknown> = {}) {
  const configuration = parseBewleyConfiguration({ initial: { ability: initial }, ability });
  return {
    ...configuration,
    drawn: kit.initialExogenous(
      kit,
      configuration.ability,
      configuration.initial.ability,
      COUNT,
      streamOf(7),
    ),
  };
}

function wealth(initial: Record<string, unknown>): Float32Array {
  const { wealth } = parseBewleyConfiguration({ initial: { wealth: initial } }).initial;
  return kit.initialWealth(wealth, COUNT, streamOf(7));
}

describe('initial ability', () => {
  it('is stationary unless it is told otherwise, with the stars that there are in the long run', () => {
    const process = { rho: 0.5, sigma: 0.3, median: 5, star: { become: 0.02, stay: 0.9 } };
    const { ability, drawn } = start({}, process);
    const stars = drawn.star.reduce((sum, flag) => sum + flag, 0);
    expect(stars / COUNT).toBeCloseTo(starShare(ability), 2);
    drawn.star.forEach((flag, agent) => {
      if (flag === 1) expect(drawn.ability[agent]).toBe(Math.fround(starAbility(ability)));
    });
    const normal = drawn.ability.filter((_, agent) => drawn.star[agent] === 0);
    expect(mean(normal) / meanAbility(ability)).toBeCloseTo(1, 2);
  });

  it('bounded-lognormal has mean 1 within 0.3 and 3, and no stars', () => {
    const { drawn } = start({ rule: 'bounded-lognormal' }, { star: { become: 0.5 } });
    expect(mean(drawn.ability)).toBeCloseTo(1, 2);
    expect(Math.sqrt(mean(drawn.ability.map((level) => (level - 1) ** 2)))).toBeCloseTo(0.3, 2);
    expect(Math.min(...drawn.ability)).toBeGreaterThanOrEqual(0.3);
    expect(Math.max(...drawn.ability)).toBeLessThanOrEqual(3);
    expect(drawn.star.includes(1)).toBe(false);
  });

  it('uniform is spread around its mean', () => {
    const { drawn } = start({ rule: 'uniform', mean: 4, spread: 0.25 });
    expect(mean(drawn.ability)).toBeCloseTo(4, 1);
    expect(Math.min(...drawn.ability)).toBeCloseTo(3, 2);
    expect(Math.max(...drawn.ability)).toBeCloseTo(5, 2);
  });

  it('drifts to the stationary law from another start', () => {
    const { ability, drawn } = start({ rule: 'bounded-lognormal' }, { rho: 0.9, sigma: 0.2, median: 5 });
    let state = drawn;
    for (let step = 0; step < 100; step += 1) {
      const { a } = kit.drawBranches(kit, { ability, complete: false }, state, streamOf(9).split(step));
      state = a;
    }
    expect(mean(state.ability) / meanAbility(ability)).toBeCloseTo(1, 1);
  });
});

describe('initial wealth', () => {
  it.each([
    [{}, 2.3, 0.5],
    [{ rule: 'lognormal', mean: 4, variation: 1 }, 4, 1],
    [{ rule: 'uniform', mean: 4 }, 4, 1 / Math.sqrt(3)],
    [{ rule: 'uniform', mean: 4, spread: 0.5 }, 4, 0.5 / Math.sqrt(3)],
    [{ rule: 'equal', mean: 4 }, 4, 0],
  ])('%j has the mean %d and the coefficient of variation %d', (initial, expected, variation) => {
    const drawn = wealth(initial);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(mean(drawn) / expected).toBeCloseTo(1, 1);
    expect(Math.sqrt(mean(drawn.map((own) => (own / expected - 1) ** 2)))).toBeCloseTo(variation, 1);
  });
});
