import { Bench } from 'tinybench';
import type { OpenEngine } from '../engine/open.ts';
import type { ProcessMemory } from '../engine/process-memory.ts';
import { processMemory, settleMemory } from '../engine/process-memory.ts';
import type { Benchmark } from './benchmark.ts';
import { fewestUnitsOf, isDoneOnce } from './benchmark.ts';
import { benchmarkFailed } from './failure.ts';
import type { UnitCounts } from './unit-counts.ts';
import { countUnits } from './unit-counts.ts';
import type { WayRatios } from './way-ratios.ts';
import { wayRatios } from './way-ratios.ts';

/** What one process measured of a benchmark; plain data. */
export interface TimeMeasurement {
  /** Time of each unit in ms, in the order in which they were done, after the warm-up. */
  readonly latenciesMs: readonly number[];
  /** Absent where no tensor is touched. */
  readonly counts?: UnitCounts;
  /** After the units that are counted, garbage collected: what is faster does more units in the time, and keeps more times. */
  readonly memory: ProcessMemory;
  /** What computed: the version of the engine's package, and the GPU where there is one. */
  readonly engine?: Pick<OpenEngine, 'version' | 'device'>;
  readonly otherWay?: WayRatios;
}

export interface MeasureOptions {
  /** How long units are timed. */
  readonly timeMs: number;
  /** On none for work that touches no tensor. */
  readonly engine?: OpenEngine;
  /** Whether another way is timed too, where there is one. */
  readonly otherWay?: boolean;
}

/** Shaders are compiled, caches filled and code optimised before the timing begins. */
const WARM_UP_SHARE = 0.25;

/**
 * Times a benchmark unit by unit. First a fixed number of units is counted, which is part of the warm-up, then tinybench
 * sets the pace. Its own samples are sorted: the series in the order of time is kept beside it.
 *
 * @throws SuiteError `benchmark-failed` when a unit throws: a benchmark that fails is never fast.
 */
export async function measureTime(
  benchmark: Benchmark,
  { timeMs, engine, otherWay = true }: MeasureOptions,
): Promise<TimeMeasurement> {
  try {
    const run = await benchmark.open();
    try {
      const once = isDoneOnce(benchmark);
      const fewest = fewestUnitsOf(benchmark);
      // What the first unit makes for all that follow is no growth.
      if (!once) await run.step();
      const latenciesMs: number[] = [];
      const step = async (): Promise<void> => {
        const began = performance.now();
        await run.step();
        latenciesMs.push(performance.now() - began);
      };
      const counts = await countUnits(step, fewest, engine);
      settleMemory();
      const memory = processMemory();
      if (!once) {
        await timed(() => run.step(), WARM_UP_SHARE * timeMs, 1);
        latenciesMs.length = 0;
        settleMemory();
        await timed(step, timeMs, fewest);
      }
      return {
        latenciesMs,
        ...(counts === undefined ? {} : { counts }),
        memory,
        ...(engine === undefined ? {} : { engine: deviceOf(engine) }),
        ...(otherWay && run.otherWay !== undefined ? { otherWay: await wayRatios(run, run.otherWay) } : {}),
      };
    } finally {
      run.close();
    }
  } catch (error) {
    throw benchmarkFailed(benchmark.id, engine?.name, error);
  }
}

function deviceOf({ version, device }: OpenEngine): Pick<OpenEngine, 'version' | 'device'> {
  return { version, ...(device === undefined ? {} : { device }) };
}

/** At least so long and so often. */
async function timed(step: () => Promise<void>, time: number, iterations: number): Promise<void> {
  const bench = new Bench({ time, iterations, warmup: false, throws: true });
  // Said, since tinybench finds it out by doing a unit.
  bench.add('unit', step, { async: true });
  await bench.run();
}
