import type { RunningMoments } from '../../numerics/running-moments.ts';

/** Added to the variance, so that numbers that never change come out as 0; Gymnasium's constant. */
const LEAST_VARIANCE = 1e-8;

/** Observations (n, O) less their running mean, over their running deviation, within ± clip; as they are without. */
export function normaliseObservations(
  { mean, variance }: RunningMoments,
  rows: Float32Array,
  { normalisation, clip }: { readonly normalisation: 'none' | 'running'; readonly clip: number },
): Float32Array {
  if (normalisation === 'none') return rows;
  const columns = mean.length;
  return rows.map((x, at) => {
    const column = at % columns;
    const deviation = Math.sqrt((variance[column] ?? Number.NaN) + LEAST_VARIANCE);
    return Math.max(-clip, Math.min(clip, (x - (mean[column] ?? Number.NaN)) / deviation));
  });
}
