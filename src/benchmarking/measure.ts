import { Bench } from 'tinybench';
import type { OpenEngine } from '../engine/index.ts';
import { processMemory, settleMemory } from '../engine/index.ts';
import { SuiteError } from '../errors.ts';
import { quantile } from '../numerics/robust.ts';
import type { Benchmark } from './benchmark.ts';

/** What one benchmark did on one engine; plain data. */
export interface BenchmarkResult {
  readonly benchmark: string;
  readonly engine: string;
  readonly unit: string;
  /** Units that were timed, after the warm-up. */
  readonly units: number;
  /** Time of one unit in ms: lower quartile, median, upper quartile. */
  readonly latencyMs: { readonly p25: number; readonly p50: number; readonly p75: number };
  /** One over the median time. */
  readonly unitsPerSecond: number;
  /** What units are made of, and how many of those a second. */
  readonly parts?: { readonly name: string; readonly perSecond: number };
  /** By how much these rose over all timed units: 0 where nothing leaks. */
  readonly growth: { readonly tensors: number; readonly tensorBytes: number };
  /** Tensors and their bytes that are alive between two units. */
  readonly alive: { readonly tensors: number; readonly tensorBytes: number };
  /** Physical memory of the process at the end, garbage collected, in bytes. */
  readonly rssBytes: number;
  /** The most that it was. */
  readonly peakRssBytes: number;
  /** Time of a unit done in the other way over that of the one before it, where there is another way. */
  readonly otherWay?: Ratio;
  /** Kernels that the engine ran for one unit, on average. */
  readonly kernels: number;
}

/** Quartiles of ratios that were measured in pairs. */
export interface Ratio {
  readonly name: string;
  readonly pairs: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
}

export interface MeasureOptions {
  /** How long units are timed. */
  readonly timeMs: number;
}

/** Shaders are compiled, caches filled and code optimised before the timing begins. */
const WARM_UP_SHARE = 0.25;
const FEWEST_UNITS = 20;

/** Pairs of which each way comes first in half. */
const PAIRS = 6;

/**
 * Times a benchmark on the open engine, unit by unit, with tinybench.
 *
 * @throws SuiteError `benchmark-failed` when a unit throws: a benchmark that fails is never fast.
 */
export async function measure(
  benchmark: Benchmark,
  engine: OpenEngine,
  { timeMs }: MeasureOptions,
): Promise<BenchmarkResult> {
  const run = await benchmark.open();
  const { fewestUnits = FEWEST_UNITS } = benchmark;
  const isOnce = fewestUnits === 1;
  const often = {
    time: timeMs,
    iterations: fewestUnits,
    warmupTime: WARM_UP_SHARE * timeMs,
    warmupIterations: fewestUnits,
  };
  const once = { time: 0, iterations: 1, warmup: false };
  const bench = new Bench({
    ...(isOnce ? once : often),
    retainSamples: true,
    throws: true,
  });
  // Said, since tinybench finds it out by doing a unit.
  bench.add(benchmark.id, () => run.step(), { async: true });
  const [task] = bench.tasks;
  try {
    if (!isOnce) await task?.warmup();
    settleMemory();
    const [before, kernelsBefore] = [engine.memory(), kernelsOf(engine)];
    await task?.run();
    const [after, kernels] = [engine.memory(), kernelsOf(engine) - kernelsBefore];
    settleMemory();
    const { rssBytes, peakRssBytes } = processMemory();
    const samples = samplesOf(task?.result);
    const at = (share: number): number => quantile(samples, share);
    return {
      benchmark: benchmark.id,
      engine: engine.name,
      unit: benchmark.unit,
      units: samples.length,
      latencyMs: { p25: at(0.25), p50: at(0.5), p75: at(0.75) },
      unitsPerSecond: 1000 / at(0.5),
      ...(benchmark.parts === undefined
        ? {}
        : {
            parts: {
              name: benchmark.parts.name,
              perSecond: benchmark.parts.count * (1000 / at(0.5)),
            },
          }),
      growth: { tensors: after.tensors - before.tensors, tensorBytes: after.bytes - before.bytes },
      alive: { tensors: before.tensors, tensorBytes: before.bytes },
      rssBytes,
      peakRssBytes,
      ...(run.otherWay === undefined ? {} : { otherWay: await ratioOf(run.step, run.otherWay) }),
      kernels: kernels / samples.length,
    };
  } catch (error) {
    throw new SuiteError({
      code: 'benchmark-failed',
      what: `the benchmark ${benchmark.id} failed on ${engine.name}`,
      given: error instanceof Error ? error.message : String(error),
      expected: 'a unit that does its work',
      cause: error,
    });
  } finally {
    run.close();
  }
}

/** Work that others do on the machine slows both of a pair. */
async function ratioOf(
  step: () => Promise<void>,
  other: { readonly name: string; readonly step: () => Promise<void> },
): Promise<Ratio> {
  const timeOf = async (work: () => Promise<void>): Promise<number> => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  await other.step();
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const otherFirst = pair % 2 === 1 ? await timeOf(other.step) : undefined;
    const own = await timeOf(step);
    ratios.push((otherFirst ?? (await timeOf(other.step))) / own);
  }
  const at = (share: number): number => quantile(ratios, share);
  return { name: other.name, pairs: PAIRS, p25: at(0.25), p50: at(0.5), p75: at(0.75) };
}

function kernelsOf({ kernels }: OpenEngine): number {
  return kernels.signatures().reduce((sum, { count }) => sum + count, 0);
}

/** Latencies in ms. */
function samplesOf(result: Bench['tasks'][number]['result'] | undefined): readonly number[] {
  return result !== undefined && 'latency' in result ? (result.latency.samples ?? []) : [];
}
