import type { Stream } from '../../numerics/stream.ts';
import { shuffledRows } from './batch.ts';

/** Row numbers of the minibatches of an epoch: together every row once, in random order. */
export function minibatches(samples: number, size: number, random: Stream): readonly Uint32Array[] {
  const rows = shuffledRows(samples, random);
  return Array.from({ length: samples / size }, (_, index) => rows.slice(index * size, (index + 1) * size));
}

/** Whether an update ends after an epoch: the mean divergence (k3) of its minibatches is beyond the target. */
export function endsUpdate(
  epoch: { readonly divergence: number; readonly isLast: boolean },
  target: number | undefined,
): boolean {
  return epoch.isLast || (target !== undefined && epoch.divergence > target);
}
