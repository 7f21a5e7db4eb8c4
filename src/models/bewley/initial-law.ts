import type { Stream } from '../../numerics/stream.ts';

/** One draw of the lognormal law with this mean and coefficient of variation: log x ~ N(log mean − v/2, v), v = log(1 + cv²). */
export function drawLognormal(
  { mean, variation }: { readonly mean: number; readonly variation: number },
  stream: Stream,
): number {
  const variance = Math.log1p(variation * variation);
  return mean * Math.exp(Math.sqrt(variance) * stream.normal() - variance / 2);
}

/** One draw of the uniform law on mean·(1 ± spread). */
export function drawUniform(
  { mean, spread }: { readonly mean: number; readonly spread: number },
  stream: Stream,
): number {
  return mean * (1 + spread * (2 * stream.uniform() - 1));
}
