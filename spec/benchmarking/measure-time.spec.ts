import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Benchmark } from '../../src/benchmarking/benchmark.ts';
import { growthOf } from '../../src/benchmarking/growth.ts';
import { measureGrowth } from '../../src/benchmarking/measure-growth.ts';
import { measureTime } from '../../src/benchmarking/measure-time.ts';
import type { OpenEngine } from '../../src/engine/index.ts';
import { openEngine } from '../../src/engine/index.ts';

let engine: OpenEngine;
beforeAll(async () => {
  engine = await openEngine('cpu');
});
afterAll(() => {
  engine.close();
});

const benchmark = (step: () => Promise<void>, close = (): void => undefined): Benchmark => ({
  id: 'squares',
  summary: 'squares a tensor',
  unit: 'square',
  engines: ['cpu'],
  open: async () => ({ step, close }),
});

const square = async (): Promise<void> => {
  const y = tf.tidy(() => tf.square(tf.ones([3])));
  await y.data();
  y.dispose();
};

/** Keeps a tensor with each step, and releases all when there are so many; so many of them are there already. */
function buffer(
  size: number,
  filled: number,
): { readonly step: () => Promise<void>; readonly release: () => void } {
  const one = (): tf.Tensor => tf.tidy(() => tf.square(tf.ones([3])));
  const kept = Array.from({ length: filled }, one);
  return {
    step: async () => {
      kept.push(one());
      if (kept.length >= size) tf.dispose(kept.splice(0));
    },
    release: () => {
      tf.dispose(kept);
    },
  };
}

describe('measureTime', () => {
  it('times units in the order in which they were done, and counts kernels and tensors', async () => {
    let isClosed = false;
    const close = (): void => {
      isClosed = true;
    };
    const { latenciesMs, counts, memory } = await measureTime(benchmark(square, close), {
      timeMs: 50,
      engine,
    });
    expect(latenciesMs.length).toBeGreaterThanOrEqual(20);
    expect(counts).toMatchObject({ units: 20, kernels: 20, grown: { tensors: 0, bytes: 0 } });
    expect(memory.peakRssBytes).toBeGreaterThanOrEqual(memory.rssBytes / 2);
    expect(isClosed).toBe(true);
  });

  it('keeps the order of time, which tinybench does not', async () => {
    let unit = 0;
    const slowing = async (): Promise<void> => {
      unit += 1;
      await new Promise((resolve) => setTimeout(resolve, unit % 2 === 0 ? 1 : 8));
    };
    const { latenciesMs } = await measureTime({ ...benchmark(slowing), fewestUnits: 4 }, { timeMs: 1 });
    const sorted = latenciesMs.toSorted((a, b) => a - b);
    expect(latenciesMs).not.toEqual(sorted);
  });

  it('sees a leak, exactly', async () => {
    const kept: tf.Tensor[] = [];
    const leaking = benchmark(async () => {
      kept.push(tf.ones([3]));
    });
    const { counts } = await measureTime(leaking, { timeMs: 10, engine });
    expect(counts?.grown).toEqual({ tensors: 20, bytes: 240 });
    tf.dispose(kept);
  });

  it('calls no leak what is kept for a while and released together, wherever counting begins', async () => {
    for (const phase of [0, 3, 9]) {
      const { step, release } = buffer(10, phase);
      const { counts } = await measureTime(benchmark(step), { timeMs: 1, engine });
      expect(counts?.grown).toEqual({ tensors: 0, bytes: 0 });
      release();
    }
  });

  it('sees a leak beside a buffer', async () => {
    for (const phase of [0, 5, 14]) {
      const { step, release } = buffer(16, phase);
      const kept: tf.Tensor[] = [];
      const leaking = benchmark(async () => {
        await step();
        kept.push(tf.ones([3]));
      });
      const { counts } = await measureTime(leaking, { timeMs: 1, engine });
      expect(counts?.grown.tensors).toBeGreaterThan(0);
      tf.dispose(kept);
      release();
    }
  });

  it('counts nothing where no engine is opened', async () => {
    const { counts, latenciesMs } = await measureTime(
      benchmark(() => Promise.resolve()),
      { timeMs: 5 },
    );
    expect(counts).toBeUndefined();
    expect(latenciesMs.length).toBeGreaterThanOrEqual(20);
  });

  it.each([
    ['with an engine', true],
    ['without', false],
  ])('does a whole run once, without a warm-up, %s', async (_what, withEngine) => {
    let times = 0;
    const long = benchmark(async () => {
      times += 1;
      await square();
    });
    const options = withEngine ? { timeMs: 50, engine } : { timeMs: 50 };
    const { latenciesMs } = await measureTime({ ...long, fewestUnits: 1 }, options);
    expect(latenciesMs).toHaveLength(1);
    expect(times).toBe(1);
  });

  it('times another way of the same work in pairs', async () => {
    const pause = (ms: number) => (): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    const twoWays = {
      ...benchmark(pause(2)),
      fewestUnits: 2,
      open: async () => ({
        step: pause(2),
        otherWay: { name: 'slowly', step: pause(40) },
        close: () => undefined,
      }),
    };
    const { otherWay } = await measureTime(twoWays, { timeMs: 1 });
    expect(otherWay).toMatchObject({ name: 'slowly' });
    expect(otherWay?.ratios).toHaveLength(6);
    // Twenty times, on a machine that others may hold up.
    expect(Math.max(...(otherWay?.ratios ?? []))).toBeGreaterThan(2);
    expect((await measureTime(twoWays, { timeMs: 1, otherWay: false })).otherWay).toBeUndefined();
  });

  it('never measures work that fails', async () => {
    let isClosed = false;
    const failing = benchmark(
      () => Promise.reject(new Error('no such luck')),
      () => {
        isClosed = true;
      },
    );
    await expect(measureTime(failing, { timeMs: 10, engine })).rejects.toThrow(
      /squares failed on cpu[\s\S]*no such luck/,
    );
    expect(isClosed).toBe(true);
  });
});

