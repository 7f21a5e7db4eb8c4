import type { OpenEngine } from '../engine/open.ts';
import { processMemory, settleMemory } from '../engine/process-memory.ts';
import type { Benchmark } from './benchmark.ts';
import { benchmarkFailed } from './failure.ts';
import type { MeasureOptions } from './measure-time.ts';

/** Memory after so many units, all garbage collected. */
export interface MemoryPoint {
  /** Units since the warm-up. */
  readonly unit: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
  readonly externalBytes: number;
  /** Absent where no tensor is touched. */
  readonly tensors?: number;
  readonly tensorBytes?: number;
}

/** Intervals between garbage barriers: enough for a slope with an interval that a third of them may spoil. */
const INTERVALS = 24;

/** V8 optimises code, and libraries fill caches, in the first units. */
const WARM_UP_SHARE = 0.25;

/**
 * Does units of a benchmark, and reads all its memory at equal distances behind a garbage barrier.
 *
 * @throws SuiteError `benchmark-failed` when a unit throws.
 */
export async function measureGrowth(
  benchmark: Benchmark,
  { timeMs, engine }: MeasureOptions,
): Promise<readonly MemoryPoint[]> {
  try {
    const run = await benchmark.open();
    try {
      const began = performance.now();
      let warmUp = 0;
      while (warmUp === 0 || performance.now() - began < WARM_UP_SHARE * timeMs) {
        await run.step();
        warmUp += 1;
      }
      const unitMs = (performance.now() - began) / warmUp;
      const units = Math.max(1, Math.round(timeMs / (INTERVALS * unitMs)));
      const points = [await pointAt(0, engine)];
      for (let interval = 1; interval <= INTERVALS; interval += 1) {
        for (let unit = 0; unit < units; unit += 1) await run.step();
        points.push(await pointAt(interval * units, engine));
      }
      return points;
    } finally {
      run.close();
    }
  } catch (error) {
    throw benchmarkFailed(benchmark.id, engine?.name, error);
  }
}

async function pointAt(unit: number, engine: OpenEngine | undefined): Promise<MemoryPoint> {
  settleMemory();
  // Finalisers of native objects run in the next turn of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
  const { rssBytes, heapBytes, externalBytes } = processMemory();
  const { tensors, bytes } = engine?.memory() ?? {};
  return {
    unit,
    rssBytes,
    heapBytes,
    externalBytes,
    ...(tensors === undefined ? {} : { tensors }),
    ...(bytes === undefined ? {} : { tensorBytes: bytes }),
  };
}
