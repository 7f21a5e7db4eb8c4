import type { Comparison } from '../benchmarking/comparison.ts';
import type { Growth } from '../benchmarking/growth.ts';
import type { BenchmarkOutcome } from '../benchmarking/result.ts';
import type { BenchReport } from '../benchmarking/report.ts';
import type { CountChange } from '../benchmarking/result.ts';
import { comparisonsOf, isFollowed, leakedOf } from '../benchmarking/result.ts';

const NAMES = {
  tensors: 'tensors',
  tensorBytes: 'bytes of tensors',
  heapBytes: 'bytes of heap',
  externalBytes: 'bytes of external memory',
  rssBytes: 'bytes of the process',
} as const;

/** `grows by 1003 (998 to 1010) bytes of the process a step, 512 are allowed`. */
export function growthText({ series, verdict, slope, lower, upper, allowed }: Growth, unit: string): string {
  const [middle, low, high] = [slope, lower, upper].map((value) =>
    Math.abs(value) < 10 ? value.toPrecision(2) : value.toFixed(0),
  );
  const how = verdict === 'grows' ? 'grows by' : verdict === 'flat' ? 'is flat:' : 'may grow by';
  const range = lower === upper ? '' : ` (${low ?? ''} to ${high ?? ''})`;
  return `${how} ${middle ?? ''}${range} ${NAMES[series]} a ${unit}, ${allowed.toFixed(0)} are allowed`;
}

/** What is said of a report in which nothing is worse and nothing is missing. */
export function goodSentence({ outcomes, against }: BenchReport): string {
  const results = outcomes.flatMap((outcome) => ('result' in outcome ? [outcome.result] : []));
  const [some, all] = [results.some(isFollowed), results.every(isFollowed)];
  const grows = all ? 'nothing grows' : 'nothing grows of what was followed';
  if (against === undefined) return some ? `Measured; ${grows}.` : 'Measured.';
  return some
    ? `Nothing is slower or takes more memory, and ${grows}.`
    : 'Nothing is slower or takes more memory.';
}

/** What is counted otherwise than on the other side, in words. */
export function countTexts(outcome: BenchmarkOutcome): readonly string[] {
  return (comparisonsOf(outcome)?.counts ?? []).map(countText);
}

/** `kernels 6020 → 7220` */
function countText({ count, against, own }: CountChange): string {
  return `${count} ${rangeText(against)} → ${rangeText(own)}`;
}

/** `6020`, or `6020–6031` where processes do not agree. */
export function rangeText(counts: readonly number[]): string {
  const ends = [...new Set([counts[0], counts.at(-1)])];
  return ends.map((end) => (end === undefined ? 'none' : String(end))).join('–');
}

/** `43.7 kB` */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes.toFixed(0)} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** What speaks against a benchmark, in words. */
export function complaintsOf(outcome: BenchmarkOutcome): readonly string[] {
  if (!('result' in outcome)) return [];
  const comparison = comparisonsOf(outcome);
  const leaked = leakedOf(outcome.result);
  return [
    ...(comparison?.time.verdict === 'slower' ? [`slower by ${change(comparison.time.ratio)}`] : []),
    ...(comparison?.memory.verdict === 'slower' ? [`more memory: ${change(comparison.memory.ratio)}`] : []),
    ...(leaked === undefined
      ? []
      : [`${leaked.grown.tensors} tensors stay behind after ${leaked.units} units`]),
    ...outcome.result.growth
      .filter(({ verdict }) => verdict === 'grows')
      .map((growth) => growthText(growth, outcome.unit)),
  ];
}

/** `+4.2 %` */
export function change(ratio: number): string {
  const percent = 100 * (ratio - 1);
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(1)} %`;
}

/** `−1.0 % to +2.0 %` */
export function interval({ lower, upper }: Comparison): string {
  return `${change(lower)} to ${change(upper)}`;
}
