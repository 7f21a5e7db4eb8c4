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
  /** The least after any unit since the last point; absent where no tensor is touched. */
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
      const points = [await pointAt(0, tensorsOf(engine))];
      for (let interval = 1; interval <= INTERVALS; interval += 1) {
        let least: Tensors = {};
        for (let unit = 0; unit < units; unit += 1) {
          await run.step();
          least = leastOf(least, tensorsOf(engine));
        }
        points.push(await pointAt(interval * units, least));
      }
      return points;
    } finally {
      run.close();
    }
  } catch (error) {
    throw benchmarkFailed(benchmark.id, engine?.name, error);
  }
}

type Tensors = Pick<MemoryPoint, 'tensors' | 'tensorBytes'>;

function tensorsOf(engine: OpenEngine | undefined): Tensors {
  if (engine === undefined) return {};
  const { tensors, bytes: tensorBytes } = engine.memory();
  return { tensors, tensorBytes };
}

/** Of each count the less; a count that one of them lacks is that of the other. */
function leastOf(one: Tensors, other: Tensors): Tensors {
  const { tensors, tensorBytes } = other;
  if (tensors === undefined || tensorBytes === undefined) return one;
  return {
    tensors: Math.min(tensors, one.tensors ?? tensors),
    tensorBytes: Math.min(tensorBytes, one.tensorBytes ?? tensorBytes),
  };
}

async function pointAt(unit: number, tensors: Tensors): Promise<MemoryPoint> {
  settleMemory();
  // Finalisers of native objects run in the next turn of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
  const { rssBytes, heapBytes, externalBytes } = processMemory();
  return { unit, rssBytes, heapBytes, externalBytes, ...tensors };
}
