import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Colony } from '../../../../../src/models/ppo/index.ts';
import {
  durotaxisKit,
  hullArea,
  readAction,
  readState,
  removal,
  spawnLength,
  stateSize,
  writeState,
} from '../../../../../src/models/ppo/index.ts';
import { streamOf } from '../../../../../src/numerics/stream.ts';
import { settingsOf } from '../episode.ts';

const place = (most: number) => fc.integer({ min: 0, max: most });
const colonies = fc
  .array(fc.tuple(place(590), place(400)), { minLength: 1, maxLength: 40 })
  .map((nodes): Colony => ({
    x: Float32Array.from(nodes, ([x]) => x),
    y: Float32Array.from(nodes, ([, y]) => y),
  }));
const substrate = { slope: 0.02, intercept: 1 };

describe('removal', () => {
  it('takes the leftmost, and keeps the order of the others', () => {
    fc.assert(
      fc.property(colonies, fc.nat(), (colony, draw) => {
        const count = draw % (colony.x.length + 1);
        const { kept, removed } = removal(colony, count);
        expect(removed).toHaveLength(count);
        expect([...kept.x, ...removed].sort()).toEqual([...colony.x].sort());
        expect(Math.max(-1, ...removed)).toBeLessThanOrEqual(Math.min(1e9, ...kept.x));
        // A chain in the old order: each kept node is found after the one before it.
        let from = -1;
        for (const [i, x] of kept.x.entries()) {
          from = colony.x.findIndex((one, at) => at > from && one === x && colony.y[at] === kept.y[i]);
          expect(from).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it.each([
    [0.7, 5, 3],
    [0.7, 1, 0],
    [0.5, 6, 3],
    [0.49, 200, 98],
  ])('at a ratio of %f deletes, of %i nodes, %i', (ratio, nodes, count) => {
    expect(durotaxisKit.removalCount(ratio, nodes)).toBe(count);
  });
});

describe('spawning', () => {
  it('puts a node at L in direction θ, next to its parent in the chain', () => {
    const action = readAction([0, 12, 2, 0, 0.3]);
    const { colony, gains } = durotaxisKit.spawning(
      durotaxisKit,
      { x: Float32Array.of(50, 200), y: Float32Array.of(100, 300) },
      substrate,
      action,
      streamOf(0),
    );
    // f = 2 and 5: L = 12/(1 + 1) and 12/(1 + .16).
    const lengths = [6, 12 / 1.16];
    const [first = 0, second = 0] = lengths;
    expect([...colony.x].map((x) => Number(x.toFixed(3)))).toEqual(
      [50, 50 + first * Math.cos(0.3), 200, 200 + second * Math.cos(0.3)].map((x) => Number(x.toFixed(3))),
    );
    expect(colony.y[3]).toBeCloseTo(300 + second * Math.sin(0.3), 4);
    expect(gains[0]).toBeCloseTo(0.02 * first * Math.cos(0.3), 6);
    expect(spawnLength(action, 2)).toBe(6);
  });

  it('adds noise of the deviation that the policy chose', () => {
    const many = { x: new Float32Array(2000).fill(100), y: new Float32Array(2000) };
    const action = readAction([0, 12, 3, 0.5, 0]);
    const { colony } = durotaxisKit.spawning(durotaxisKit, many, substrate, action, streamOf(5));
    const errors = colony.x.filter((_, i) => i % 2 === 1).map((x) => x - 106);
    // Of 2,000 squares the mean deviates by 3 %; the mean itself by .011.
    expect(Math.abs(errors.reduce((sum, one) => sum + one, 0) / 2000)).toBeLessThan(0.055);
    expect(Math.sqrt(errors.reduce((sum, one) => sum + one * one, 0) / 2000)).toBeCloseTo(0.5, 1);
  });
});

describe('one policy', () => {
  it('leaves 2 (N − k) nodes: at most twice as many', () => {
    fc.assert(
      fc.property(colonies, fc.double({ min: 0, max: 0.7, noNaN: true }), fc.nat(), (colony, ratio, seed) => {
        const action = readAction([ratio, 10, 1, 0.1, 0]);
        const {
          colony: after,
          lags,
          gains,
        } = durotaxisKit.act(durotaxisKit, colony, substrate, action, streamOf(seed));
        const count = colony.x.length;
        expect(lags).toHaveLength(Math.floor(ratio * count));
        expect(gains).toHaveLength(count - lags.length);
        expect(after.x).toHaveLength(2 * (count - lags.length));
      }),
    );
  });
});

describe('a deleted node', () => {
  it('lags behind the mean of the whole colony, as it was before', () => {
    const colony = { x: Float32Array.of(100, 0, 20, 10), y: new Float32Array(4) };
    const action = readAction([0.75, 10, 1, 0.1, 0]);
    const { lags } = durotaxisKit.act(
      durotaxisKit,
      colony,
      { slope: 0.5, intercept: 3 },
      action,
      streamOf(1),
    );
    // The mean place is 32.5; 0, 10 and 20 go.
    expect(lags).toEqual([16.25, 11.25, 6.25]);
  });
});

describe('a state', () => {
  it('comes out of its row as it went in, and leaves nothing of what was there before', () => {
    const settings = settingsOf({ name: 'durotaxis' });
    if (settings.name !== 'durotaxis') throw new Error('another environment');
    fc.assert(
      fc.property(colonies, fc.nat(29), (colony, drift) => {
        const row = new Float32Array(stateSize(settings)).fill(7);
        writeState({ colony, substrate: { slope: 0.5, intercept: 2 }, drift }, row);
        expect(readState(row)).toEqual({ colony, substrate: { slope: 0.5, intercept: 2 }, drift });
        expect(row.subarray(4 + 2 * colony.x.length).every((value) => value === 0)).toBe(true);
      }),
    );
    const crowd = { x: new Float32Array(801), y: new Float32Array(801) };
    const row = new Float32Array(stateSize(settings));
    expect(() => {
      writeState({ colony: crowd, substrate, drift: 0 }, row);
    }).toThrow(/durotaxis-overflow/);
  });
});

describe('hullArea', () => {
  it.each<[string, readonly (readonly [number, number])[], number]>([
    ['no nodes', [], 0],
    ['one', [[3, 4]], 0],
    ['a line', [[0, 0], [2, 2], [1, 1]], 0], // prettier-ignore
    ['a triangle and a node within', [[0, 0], [4, 0], [0, 3], [1, 1]], 6], // prettier-ignore
    ['a square, corners above each other', [[0, 0], [0, 2], [2, 2], [2, 0], [1, 2]], 4], // prettier-ignore
  ])('of %s', (_name, nodes, area) => {
    const [x, y] = [Float32Array.from(nodes, ([one]) => one), Float32Array.from(nodes, ([, one]) => one)];
    expect(hullArea({ x, y })).toBeCloseTo(area, 6);
  });

  it('lies in the box, holds every triangle, and is not changed by what is within', () => {
    fc.assert(
      fc.property(colonies, (colony) => {
        const width = Math.max(...colony.x) - Math.min(...colony.x);
        const height = Math.max(...colony.y) - Math.min(...colony.y);
        const area = hullArea(colony);
        expect(area).toBeLessThanOrEqual(width * height + 1e-6);
        const [ax = 0, bx = 0, cx = 0] = colony.x;
        const [ay = 0, by = 0, cy = 0] = colony.y;
        const triangle =
          colony.x.length < 3 ? 0 : Math.abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) / 2;
        expect(area).toBeGreaterThanOrEqual(triangle - 1e-6);
        const midpoints = (values: Float32Array): Float32Array =>
          Float32Array.from([...values, ...values.map((one, i) => (one + (values[i + 1] ?? one)) / 2)]);
        expect(hullArea({ x: midpoints(colony.x), y: midpoints(colony.y) })).toBeCloseTo(area, 6);
      }),
    );
  });
});
