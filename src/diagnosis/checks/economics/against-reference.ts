import type { Check } from '../../check.ts';
import { defineCheck } from '../../check.ts';
import type { ReferenceSolution } from '../../../models/bewley/reference/index.ts';
import type { Found } from '../../finding.ts';
import { shown, told } from '../../rules/shown.ts';
import { onsetOf, stretchOf } from '../../rules/stretch.ts';
import { lateOf, levelOf } from '../../rules/windows.ts';
import { referenceOf } from './reference.ts';

/** Of the rows, the end at which a run is held against its solution. */
const END = 0.2;

type Text = Pick<Check, 'id' | 'title' | 'why' | 'advice' | 'faults' | 'laws' | 'experiment' | 'leadsTo'>;

interface Comparison extends Text {
  readonly metric: string;
  readonly limit: { readonly value: number; readonly meaning: string };
  readonly expected: (solution: ReferenceSolution) => number;
  /** How far a level is from what is expected, in the units of the limit. */
  readonly distance: (level: number, expected: number) => number;
  /** How the logged value becomes what is compared. */
  readonly of?: (value: number, solution: ReferenceSolution, beta: number) => number;
}

/** A check that holds the end of a series against the reference solution of the economy in the log. */
export function againstReference({
  metric,
  limit,
  expected,
  distance,
  of = (value) => value,
  ...text
}: Comparison): Check {
  return defineCheck({
    ...text,
    severity: 'sick',
    needs: { metric: [metric] },
    limits: { limit },
    judge: ({ run, series, limits }) => {
      const reference = referenceOf(run);
      if ('notChecked' in reference) return reference;
      const { solution, configuration } = reference;
      const wanted = expected(solution);
      return series.metric.flatMap((one): readonly Found[] => {
        const points = one.points.map((point) => ({
          ...point,
          value: of(point.value, solution, configuration.preferences.beta),
        }));
        const level = levelOf(lateOf(points, END));
        if (distance(level, wanted) <= limits.limit) return [];
        const stretch = stretchOf(points, (value) => distance(value, wanted) > limits.limit, { length: 3 });
        if (stretch === undefined) return [];
        return [
          {
            what: `${one.logged} ends at ${told(level)}, where the solution of this economy has ${told(wanted)}`,
            ...onsetOf(stretch),
            evidence: shown(one, stretch.bad),
          },
        ];
      });
    },
  });
}
