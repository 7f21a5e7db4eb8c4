import { describe, expect, it } from 'vitest';
import type { BewleyExogenous } from '../../../src/models/bewley/index.ts';
import {
  abilityBounds,
  bewleyAbilityKit as kit,
  logAbilityDeviation,
  meanAbility,
  parseBewleyConfiguration,
  starAbility,
} from '../../../src/models/bewley/index.ts';
import { normalDistribution, streamOf } from '../../../src/numerics/index.ts';

const { ability } = parseBewleyConfiguration({ ability: { rho: 0.9, sigma: 0.3, median: 5 } });
const withStars = { ...ability, star: { become: 0.3, stay: 0.6, multiplier: 10 } };
const truncated = { ...ability, truncation: 2 };

function agents(levels: readonly number[], stars: readonly number[] = levels.map(() => 0)): BewleyExogenous {
  return { ability: Float32Array.from(levels), star: Uint8Array.from(stars) };
}

/** A stream all of whose normal numbers are this one, and whose uniform ones are another. */
function luck(normal: number, uniform: number): ReturnType<typeof streamOf> {
  const stream = streamOf(1);
  return { ...stream, normal: () => normal, uniform: () => uniform, split: () => luck(normal, uniform) };
}

describe('normal ability', () => {
  it('is an autoregression of log ability around the median', () => {
    const next = kit.nextNormalAbility(kit, ability, 2, 1.5);
    expect(Math.log(next)).toBeCloseTo(0.1 * Math.log(5) + 0.9 * Math.log(2) + 0.3 * 1.5, 14);
    expect(kit.nextNormalAbility(kit, ability, 5, 0)).toBeCloseTo(5, 13);
  });

  it('is put on bounds that are centred on the median in logs', () => {
    const bounds = abilityBounds(truncated);
    expect(abilityBounds(ability)).toBeUndefined();
    expect((bounds?.lowest ?? 0) * (bounds?.highest ?? 0)).toBeCloseTo(25, 10);
    expect(Math.log((bounds?.highest ?? 0) / 5)).toBeCloseTo(2 * logAbilityDeviation(ability), 14);
    expect(kit.nextNormalAbility(kit, truncated, 5, 100)).toBe(bounds?.highest);
    expect(kit.nextNormalAbility(kit, truncated, 5, -100)).toBe(bounds?.lowest);
  });

  it('has the stationary law from its first draw', () => {
    const stream = streamOf('stationary');
    const draws = Array.from({ length: 20_000 }, () => kit.drawStationaryAbility(kit, ability, stream));
    const mean = draws.reduce((sum, level) => sum + level, 0) / draws.length;
    expect(mean / meanAbility(ability)).toBeCloseTo(1, 1);
    expect(draws.filter((level) => level < 5).length / draws.length).toBeCloseTo(0.5, 1);
  });

  it('when truncated, has the share on its bounds that a long path has', () => {
    const stream = streamOf('truncated');
    const bounds = abilityBounds(truncated);
    const isOnBound = (level: number): boolean => level === bounds?.lowest || level === bounds?.highest;
    const draws = Array.from({ length: 6_000 }, () => kit.drawStationaryAbility(kit, truncated, stream));
    const share = draws.filter(isOnBound).length / draws.length;
    let level = 5;
    let onBound = 0;
    for (let step = 0; step < 400_000; step += 1) {
      level = kit.nextNormalAbility(kit, truncated, level, stream.normal());
      if (isOnBound(level)) onBound += 1;
    }
    // Three standard errors of 6,000 draws; the truncated lognormal that the draws begin with has 0.0455.
    expect(Math.abs(share - onBound / 400_000)).toBeLessThan(0.008);
    expect(onBound / 400_000).toBeLessThan(2 * normalDistribution(-2) - 0.009);
  });
});

describe('stars', () => {
  const levels = [2, 3, starAbility(withStars), starAbility(withStars)];
  const state = agents(levels, [0, 0, 1, 1]);

  it('become and stay with their own probabilities', () => {
    expect([0.29, 0.3].map((uniform) => kit.nextStar(withStars, false, uniform))).toEqual([true, false]);
    expect([0.59, 0.6].map((uniform) => kit.nextStar(withStars, true, uniform))).toEqual([true, false]);
    expect(kit.nextStar(ability, false, 0)).toBe(true);
    expect(kit.nextStar({ ...ability, star: { ...ability.star, become: 0 } }, false, 0)).toBe(false);
  });

  it('have one level, whether they were stars or not', () => {
    const process = { ability: withStars, complete: false };
    const { ability: next, star } = kit.nextExogenous(kit, process, state, luck(0.5, 0.1));
    expect([...star]).toEqual([1, 1, 1, 1]);
    expect([...next]).toEqual(Array(4).fill(Math.fround(10 * meanAbility(withStars))));
  });

  it('that fall draw from the stationary law', () => {
    const process = { ability: withStars, complete: false };
    const { ability: next, star } = kit.nextExogenous(kit, process, state, luck(0.5, 0.9));
    expect([...star]).toEqual([0, 0, 0, 0]);
    expect(next[0]).toBeCloseTo(kit.nextNormalAbility(kit, withStars, 2, 0.5), 6);
    expect(next[2]).toBeCloseTo(5 * Math.exp(0.5 * logAbilityDeviation(ability)), 5);
  });
});

describe('branches', () => {
  const process = { ability, complete: false };
  const state = agents([2, 5, 9]);

  it('are two draws from one state, the same whenever they are asked for', () => {
    const { a, b } = kit.drawBranches(kit, process, state, streamOf(3));
    expect([...a.ability]).not.toEqual([...b.ability]);
    expect(kit.drawBranches(kit, process, state, streamOf(3))).toEqual({ a, b });
    expect([...state.ability]).toEqual([2, 5, 9]);
  });

  it('are the state itself where ability is complete', () => {
    const { a, b } = kit.drawBranches(kit, { ability, complete: true }, state, streamOf(3));
    expect(a).toEqual(state);
    expect(b).toEqual(state);
  });

  it('do not depend on what becomes of other agents', () => {
    const process = { ability: withStars, complete: false };
    const next = (stars: readonly number[]) =>
      kit.nextExogenous(kit, process, agents([2, 5, 9, 2], stars), streamOf(8)).ability[3];
    expect(new Set([next([0, 0, 0, 0]), next([1, 1, 0, 0]), next([1, 1, 1, 0])]).size).toBe(1);
  });

  it('are chosen by a fair coin and committed whole', () => {
    const stream = streamOf('coin');
    const heads = Array.from({ length: 2_000 }, () => kit.chooseBranch(stream)).filter(
      (name) => name === 'a',
    );
    expect(Math.abs(heads.length - 1_000)).toBeLessThan(6 * Math.sqrt(500));
    const branches = kit.drawBranches(kit, process, state, streamOf(3));
    expect(kit.commitExogenous(branches, 'a')).toBe(branches.a);
    expect(kit.commitExogenous(branches, 'b')).toBe(branches.b);
  });
});
