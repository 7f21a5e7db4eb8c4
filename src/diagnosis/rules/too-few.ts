import type { Series } from '../evidence/series.ts';

/** Why a series is too short to be judged; undefined where it is not. */
export function tooFew(
  { logged, points }: Pick<Series, 'logged' | 'points'>,
  least: number,
): { readonly notChecked: string } | undefined {
  return points.length >= least
    ? undefined
    : { notChecked: `needs ${least} values of ${logged}, of which the log has ${points.length}` };
}