describe('measureGrowth', () => {
  it('reads memory at equal distances, and sees what is kept', async () => {
    const kept: tf.Tensor[] = [];
    const leaking = benchmark(async () => {
      kept.push(tf.ones([3]));
    });
    const points = await measureGrowth(leaking, { timeMs: 20, engine });
    const distances = points.slice(1).map(({ unit }, index) => unit - (points[index]?.unit ?? 0));
    expect(points).toHaveLength(25);
    expect(new Set(distances).size).toBe(1);
    const [first, last] = [points[0], points.at(-1)];
    // The least of an interval is that of its first unit.
    const interval = distances[0] ?? Number.NaN;
    expect((last?.tensors ?? 0) - (first?.tensors ?? 0)).toBe((last?.unit ?? 0) - interval + 1);
    expect(growthOf(points).find(({ series }) => series === 'tensors')).toMatchObject({ slope: 1 });
    tf.dispose(kept);
  });

  it('calls flat what is kept for a while and released together, wherever following begins', async () => {
    for (const phase of [0, 5, 14]) {
      const { step, release } = buffer(16, phase);
      const points = await measureGrowth(benchmark(step), { timeMs: 20, engine });
      // Half of them, in which the buffer was emptied.
      expect((points.at(-1)?.unit ?? 0) / 2).toBeGreaterThan(16);
      const tensors = growthOf(points).find(({ series }) => series === 'tensors');
      expect(tensors).toMatchObject({ verdict: 'flat', slope: 0 });
      release();
    }
  });

  it('never follows work that fails', async () => {
    const failing = benchmark(() => Promise.reject(new Error('no such luck')));
    await expect(measureGrowth(failing, { timeMs: 10 })).rejects.toThrow(/squares failed on host/);
  });
});
