import { defineCheck } from '../../check.ts';
import type { Series } from '../../evidence/series.ts';
import { seriesNamed } from '../../evidence/logged-run.ts';
import type { Found } from '../../finding.ts';
import { shown, told } from '../../rules/shown.ts';

/** What varies in every training, and what the verdict is where it does not. */
const VARIES = {
  sick: [
    'loss',
    'loss-unweighted',
    'value-loss',
    'value-loss-raw',
    'gradient-norm',
    'residual-is',
    'residual-phillips',
  ],
  suspect: [
    'entropy',
    'policy-loss',
    'consumption',
    'savings-ratio',
    'capital-labour',
    'wage',
    'held-out-loss',
  ],
} as const;

export const constant = defineCheck({
  id: 'general/constant',
  title: 'a metric that must vary stands still to the last digit',
  severity: 'sick',
  needs: {},
  limits: {
    rows: { value: 8, meaning: 'rows in succession with one and the same number, to the end of the log' },
  },
  why: 'A loss over fresh samples differs from row to row, in its last digits at least. One that repeats is not computed any more, is clipped, or is that of data that do not change.',
  advice:
    'Find what stopped: an exception that is swallowed in the loop, a clip that is reached, integers where fractions are meant, weights that are no longer updated.',
  faults: [
    'training/catch-and-continue',
    'training/int-concat',
    'bewley/catch-and-continue',
    'ppo/catch-and-continue',
  ],
  laws: ['training/failure', 'training/constants', 'training/dtypes'],
  judge: ({ run, limits }) =>
    (['sick', 'suspect'] as const).flatMap((severity) =>
      VARIES[severity].flatMap((name) =>
        seriesNamed(run, name).flatMap((series) =>
          stillOf(series, limits.rows).map((found) => ({ ...found, severity })),
        ),
      ),
    ),
});

/** Of the first gradient; the roundoff of single precision is 6e-8. */
const LEARNT = 1e-6;

function stillOf(series: Series, rows: number): readonly Found[] {
  const { name, points } = series;
  const last = points.at(-1);
  // A loss of 0 has a check of its own.
  if (last === undefined || last.value === 0) return [];
  // What is learnt to the last digit leaves roundings, which may repeat: a gradient of their size, and a loss of its square.
  const learnt = name === 'gradient-norm' ? LEARNT : LEARNT ** 2;
  if (Math.abs(last.value) < learnt * Math.abs(points[0]?.value ?? 0)) return [];
  let from = points.length - 1;
  while (from > 0 && points[from - 1]?.value === last.value) from -= 1;
  const still = points.slice(from);
  const [first] = still;
  if (still.length < rows || first === undefined) return [];
  const before = points[from - 1];
  return [
    {
      what: `${series.logged} is ${told(last.value)} at ${still.length} rows from step ${first.step} on, to the last digit`,
      onset: { ...(before === undefined ? {} : { after: before.step }), by: first.step },
      evidence: shown(series, still),
    },
  ];
}
