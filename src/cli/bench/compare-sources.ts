import type { Pair } from '../../benchmarking/comparison.ts';
import { comparePairs } from '../../benchmarking/comparison.ts';
import type { TimeMeasurement } from '../../benchmarking/measure-time.ts';
import type { BenchmarkOutcome, BenchmarkResult } from '../../benchmarking/result.ts';
import { memoryOf, unitTimesOf } from '../../benchmarking/result.ts';
import { headOf, plannedCases } from './cases.ts';
import type { BenchmarkEntry, BenchmarkSource } from './job.ts';
import { storyOf } from './measure-all.ts';
import type { MeasuredCase, MeasuringOptions } from './measure-case.ts';
import { benchmarksIn, follow, resultOf, timeOnce } from './measure-case.ts';
import type { BenchOptions } from './options.ts';
import type { BenchProgress } from './progress.ts';

/** Two sources of the same benchmarks. */
export interface Sides {
  readonly own: BenchmarkSource;
  readonly against: BenchmarkSource;
}

/** Compares the benchmarks of two sources, process by process in turn; what cannot be compared is an outcome too. */
export async function compareSources(
  sides: Sides,
  options: BenchOptions,
  progress: BenchProgress,
  signal: AbortSignal,
  labels: Readonly<Record<keyof Sides, string>>,
): Promise<readonly BenchmarkOutcome[]> {
  const [ownEntries, otherEntries] = [
    await benchmarksIn(sides.own, signal),
    await benchmarksIn(sides.against, signal),
  ];
  const planned = plannedCases(ownEntries, options);
  // One process of each side to warm the files of both, and one each for memory.
  progress.begin(planned.filter((one) => 'entry' in one).length * 2 * (options.processes + 2));
  const measured: (BenchmarkOutcome | MeasuredSides)[] = [];
  for (const one of planned) {
    if ('outcome' in one) {
      measured.push(one.outcome);
      continue;
    }
    const { entry, engine } = one;
    const other = otherEntries.find(({ id }) => id === entry.id);
    if (other === undefined) {
      const why = `${labels.against} has no such benchmark`;
      measured.push({ ...headOf(entry, engine), status: 'not-checked', lacks: 'counterpart', why });
      continue;
    }
    try {
      const cases = {
        own: { source: sides.own, entry, engine },
        against: { source: sides.against, entry: other, engine },
      };
      const what = `${entry.id} on ${engine}`;
      measured.push(
        await measureInTurn(cases, options.processes, { ...options, signal }, (part) => {
          progress.step(what, part);
        }),
      );
    } catch (error) {
      if (signal.aborted) break;
      measured.push({ ...headOf(entry, engine), status: 'failed', why: storyOf(error) });
    }
  }
  return compared(measured, options.threshold);
}

/** What both sides did. */
export interface MeasuredSides {
  readonly entry: BenchmarkEntry;
  readonly engine: MeasuredCase['engine'];
  readonly own: BenchmarkResult;
  readonly against: BenchmarkResult;
  /** Which side ran first in each pair. */
  readonly order: readonly (keyof Sides)[];
}

/** Processes of two sides in turn: A B, B A, …, after one of each that is not counted. */
export async function measureInTurn(
  cases: Readonly<Record<keyof Sides, MeasuredCase>>,
  pairs: number,
  { follows = true, ...options }: MeasuringOptions & { readonly follows?: boolean },
  onProcess: (part: string) => void,
): Promise<MeasuredSides> {
  const taken: Record<keyof Sides, TimeMeasurement[]> = { own: [], against: [] };
  const order: (keyof Sides)[] = [];
  for (let pair = 0; pair <= pairs; pair += 1) {
    const turn: readonly (keyof Sides)[] = pair % 2 === 0 ? ['against', 'own'] : ['own', 'against'];
    for (const side of turn) {
      onProcess(pair === 0 ? 'warm-up' : `pair ${pair} of ${pairs}`);
      const measurement = await timeOnce(cases[side], { ...options, otherWay: false });
      if (pair > 0) taken[side].push(measurement);
    }
    if (pair > 0) order.push(turn[0] ?? 'against');
  }
  const resultFor = async (side: keyof Sides): Promise<BenchmarkResult> => {
    if (!follows) return resultOf(taken[side], [], options.budgetBytes);
    onProcess('memory');
    return resultOf(taken[side], await follow(cases[side], options), options.budgetBytes);
  };
  const { entry, engine } = cases.own;
  return { entry, engine, against: await resultFor('against'), own: await resultFor('own'), order };
}

/** Verdicts on all that were measured, as one family. */
export function compared(
  measured: readonly (BenchmarkOutcome | MeasuredSides)[],
  threshold: number,
): readonly BenchmarkOutcome[] {
  const sides = measured.filter((one) => 'order' in one);
  const family = sides.flatMap((one) => [pairsOf(one, unitTimesOf), pairsOf(one, memoryOf)]);
  const comparisons = comparePairs(family, { threshold });
  return measured.map((one) => {
    if (!('order' in one)) return one;
    const at = 2 * sides.indexOf(one);
    const [time, memory] = [comparisons[at], comparisons[at + 1]];
    if (time === undefined || memory === undefined) throw new RangeError('a comparison is lost');
    const { entry, engine, own, against } = one;
    return {
      ...headOf(entry, engine),
      status: 'compared',
      result: own,
      against,
      comparison: { time, memory },
    };
  });
}

function pairsOf(
  { own, against, order }: MeasuredSides,
  read: (result: BenchmarkResult) => readonly number[],
): readonly Pair[] {
  const [ours, theirs] = [read(own), read(against)];
  return order.map((first, index) => ({
    own: ours[index] ?? Number.NaN,
    against: theirs[index] ?? Number.NaN,
    first,
  }));
}
