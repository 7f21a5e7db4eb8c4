import type { Point, Series } from '../evidence/series.ts';
import type { Found, Severity } from '../finding.ts';
import { shown, told } from './shown.ts';
import type { Stretch, StretchOptions } from './stretch.ts';
import { onsetOf, stretchOf } from './stretch.ts';

export interface BeyondOptions extends StretchOptions {
  /** On which side of a limit a value is wrong. */
  readonly side: 'above' | 'below';
  readonly sick?: number;
  readonly suspect?: number;
  /** Points that are judged; all of the series unless given. */
  readonly points?: readonly Point[];
}

/** A series that stays beyond a limit: beyond the limit of `sick` first, else beyond that of `suspect`. */
export function beyond(
  series: Series,
  { side, sick, suspect, points = series.points, ...stretched }: BeyondOptions,
): readonly Found[] {
  const limits: readonly (readonly [Severity, number | undefined])[] = [
    ['sick', sick],
    ['suspect', suspect],
  ];
  for (const [severity, limit] of limits) {
    if (limit === undefined) continue;
    const isBad = (value: number): boolean => (side === 'above' ? value > limit : value < limit);
    const stretch = stretchOf(points, isBad, stretched);
    if (stretch === undefined) continue;
    const { bad } = stretch;
    const { onset, until } = onsetOf(since(series.points, stretch, isBad));
    const worst = bad.reduce((a, b) => ((side === 'above' ? b.value > a.value : b.value < a.value) ? b : a));
    return [
      {
        severity: until === undefined ? severity : LESS[severity],
        what: `${series.logged} is ${side} ${told(limit)} at ${bad.length} rows from step ${bad[0].step} on, ${told(worst.value)} at step ${worst.step}`,
        onset,
        ...(until === undefined ? {} : { until }),
        limit,
        evidence: shown(series, bad),
      },
    ];
  }
  return [];
}

/** What is over by itself is less than what lasts. */
const LESS: Readonly<Record<Severity, Severity>> = { sick: 'suspect', suspect: 'remark', remark: 'remark' };

/** The stretch from where it really began, where the points that are judged begin within it. */
function since(points: readonly Point[], stretch: Stretch, isBad: (value: number) => boolean): Stretch {
  const at = points.findIndex(({ step }) => step === stretch.bad[0].step);
  let from = at;
  while (from > 0 && isBad(points[from - 1]?.value ?? Number.NaN)) from -= 1;
  const [first, before] = [points[from], points[from - 1]];
  if (first === undefined || from === at) return before === undefined ? stretch : { ...stretch, before };
  return { ...stretch, bad: [first, ...stretch.bad], ...(before === undefined ? {} : { before }) };
}
