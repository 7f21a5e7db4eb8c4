/*
 * Arguments at which errors are measured. They come from the golden-ratio sequence {i·φ}, which fills an interval
 * evenly for any number of points and never falls on the round numbers that implementations get right by chance.
 */

/** Fractional part of the golden ratio. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** `count` single-precision numbers spread evenly over [low, high]. */
export function evenly(low: number, high: number, count: number): readonly number[] {
  return spread(count, (share) => low + share * (high - low));
}

/** `count` single-precision numbers whose magnitudes are spread evenly over [2^low, 2^high]; `sign` is theirs. */
export function byMagnitude(low: number, high: number, count: number, sign: 1 | -1 = 1): readonly number[] {
  return spread(count, (share) => sign * 2 ** (low + share * (high - low)));
}

/** Numbers around 1: 1 ± 2^low … 1 ± 2^high. */
export function aroundOne(low: number, high: number, count: number): readonly number[] {
  return spread(
    2 * count,
    (share, index) => 1 + (index % 2 === 0 ? 1 : -1) * 2 ** (low + share * (high - low)),
  );
}

function spread(count: number, at: (share: number, index: number) => number): readonly number[] {
  return Array.from({ length: count }, (_, index) => Math.fround(at(((index + 1) * GOLDEN) % 1, index)));
}
