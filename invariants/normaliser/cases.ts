import fc from 'fast-check';
import { between, exactly } from '../../src/verification/generators.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32, sizeOf } from '../../src/verification/tensor-value.ts';

/** How the subject is to average and bound; in the words of the contract. */
export interface Settings {
  readonly scope: 'global' | 'per-agent';
  readonly momentum: number;
  readonly epsilon: number;
  readonly floor: number;
  readonly clip: number;
}

/** What a normaliser remembers, as data. */
export interface Statistics {
  readonly count: number;
  readonly mean: TensorValue;
  readonly variance: TensorValue;
}

/** The configuration that trainers use; where √ε and floor are equal. */
export const DECLARED: Settings = { scope: 'global', momentum: 0.99, epsilon: 1e-4, floor: 0.01, clip: 10 };

/** Settings around those: √ε and floor mostly differ, so that neither hides the other. */
export const settings: fc.Arbitrary<Settings> = fc
  .record({
    scope: fc.constantFrom('global' as const, 'per-agent' as const),
    momentum: fc.constantFrom(0.8, 0.9, 0.99),
    least: fc.oneof(
      { weight: 3, arbitrary: fc.constant({ epsilon: 1e-6, floor: 0.01 }) },
      { weight: 3, arbitrary: fc.constant({ epsilon: 1e-4, floor: 0.001 }) },
      { weight: 1, arbitrary: fc.constant({ epsilon: DECLARED.epsilon, floor: DECLARED.floor }) },
    ),
    clip: fc.constantFrom(10, 5),
  })
  .map(({ least, ...rest }) => ({ ...rest, ...least }));

/** Samples, agents and features: pairwise different and no multiple of 4, and small, since data grows with their product. */
export const batchShapes: fc.Arbitrary<readonly [number, number, number]> = fc
  .shuffledSubarray([3, 5, 7], { minLength: 3 })
  .map(([samples = 3, agents = 5, features = 7]) => [samples, agents, features] as const);

/** Shape of the statistics of a batch (samples, agents, features). */
export function statisticsShapeOf(
  [, agents, features]: readonly [number, number, number],
  scope: Settings['scope'],
): readonly number[] {
  return scope === 'global' ? [features] : [agents, features];
}

/** A tensor of single-precision numbers, each from the arbitrary. */
export function tensorOf(shape: readonly number[], value: fc.Arbitrary<number>): fc.Arbitrary<TensorValue> {
  return exactly(sizeOf(shape), value).map((data) => float32(shape, data));
}

/** Statistics of features whose deviations run from nothing to 30, with means up to ±20. */
export function statisticsOf(shape: readonly number[]): fc.Arbitrary<Statistics> {
  return fc.record({
    count: fc.integer({ min: 1, max: 1_000 }),
    mean: tensorOf(shape, between(-20, 20)),
    variance: tensorOf(shape, fc.oneof(fc.constantFrom(0, 1e-8, 1e-6, 1e-4), between(0.01, 900))),
  });
}

/** A batch of this shape about the means of statistics: some elements near, within and beyond the clip of a small deviation, and some far. */
export function batchAbout({ mean }: Statistics, shape: readonly number[]): fc.Arbitrary<TensorValue> {
  const moves = fc.oneof(between(-0.1, 0.1), between(-20, 20), between(-300, 300));
  const columns = mean.data.length;
  return exactly(sizeOf(shape), moves).map((values) =>
    float32(
      shape,
      values.map((value, index) => at(mean, index % columns) + value),
    ),
  );
}

/** Element `index` of a tensor. */
export function at({ data }: TensorValue, index: number): number {
  return data[index] ?? Number.NaN;
}

/** Row `row` of a tensor (T, …). */
export function rowOfTensor({ dtype, shape, data }: TensorValue, row: number): TensorValue {
  const [count = 0, ...rest] = shape;
  const size = data.length / count;
  return { dtype, shape: rest, data: data.slice(row * size, (row + 1) * size) };
}

/** Rows of a tensor (T, …) from one on. */
export function rowsFrom({ dtype, shape, data }: TensorValue, from: number): TensorValue {
  const [count = 0, ...rest] = shape;
  return { dtype, shape: [count - from, ...rest], data: data.slice((from * data.length) / count) };
}
