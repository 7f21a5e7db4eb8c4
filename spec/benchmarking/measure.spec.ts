import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Benchmark } from '../../src/benchmarking/benchmark.ts';
import { measure } from '../../src/benchmarking/measure.ts';
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

describe('measure', () => {
  it('counts units, kernels and what is alive, and closes the work', async () => {
    let isClosed = false;
    const close = (): void => {
      isClosed = true;
    };
    const result = await measure(benchmark(square, close), engine, { timeMs: 50 });
    expect(result.units).toBeGreaterThanOrEqual(20);
    expect(result.latencyMs.p25).toBeLessThanOrEqual(result.latencyMs.p50);
    expect(result.unitsPerSecond).toBeCloseTo(1000 / result.latencyMs.p50);
    expect(result.kernels).toBe(1);
    expect(result.growth).toEqual({ tensors: 0, tensorBytes: 0 });
    expect(isClosed).toBe(true);
  });

  it('tells the rate of what a unit is made of', async () => {
    const made = { ...benchmark(square), parts: { name: 'elements', count: 3 } };
    const { parts, unitsPerSecond } = await measure(made, engine, { timeMs: 10 });
    expect(parts).toEqual({ name: 'elements', perSecond: 3 * unitsPerSecond });
  });

  it('sees a leak, exactly', async () => {
    const kept: tf.Tensor[] = [];
    const result = await measure(
      benchmark(async () => {
        kept.push(tf.ones([3]));
      }),
      engine,
      { timeMs: 10 },
    );
    expect(result.growth).toEqual({ tensors: result.units, tensorBytes: 12 * result.units });
    tf.dispose(kept);
  });

  it('does a long unit once, without a warm-up', async () => {
    let times = 0;
    const long = benchmark(async () => {
      times += 1;
    });
    const result = await measure({ ...long, fewestUnits: 1 }, engine, { timeMs: 50 });
    expect(result.units).toBe(1);
    expect(times).toBe(1);
  });

  it('times another way of the same work in pairs', async () => {
    const pause = (ms: number) => (): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    const result = await measure(
      {
        ...benchmark(pause(2)),
        fewestUnits: 2,
        open: async () => ({
          step: pause(2),
          otherWay: { name: 'slowly', step: pause(40) },
          close: () => undefined,
        }),
      },
      engine,
      { timeMs: 1 },
    );
    expect(result.otherWay).toMatchObject({ name: 'slowly', pairs: 6 });
    // Twenty times, on a machine that others may hold up.
    expect(result.otherWay?.p75).toBeGreaterThan(2);
    expect(result.peakRssBytes).toBeGreaterThanOrEqual(result.rssBytes / 2);
  });

  it('never measures work that fails', async () => {
    let isClosed = false;
    const failing = benchmark(
      () => Promise.reject(new Error('no such luck')),
      () => {
        isClosed = true;
      },
    );
    await expect(measure(failing, engine, { timeMs: 10 })).rejects.toThrow(
      /squares failed on cpu[\s\S]*no such luck/,
    );
    expect(isClosed).toBe(true);
  });
});
