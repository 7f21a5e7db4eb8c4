import fc from 'fast-check';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { between, exactly } from '../../src/verification/generators.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32, sizeOf } from '../../src/verification/tensor-value.ts';

/** A tensor of single-precision numbers, each from the arbitrary. */
export function tensorOf(shape: readonly number[], value: fc.Arbitrary<number>): fc.Arbitrary<TensorValue> {
  return exactly(sizeOf(shape), value).map((data) => float32(shape, data));
}

/**
 * A number in [low, high] with all of its digits: differences of numbers on one grid round nothing, and hide what rounding
 * does.
 */
export function ragged(low: number, high: number): fc.Arbitrary<number> {
  return between(low, high).map((x) => Math.fround(x * (1 - Math.SQRT1_2 / 8)));
}

/**
 * Rows (n, columns) with something added that differs from each to the next, from −1 to 1: generators like numbers that are
 * all equal, of whose variance no bound can be had.
 */
export function varied({ shape, data }: TensorValue, unit = 1): TensorValue {
  const columns = shape.at(-1) ?? 1;
  return float32(
    shape,
    data.map((x, at) => x + unit * (((7 * Math.floor(at / columns)) % 5) / 2 - 1)),
  );
}

/** Row `index` of a matrix (m, …). */
export function rowAt({ shape: [count = 0], data }: TensorValue, index: number): readonly number[] {
  const width = data.length / count;
  return [...data.slice(index * width, (index + 1) * width)];
}

/** The numbers of a tensor, as they are. */
export function exactRow({ exact }: RunningError, numbers: ArrayLike<number>): readonly Bounded[] {
  return Array.from(numbers, (x) => exact(x));
}

/** Flags of steps (T, E): `chance` of a hundred each. */
export function flagsOf(data: readonly boolean[], shape: readonly number[]): TensorValue {
  return { dtype: 'bool', shape, data: Uint8Array.from(data, Number) };
}

/** What became of a step: it went on, mostly; the task ended; or time ran out. */
export const ends = fc.oneof(
  { weight: 6, arbitrary: fc.constant('on' as const) },
  { weight: 1, arbitrary: fc.constant('terminated' as const) },
  { weight: 1, arbitrary: fc.constant('truncated' as const) },
);

/** T steps of E environments with C components of the reward: pairwise different, none a multiple of 4. */
export const rolloutShape = fc
  .tuple(fc.constantFrom(5, 6, 7, 9), fc.constantFrom([2, 3] as const, [3, 2] as const))
  .map(([steps, [environments, components]]) => [steps, environments, components] as const);

/** What happened in a rollout. */
export interface RecordedRollout {
  readonly rewards: TensorValue;
  readonly values: TensorValue;
  readonly nextValues: TensorValue;
  readonly terminated: TensorValue;
  readonly truncated: TensorValue;
}

/** Rollouts of this shape; values after a step are those of the next, unless something ended. */
export function rolloutOf(
  [steps, environments, components]: readonly [number, number, number],
  reward: fc.Arbitrary<number> = between(-2, 2),
): fc.Arbitrary<RecordedRollout> {
  const shape = [steps, environments, components];
  return fc
    .record({
      rewards: tensorOf(shape, reward),
      values: tensorOf(shape, between(-3, 3)),
      after: tensorOf(shape, between(-3, 3)),
      ends: exactly(steps * environments, ends),
    })
    .map(({ rewards, values, after, ends: drawn }) => {
      const stride = environments * components;
      const isLast = (at: number): boolean => at + stride >= values.data.length;
      const goesOn = (at: number): boolean => drawn[Math.floor(at / components)] === 'on';
      const nextValues = after.data.map((drawnAfter, at) =>
        goesOn(at) && !isLast(at) ? (values.data[at + stride] ?? Number.NaN) : drawnAfter,
      );
      const flags = (end: 'terminated' | 'truncated') =>
        flagsOf(
          drawn.map((one) => one === end),
          [steps, environments],
        );
      return {
        rewards,
        values,
        nextValues: float32(shape, nextValues),
        terminated: flags('terminated'),
        truncated: flags('truncated'),
      };
    });
}

/** Name of an element of (T, E, C). */
export function stepName({ shape: [, environments = 1, components = 1] }: TensorValue) {
  return (index: number): string =>
    `step ${Math.floor(index / environments / components)}, environment ${Math.floor(index / components) % environments}, component ${index % components}`;
}

/** Whether some flag is set. */
export function someOf({ data }: TensorValue): boolean {
  return data.some((flag) => flag === 1);
}

/** Settings under which advantages and returns are the rewards themselves, where all values are 0. */
export const asAdvantages = {
  discount: 0.5,
  lambda: 0,
  standardise: false,
  returns: { normalisation: 'none', clip: 10, decay: 0.9 },
  value: { clip: 'none', clipRange: 0.2 },
} as const;
