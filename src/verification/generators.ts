import fc from 'fast-check';

/** 3 … 13 without multiples of 4: a size that hides neither a lost dimension nor a vectorised tail. */
const SIZES = [3, 5, 6, 7, 9, 10, 11, 13] as const;

/** `count` sizes, pairwise different, none below 3 and none a multiple of 4. */
export function sizes(count: number): fc.Arbitrary<readonly number[]> {
  return fc.uniqueArray(fc.constantFrom(...SIZES), { minLength: count, maxLength: count });
}

/** One size as `sizes` has it. */
export const size: fc.Arbitrary<number> = fc.constantFrom(...SIZES);

/**
 * A single-precision number in [low, high], uniform on a grid of 2⁻²² of the range; shrinks to the middle of the range.
 */
export function between(low: number, high: number): fc.Arbitrary<number> {
  const steps = 2 ** 21;
  const middle = (low + high) / 2;
  return fc
    .integer({ min: -steps, max: steps })
    .map((step) => clampTo(Math.fround(middle + (step / steps) * (high - middle)), low, high));
}

/** `count` numbers, each from its own arbitrary. */
export function rowOf(columns: readonly fc.Arbitrary<number>[]): fc.Arbitrary<readonly number[]> {
  return fc.tuple(...columns);
}

/** An array of exactly `length` samples. */
export function exactly<T>(length: number, sample: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> {
  return fc.array(sample, { minLength: length, maxLength: length });
}

/** A 31-bit seed for the subject's own random streams. */
export const seeds: fc.Arbitrary<number> = fc.integer({ min: 0, max: 0x7fffffff });

/** Rounding to single precision may leave the range by half a unit in the last place. */
function clampTo(value: number, low: number, high: number): number {
  if (value < low) return nextUp(Math.fround(value));
  if (value > high) return -nextUp(-Math.fround(value));
  return value;
}

/** The next larger single-precision number. */
function nextUp(value: number): number {
  const bits = new Int32Array(new Float32Array([value]).buffer);
  const word = bits[0] ?? 0;
  bits[0] = value >= 0 ? word + 1 : word - 1;
  return new Float32Array(bits.buffer)[0] ?? value;
}
