import { describe, expect, it } from 'vitest';
import {
  logAbilityDeviation,
  meanAbility,
  parseBewleyConfiguration,
  starAbility,
  starShare,
} from '../../../src/models/bewley/index.ts';
import { abilityChain, tauchen } from '../../../src/models/bewley/reference/index.ts';
import { economy } from './presets.ts';

const FINE = { nodes: 201, deviations: 6 };
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('ability', () => {
  it('has ē as its median and not as its mean', () => {
    const { ability } = economy(
      'documented',
      'ability.star.become=0',
      'ability.rho=0.5',
      'ability.sigma=0.5',
    );
    const { abilities, shares } = abilityChain(ability, { nodes: 81, deviations: 6 });
    const mean = sum(abilities.map((one, state) => one * (shares[state] ?? Number.NaN)));
    expect(mean / meanAbility(ability)).toBeCloseTo(1, 2);
    expect(meanAbility(ability)).toBeCloseTo(5 * Math.exp(0.25 / 0.75 / 2), 12);
    expect(starAbility(ability)).toBe(10 * meanAbility(ability));
  });
});

describe('tauchen', () => {
  const process = { rho: 0.9, sigma: 0.1 };

  it('keeps the mean and the variance that the process has, far from the ends', () => {
    const { states, transition } = tauchen(process, FINE.nodes, FINE.deviations);
    for (const from of [70, 100, 130]) {
      const row = transition[from] ?? [];
      const mean = sum(row.map((share, to) => share * (states[to] ?? Number.NaN)));
      const spread = sum(row.map((share, to) => share * ((states[to] ?? Number.NaN) - mean) ** 2));
      expect(sum(row)).toBeCloseTo(1, 13);
      expect(mean).toBeCloseTo(0.9 * (states[from] ?? Number.NaN), 10);
      expect(Math.sqrt(spread)).toBeCloseTo(0.1, 3);
    }
  });

  it('puts the mass beyond on the end nodes, which are where they should be', () => {
    const { states, transition } = tauchen(process, 9, 2);
    const end = 2 * (0.1 / Math.sqrt(0.19));
    expect(states[8]).toBeCloseTo(end, 14);
    expect(states[0]).toBeCloseTo(-end, 14);
    expect(transition.map(sum)).toEqual(transition.map(() => expect.closeTo(1, 13) as number));
    expect(transition[8]?.[8]).toBeGreaterThan(transition[8]?.[7] ?? Number.NaN);
  });

  it('has one node without a shock', () => {
    expect(tauchen({ rho: 0.9, sigma: 0 }, 9, 2)).toEqual({ states: [0], transition: [[1]] });
  });
});

describe('the chain of ability', () => {
  it('keeps its shares, with stars among them', () => {
    const { ability } = economy('us');
    const { abilities, transition, shares, hasStar } = abilityChain(ability, { nodes: 9, deviations: 2 });
    expect(hasStar).toBe(true);
    expect(abilities).toHaveLength(10);
    expect(shares[9]).toBeCloseTo(2.2e-6 / 0.0100022, 12);
    expect(shares[9]).toBe(starShare(ability));
    shares.forEach((share, to) => {
      const next = sum(shares.map((from, state) => from * (transition[state]?.[to] ?? Number.NaN)));
      expect(Math.abs(next - share)).toBeLessThan(1e-14);
    });
  });

  it('stays within the truncation', () => {
    const { ability } = parseBewleyConfiguration({ ability: { truncation: 1.5, star: { become: 0 } } });
    const { abilities } = abilityChain(ability, { nodes: 19, deviations: 3 });
    expect(abilities.at(-1)).toBeCloseTo(5 * Math.exp(1.5 * logAbilityDeviation(ability)), 10);
  });
});
