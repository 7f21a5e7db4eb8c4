import fc from 'fast-check';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { between, exactly, rowOf, size } from '../../src/verification/generators.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';

/** The prior of the published configuration, in the column order of every parameter tensor. */
export const PRIOR = {
  beta: [0.95, 0.99],
  sigma: [1, 3],
  eta: [0.25, 2],
  phi: [0.5, 0.9],
  phiPi: [1.25, 2.5],
  phiY: [0, 0.5],
  rho: [0.8, 0.95],
  sigmaA: [0.02, 0.1],
} as const satisfies Record<string, readonly [number, number]>;

export const PARAMETER_NAMES = ['beta', 'sigma', 'eta', 'phi', 'phiPi', 'phiY', 'rho', 'sigmaA'] as const;
export const PARAMETER_COUNT = PARAMETER_NAMES.length;

/** One parameter vector drawn from the prior, in single precision. */
export const parameterVector: fc.Arbitrary<readonly number[]> = rowOf(
  PARAMETER_NAMES.map((name) => between(PRIOR[name][0], PRIOR[name][1])),
);

/** Natural rates from quiet times to a crisis (three ergodic deviations of the most volatile parameters). */
export const naturalRate: fc.Arbitrary<number> = between(-0.5, 0.5);

/** A batch of samples: parameter vectors (B, 8), and further numbers by name, (B) each. */
export type Batch<Name extends string = never> = Readonly<Record<Name | 'parameters', TensorValue>>;

/** Samples with a parameter vector and a number of each name; every batch size is at least 3. */
export function batchOf<Name extends string>(
  columns: Readonly<Record<Name, fc.Arbitrary<number>>>,
): fc.Arbitrary<Batch<Name>> {
  const names = Object.keys(columns);
  const arbitraries = Object.values<fc.Arbitrary<number>>(columns);
  return size.chain((batch) =>
    exactly(batch, fc.tuple(parameterVector, rowOf(arbitraries))).map((rows) => {
      const parameters = rows.flatMap(([vector]) => vector);
      const column = (index: number): readonly number[] => rows.map(([, row]) => row[index] ?? 0);
      return Object.fromEntries([
        ['parameters', float32([batch, PARAMETER_COUNT], parameters)],
        ...names.map((name, index) => [name, float32([batch], column(index))]),
      ]) as Batch<Name>;
    }),
  );
}

/** Sample `index` of a batch as symbols of the equations: parameters by name, exact in single precision. */
export function symbolsOf(
  arithmetic: RunningError,
  parameters: TensorValue,
  index: number,
): Record<string, Bounded> {
  return Object.fromEntries(
    PARAMETER_NAMES.map((name, column) => [
      name,
      arithmetic.exact(parameters.data[index * PARAMETER_COUNT + column] ?? Number.NaN),
    ]),
  );
}

/** Element `index` of a tensor as an exact input of an oracle. */
export function element(arithmetic: RunningError, value: TensorValue, index: number): Bounded {
  return arithmetic.exact(value.data[index] ?? Number.NaN);
}
