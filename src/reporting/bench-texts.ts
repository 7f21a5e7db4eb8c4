import type { Comparison } from '../benchmarking/comparison.ts';
import type { Growth } from '../benchmarking/growth.ts';
import type { BenchmarkOutcome } from '../benchmarking/result.ts';
import { comparisonsOf, leakedOf } from '../benchmarking/result.ts';

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
