import fc from 'fast-check';

/** 3 … 13 without multiples of 4: a size that hides neither a lost dimension nor a vectorised tail. */
const SIZES = [3, 5, 6, 7, 9, 10, 11, 13] as const;

/** `count` sizes, pairwise different, none below 3 and none a multiple of 4. */
export function sizes(count: number): fc.Arbitrary<readonly number[]> {
  return fc.uniqueArray(fc.constantFrom(...SIZES), { minLength: count, maxLength: count });
}

/** One size as `sizes` has it. */
export const size: fc.Arbitrary<number> = fc.constantFrom(...SIZES);

/** Coarse steps from the middle of a range to its end, and fine steps in a coarse one. */
const COARSE = 8;
const FINE = 2 ** 18;

/**
 * A single-precision number in [low, high], on a grid of 2⁻²¹ of its half. It shrinks to a coarse step first, an eighth
 * of the half range, and then towards the middle: what is left of a counterexample is then far from the noise of
 * rounding.
 */
export function between(low: number, high: number): fc.Arbitrary<number> {
  const middle = (low + high) / 2;
  return fc
    .tuple(fc.integer({ min: -FINE / 2, max: FINE / 2 }), fc.integer({ min: -COARSE, max: COARSE }))
    .map(([fine, coarse]) => {
      const share = (coarse * FINE + fine) / (COARSE * FINE);
      const value = middle + Math.max(-1, Math.min(1, share)) * (high - middle);
      return clampTo(Math.fround(value), low, high);
    });
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
