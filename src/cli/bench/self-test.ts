import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Comparison } from '../../benchmarking/comparison.ts';
import type { TimeMeasurement } from '../../benchmarking/measure-time.ts';
import type { BenchmarkOutcome, BenchmarkResult } from '../../benchmarking/result.ts';
import { leakedOf } from '../../benchmarking/result.ts';
import type { Benchmark } from '../../benchmarking/benchmark.ts';
import { leakNative, leakTensor, SLOW_DOWNS } from '../../benchmarking/self-test/benchmarks.ts';
import { change, growthText, interval } from '../../reporting/bench-texts.ts';
import { packageRoot } from '../../version.ts';
import { compared, measureInTurn } from './compare-sources.ts';
import type { BenchmarkSource } from './job.ts';
import { entryOf } from './job.ts';
import type { MeasuredCase } from './measure-case.ts';
import { follow, resultOf, timeOnce } from './measure-case.ts';
import type { BenchOptions } from './options.ts';
import type { BenchProgress } from './progress.ts';

/** One thing that was injected, or nothing, and what was said of it. */
export interface SelfTestCase {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  readonly passed: boolean;
}

/** Long enough for a hundred units of a millisecond. */
const TIME_MS = 100;

/** 20,000 steps and more: a kilobyte each is five times what a process may gain without leaking. */
const FOLLOW_MS = 3_000;

const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCE: BenchmarkSource = {
  root: packageRoot(),
  module: join(HERE, '..', '..', 'benchmarking', 'self-test', 'benchmarks.js'),
  library: join(HERE, '..', '..', 'index.js'),
};

/**
 * Shows on this machine, now, that leaks of a tensor and of a kilobyte of native memory a step and slow-downs of 10 % and 20 %
 * are seen, and that nothing is seen where nothing was injected: with the processes and rules of `--against`.
 */
export async function selfTest(
  options: BenchOptions,
  progress: BenchProgress,
  signal: AbortSignal,
): Promise<readonly SelfTestCase[]> {
  const measuring = { ...options, signal, timeMs: TIME_MS };
  const [steady, ...slower] = SLOW_DOWNS;
  const others = [steady, ...slower];
  progress.begin(3);
  const caseOf = (benchmark: Benchmark, engine: 'host' | 'cpu'): MeasuredCase => ({
    source: SOURCE,
    entry: entryOf(benchmark),
    engine,
  });
  progress.step('leaks', 'a tensor a step');
  const counted = await timeOnce(caseOf(leakTensor, 'cpu'), { ...measuring, otherWay: false });
  progress.step('leaks', 'a kilobyte of native memory a step');
  const points = await follow(caseOf(leakNative, 'host'), { ...measuring, timeMs: FOLLOW_MS });
  const leaked = resultOf([counted], points, options);
  const rss = leaked.growth.find(({ series }) => series === 'rssBytes');
  progress.step('leaks', 'nothing');
  const still = await follow(caseOf(steady, 'host'), { ...measuring, timeMs: FOLLOW_MS });
  const cases = [steady, ...others].map((one) => caseOf(one, 'host'));
  // These are shorter by far.
  progress.begin((1 + others.length) * (options.processes + 1));
  const [beside = [], ...taken] = await measureInTurn(cases, options.processes, measuring, (part) => {
    progress.step('slow-downs beside what is not slower', part);
  });
  const outcomes = taken.flatMap((processes, index) => {
    const entry = entryOf(others[index] ?? steady);
    const resultFor = (all: readonly TimeMeasurement[]): BenchmarkResult => resultOf(all, [], options);
    const sides = { entry, engine: 'host' as const, own: resultFor(processes), against: resultFor(beside) };
    // Each by itself: how many are injected says nothing of how many a user compares.
    return compared([sides], options.threshold);
  });
  const grown = counted.counts;
  return [
    {
      what: 'a tensor a step',
      expected: 'it leaks',
      found: `${grown?.grown.tensors ?? 0} tensors after ${grown?.units ?? 0} steps`,
      passed: leakedOf(leaked) !== undefined,
    },
    {
      what: 'a kilobyte of native memory a step',
      expected: 'it grows',
      found:
        rss === undefined
          ? 'nothing'
          : `${rss.verdict}: ${rss.slope.toFixed(0)} bytes a step (${rss.lower.toFixed(0)} to ${rss.upper.toFixed(0)})`,
      passed: rss?.verdict === 'grows',
    },
    growthCase(resultOf([], still, options)),
    ...outcomes.map((outcome, index) => slowDownCase(outcome, index)),
  ];
}

function growthCase({ growth }: BenchmarkResult): SelfTestCase {
  const growing = growth.filter(({ verdict }) => verdict === 'grows');
  return {
    what: 'nothing that stays',
    expected: 'nothing grows',
    found: growing.length === 0 ? 'nothing' : growing.map((one) => growthText(one, 'unit')).join('; '),
    passed: growth.length > 0 && growing.length === 0,
  };
}

const INJECTED = ['nothing (A/A)', 'a slow-down of 10 %', 'a slow-down of 20 %'];

function slowDownCase(outcome: BenchmarkOutcome, index: number): SelfTestCase {
  const what = INJECTED[index] ?? outcome.benchmark;
  const expected = index === 0 ? 'no other time or memory' : 'slower';
  if (outcome.status !== 'compared') return { what, expected, found: outcome.status, passed: false };
  const { time, memory } = outcome.comparison;
  const isChange = ({ verdict }: Comparison): boolean => verdict === 'slower' || verdict === 'faster';
  return {
    what,
    expected,
    found: `${time.verdict}: ${change(time.ratio)} (${interval(time)})${isChange(memory) ? `, memory ${change(memory.ratio)}` : ''}`,
    passed: index === 0 ? !isChange(time) && !isChange(memory) : time.verdict === 'slower',
  };
}
