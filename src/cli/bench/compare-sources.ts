import { isDeepStrictEqual } from 'node:util';
import type { Pair } from '../../benchmarking/comparison.ts';
import { comparePairs } from '../../benchmarking/comparison.ts';
import type { TimeMeasurement } from '../../benchmarking/measure-time.ts';
import type { BenchmarkOutcome, BenchmarkResult } from '../../benchmarking/result.ts';
import { countChanges, memoryOf, unitTimesOf } from '../../benchmarking/result.ts';
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
  const planned = plannedCases(ownEntries, options, otherEntries);
  // One process of each side to warm the files of both, and one each for memory.
  progress.begin(planned.filter((one) => 'entry' in one).length * 2 * (options.processes + 2));
  const measured: (BenchmarkOutcome | MeasuredSides)[] = [];
  for (const one of planned) {
    if ('outcome' in one) {
      measured.push(one.outcome);
      continue;
    }
    const { entry, engine } = one;
    const other = counterpartOf(entry, otherEntries, labels.against);
    if (typeof other === 'string') {
      measured.push({ ...headOf(entry, engine), status: 'not-checked', lacks: 'counterpart', why: other });
      continue;
    }
    try {
      const cases = {
        own: { source: sides.own, entry, engine },
        against: { source: sides.against, entry: other, engine },
      };
      const what = `${entry.id} on ${engine}`;
      measured.push(
        await measureSides(cases, options.processes, { ...options, signal }, (part) => {
          progress.step(what, part);
        }),
      );
    } catch (error) {
      if (signal.aborted) break;
      measured.push({ ...headOf(entry, engine), status: 'failed', why: storyOf(error) });
    }
  }
  const lost = plannedCases(otherEntries, options, ownEntries).flatMap((one): readonly BenchmarkOutcome[] => {
    if (!('entry' in one)) return [];
    const { entry, engine } = one;
    const isThere = planned.some((own) =>
      'entry' in own
        ? own.entry.id === entry.id && own.engine === engine
        : own.outcome.benchmark === entry.id && own.outcome.engine === engine,
    );
    const why = `${labels.against} measures it, ${labels.own} does not`;
    return isThere ? [] : [{ ...headOf(entry, engine), status: 'not-checked', lacks: 'counterpart', why }];
  });
  return compared([...measured, ...lost], options.threshold);
}

/** The same work on the other side, or why there is none. */
function counterpartOf(
  own: BenchmarkEntry,
  others: readonly BenchmarkEntry[],
  label: string,
): BenchmarkEntry | string {
  const other = others.find(({ id }) => id === own.id);
  if (other === undefined) return `${label} has no such benchmark`;
  if (own.unit !== other.unit) return `a unit is a ${own.unit}, and a ${other.unit} in ${label}`;
  if (own.fewestUnits !== other.fewestUnits) return `other numbers of units are counted in ${label}`;
  if (!isDeepStrictEqual(own.parts, other.parts)) return `a ${own.unit} is made of other parts in ${label}`;
  return other;
}

/** What both sides did. */
export interface MeasuredSides {
  readonly entry: BenchmarkEntry;
  readonly engine: MeasuredCase['engine'];
  readonly own: BenchmarkResult;
  readonly against: BenchmarkResult;
}

/** Which of the cases runs first in a round; the first round is one to warm the files up, and is not counted. */
const isForward = (round: number): boolean => round % 2 === 0;

/** Processes of cases in turn: A B, B A, …, after one of each that is not counted. What each case's processes measured. */
export async function measureInTurn(
  cases: readonly MeasuredCase[],
  rounds: number,
  options: MeasuringOptions,
  onProcess: (part: string) => void,
): Promise<readonly (readonly TimeMeasurement[])[]> {
  const taken: readonly TimeMeasurement[][] = cases.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    const order = cases.map((_, index) => (isForward(round) ? index : cases.length - 1 - index));
    for (const index of order) {
      const one = cases[index];
      if (one === undefined) throw new RangeError('a case is lost');
      onProcess(round === 0 ? 'warm-up' : `pair ${round} of ${rounds}`);
      const measurement = await timeOnce(one, { ...options, otherWay: false });
      if (round > 0) taken[index]?.push(measurement);
    }
  }
  return taken;
}

/** Both sides of a benchmark: their times in turn, then the memory of each. */
async function measureSides(
  { own, against }: Readonly<Record<keyof Sides, MeasuredCase>>,
  pairs: number,
  options: MeasuringOptions,
  onProcess: (part: string) => void,
): Promise<MeasuredSides> {
  const [theirs = [], ours = []] = await measureInTurn([against, own], pairs, options, onProcess);
  const resultFor = async (
    side: MeasuredCase,
    processes: readonly TimeMeasurement[],
  ): Promise<BenchmarkResult> => {
    onProcess('memory');
    return resultOf(processes, await follow(side, options), { ...options, engine: side.engine });
  };
  const { entry, engine } = own;
  return { entry, engine, against: await resultFor(against, theirs), own: await resultFor(own, ours) };
}

/** Verdicts on all that were measured, as one family. */
export function compared(
  measured: readonly (BenchmarkOutcome | MeasuredSides)[],
  threshold: number,
): readonly BenchmarkOutcome[] {
  const sides = measured.filter((one) => 'own' in one);
  const family = sides.flatMap((one) => [pairsOf(one, unitTimesOf), pairsOf(one, memoryOf)]);
  const comparisons = comparePairs(family, { threshold });
  return measured.map((one) => {
    if (!('own' in one)) return one;
    const at = 2 * sides.indexOf(one);
    const [time, memory] = [comparisons[at], comparisons[at + 1]];
    if (time === undefined || memory === undefined) throw new RangeError('a comparison is lost');
    const { entry, engine, own, against } = one;
    return {
      ...headOf(entry, engine),
      status: 'compared',
      result: own,
      against,
      comparison: { time, memory, counts: countChanges(own, against) },
    };
  });
}

function pairsOf(
  { own, against }: MeasuredSides,
  read: (result: BenchmarkResult) => readonly number[],
): readonly Pair[] {
  const theirs = read(against);
  return read(own).map((ours, index) => ({
    own: ours,
    against: theirs[index] ?? Number.NaN,
    first: isForward(index + 1) ? 'against' : 'own',
  }));
}
