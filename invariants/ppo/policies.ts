import fc from 'fast-check';
import type { RunningError } from '../../src/numerics/running-error.ts';
import { between, exactly } from '../../src/verification/generators.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { exactRow, rowAt, tensorOf } from './cases.ts';
import type { Policy } from './oracle/distribution.ts';

/** What networks say of m observations: logits, or means with log deviations. */
export interface PolicyTensors {
  readonly policy: TensorValue;
  readonly logDeviation: TensorValue | null;
}

export const KINDS = ['discrete', 'continuous'] as const;
export type Kind = (typeof KINDS)[number];

/** A policy at m observations. */
export function policyOf(
  kind: Kind,
  [samples, actions]: readonly [number, number],
): fc.Arbitrary<PolicyTensors> {
  return fc.record({
    policy: tensorOf([samples, actions], between(-2, 2)),
    logDeviation: kind === 'discrete' ? fc.constant(null) : tensorOf([actions], between(-1, 0.5)),
  });
}

/** One-hot rows, or raw samples. */
export function actionsOf(
  kind: Kind,
  [samples, actions]: readonly [number, number],
): fc.Arbitrary<TensorValue> {
  if (kind === 'continuous') return tensorOf([samples, actions], between(-2.5, 2.5));
  return exactly(samples, fc.integer({ min: 0, max: actions - 1 })).map((chosen) =>
    float32(
      [samples, actions],
      chosen.flatMap((one) => Array.from({ length: actions }, (_, index) => Number(index === one))),
    ),
  );
}

/** A policy that is a little, or a lot, away from another. */
export function moved(from: PolicyTensors, by: PolicyTensors, step: number): PolicyTensors {
  const shift = (x: TensorValue, y: TensorValue): TensorValue =>
    float32(
      x.shape,
      x.data.map((value, index) => value + step * (y.data[index] ?? NaN)),
    );
  return {
    policy: shift(from.policy, by.policy),
    logDeviation:
      from.logDeviation === null || by.logDeviation === null
        ? null
        : shift(from.logDeviation, by.logDeviation),
  };
}

/** The policy at one of the observations. */
export function policyAt(
  arithmetic: RunningError,
  { policy, logDeviation }: PolicyTensors,
  sample: number,
): Policy {
  return {
    policy: exactRow(arithmetic, rowAt(policy, sample)),
    logDeviation: exactRow(arithmetic, logDeviation?.data ?? []),
  };
}
