import { quantile } from '../numerics/robust.ts';
import { streamOf } from '../numerics/stream.ts';

/** What a test made of numbers without a change. */
export interface NullEstimate {
  readonly centre: number;
  /** Of the interval of the confidence at which the test is made. */
  readonly lower: number;
}

/** With so many the share that is found is off by 1 in 100. */
const DRAWS = 1_000;

/** Probability with which a visible change is called one. */
const POWER = 0.9;

/** So many standard normal numbers. */
export type DrawNormals = (count: number) => readonly number[];

/**
 * What a test makes of standard normal numbers: a test and its interval reject alike, so that a shift by δ is called one when
 * δ + lower > 0. Simulated, since the exact tests take few values with a dozen numbers, and normal ones far out are no guide.
 */
export function nullEstimates(estimate: (draw: DrawNormals) => NullEstimate): readonly NullEstimate[] {
  const stream = streamOf('visible change');
  const draw: DrawNormals = (count) => Array.from({ length: count }, () => stream.normal());
  return Array.from({ length: DRAWS }, () => estimate(draw));
}

/**
 * The least shift that would be called one nine times in ten: significant, with an estimate beyond the threshold; infinite where
 * there are too few numbers for any.
 *
 * @param deviation That of the numbers, in the unit of the threshold.
 */
export function visibleShift(
  estimates: readonly NullEstimate[],
  { deviation, threshold }: { readonly deviation: number; readonly threshold: number },
): number {
  if (deviation === Infinity || estimates.some(({ lower }) => lower === -Infinity)) return Infinity;
  const needed = estimates.map(({ centre, lower }) =>
    Math.max(-lower * deviation, threshold - centre * deviation),
  );
  return quantile(needed, POWER);
}
