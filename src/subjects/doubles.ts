import { vectorOf } from '../verification/tensor-rows.ts';
import type { TensorValue } from '../verification/tensor-value.ts';

/** Numbers of the host in double precision: rates and shares, and counts and bytes, which are whole beyond single. */
export function doubles(values: readonly number[]): TensorValue {
  return vectorOf('float64', values);
}
