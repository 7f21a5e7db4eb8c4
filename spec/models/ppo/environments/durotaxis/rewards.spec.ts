import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColonyStep, Ending } from '../../../../../src/models/ppo/index.ts';
import {
  boundedRewards,
  driftAfter,
  durotaxisKit,
  ending,
  legacyRewards,
  milestoneReward,
} from '../../../../../src/models/ppo/index.ts';
import { settingsOf } from '../episode.ts';

const settings = settingsOf({ name: 'durotaxis', spawnGain: 2.5 });
if (settings.name !== 'durotaxis') throw new Error('another environment');

const step: ColonyStep = {
  nodes: 8,
  lags: [0.3, 0.1, -0.2, 0],
  gains: [2.5, 3, 0.1, 2.4999, -1],
  moved: 59.9,
  ending: undefined,
};

describe('the legacy scale', () => {
  it('sums ±2 over nodes: a node that does not lag, or does not gain 2.5, costs', () => {
    expect(legacyRewards(step, settings)).toEqual({ delete: 0, spawn: -2, distance: 0.5, termination: 0 });
    expect(legacyRewards({ ...step, lags: [1, 1, 1], gains: [] }, settings)).toMatchObject({
      delete: 6,
      spawn: 0,
    });
  });

  it.each<[Ending | undefined, number]>([
    ['success', 500],
    ['out-of-bounds', -100],
    ['no-nodes', -100],
    ['drift', -50],
    ['too-many-nodes', -15],
    [undefined, 0],
  ])('pays for %s %i', (how, paid) => {
    expect(legacyRewards({ ...step, ending: how }, settings).termination).toBe(paid);
  });
});

describe('the bounded scale', () => {
  it('divides by the nodes from before the step', () => {
    const paid = boundedRewards(durotaxisKit, { ...step, lags: [1, 1, -1] }, settings);
    expect(paid).toEqual({ delete: 1 / 8, spawn: -1 / 8, distance: 59.9 / 599, termination: 0 });
    expect(boundedRewards(durotaxisKit, { ...step, ending: 'success' }, settings).termination).toBe(1);
    expect(boundedRewards(durotaxisKit, { ...step, ending: 'drift' }, settings).termination).toBe(-1);
  });

  it('stays within ±1, however many nodes there are', () => {
    const value = fc.double({ min: -5, max: 5, noNaN: true });
    const endings = fc.constantFrom<Ending | undefined>('success', 'drift', 'no-nodes', undefined);
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 150 }),
        fc.array(value, { maxLength: 150 }),
        fc.double({ min: -1000, max: 1000, noNaN: true }),
        endings,
        (lags, gains, moved, how) => {
          const nodes = lags.length + gains.length;
          const paid = boundedRewards(durotaxisKit, { nodes, lags, gains, moved, ending: how }, settings);
          for (const one of Object.values<number>({ ...paid })) expect(Math.abs(one)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('ending', () => {
  const at = (...nodes: readonly (readonly [number, number])[]) => ({
    x: Float32Array.from(nodes, ([x]) => x),
    y: Float32Array.from(nodes, ([, y]) => y),
  });
  const crowd = (count: number) => at(...Array.from({ length: count }, () => [300, 200] as const));
  it.each([
    ['is in time', at([100, 200], [594, 200]), 29, undefined],
    ['arrives', at([100, 200], [594.1, 200]), 0, 'success'],
    ['arrives past every edge, in a crowd', at([900, -5]), 99, 'success'],
    ['is gone', at(), 0, 'no-nodes'],
    ['leaves at the top', at([100, 200], [100, 400.1]), 0, 'out-of-bounds'],
    ['leaves at the bottom', at([100, -0.1]), 0, 'out-of-bounds'],
    ['leaves at the left', at([-0.1, 200]), 0, 'out-of-bounds'],
    ['is as many as it may be', crowd(200), 0, undefined],
    ['is one more', crowd(201), 0, 'too-many-nodes'],
    ['drifts for 30 steps', at([100, 200]), 30, 'drift'],
  ])('of a colony that %s', (_name, colony, drift, expected) => {
    expect(ending(colony, drift, settings)).toBe(expected);
  });

  it('counts steps to the left in a row', () => {
    expect(
      [-1, -0.1, 0, -2, -3, 1].reduce<readonly number[]>(
        (counts, moved) => [...counts, driftAfter(counts.at(-1) ?? 0, moved)],
        [],
      ),
    ).toEqual([1, 2, 0, 1, 2, 0]);
  });
});

describe('milestones', () => {
  it.each([
    [10, 2],
    [150, 5],
    [299, 5],
    [300, 10],
    [450, 17],
  ])('pay, with the furthest node at %i, %i a step, or its share of 17', (x, paid) => {
    const colony = { x: Float32Array.of(0, x, 5), y: new Float32Array(3) };
    expect(milestoneReward(colony, { ...settings, scale: 'legacy' })).toBe(paid);
    expect(milestoneReward(colony, settings)).toBe(paid / 17);
  });

  it('pay nothing to a colony that is gone', () => {
    expect(milestoneReward({ x: new Float32Array(0), y: new Float32Array(0) }, settings)).toBe(0);
  });
});
