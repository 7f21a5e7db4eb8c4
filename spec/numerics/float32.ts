import type { Stream } from '../../src/numerics/stream.ts';

/** Single precision, computed by rounding every result of double precision: the engine of these specs. */
export type Single = (x: number) => number;

/** Rounds to nearest and keeps subnormal numbers. */
export const single: Single = Math.fround;

/** Rounds to nearest and has no subnormal numbers. */
export const singleWithoutSubnormals: Single = (x) => {
  const rounded = Math.fround(x);
  return Math.abs(rounded) < 2 ** -126 ? 0 : rounded;
};

/** To the nearest bfloat16, ties to even: the upper half of the 32 bits. */
export function bfloat16(x: number): number {
  const word = new Uint32Array(Float32Array.of(x).buffer);
  const bits = word[0] ?? 0;
  word[0] = (bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff0000;
  return new Float32Array(word.buffer)[0] ?? Number.NaN;
}

/** The sum in an order that the stream decides: any two of what is left are added, until one is left. */
export function sumInAnyOrder(terms: readonly number[], round: Single, stream: Stream): number {
  const left = [...terms];
  const take = (): number => left.splice(stream.integer(0, left.length - 1), 1)[0] ?? Number.NaN;
  while (left.length > 1) left.push(round(take() + take()));
  return left[0] ?? 0;
}

/** The sum from the first to the last. */
export function sumInOrder(terms: readonly number[], round: Single): number {
  return terms.slice(1).reduce((sum, term) => round(sum + term), terms[0] ?? 0);
}

/** The sum of the sums of both halves. */
export function sumPairwise(terms: readonly number[], round: Single): number {
  if (terms.length < 2) return terms[0] ?? 0;
  const middle = Math.ceil(terms.length / 2);
  return round(sumPairwise(terms.slice(0, middle), round) + sumPairwise(terms.slice(middle), round));
}

/** Σ xᵢyᵢ by one fused multiply–add a term; products of single numbers are exact in double precision. */
export function fusedDot(xs: readonly number[], ys: readonly number[], round: Single): number {
  return xs.reduce((sum, x, index) => round(sum + x * (ys[index] ?? Number.NaN)), 0);
}
