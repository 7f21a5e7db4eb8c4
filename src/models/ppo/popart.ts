import type { ReturnScale } from './return-moments.ts';

/**
 * Weights (P) whose last value layer is changed so that predictions in units of the reward stay as they are when the scale
 * changes (van Hasselt and others 2016, PopArt, eq. 5): W′ = W σ/σ′, b′ = (σ b + μ − μ′)/σ′.
 *
 * @param head where in the weights matrix (H, C) and bias (C) of the layer lie
 */
export function rescaleHead(
  weights: Float32Array,
  [from, to]: readonly [from: number, to: number],
  old: ReturnScale,
  now: ReturnScale,
): Float32Array {
  const components = old.mean.length;
  const rescaled = weights.slice();
  for (let at = from; at < to; at += 1) {
    const component = (at - from) % components;
    const isBias = at >= to - components;
    const [before, after] = [old.deviation[component] ?? NaN, now.deviation[component] ?? NaN];
    const shift = isBias ? (old.mean[component] ?? NaN) - (now.mean[component] ?? NaN) : 0;
    rescaled[at] = (before * (weights[at] ?? NaN) + shift) / after;
  }
  return rescaled;
}

/** Numbers (n, C) in units of the reward, in those of the scale: (x − μ)/σ. */
export function normaliseBy({ mean, deviation }: ReturnScale, rows: ArrayLike<number>): Float64Array {
  return Float64Array.from(rows, (x, at) => {
    const component = at % mean.length;
    return (x - (mean[component] ?? NaN)) / (deviation[component] ?? NaN);
  });
}

/** Numbers (n, C) in units of the scale, in those of the reward: μ + σ x. */
export function denormaliseBy({ mean, deviation }: ReturnScale, rows: ArrayLike<number>): Float64Array {
  return Float64Array.from(rows, (x, at) => {
    const component = at % mean.length;
    return (mean[component] ?? NaN) + (deviation[component] ?? NaN) * x;
  });
}
