import { defineCheck } from '../../check.ts';
import type { LoggedRun } from '../../evidence/logged-run.ts';
import type { Series } from '../../evidence/series.ts';
import { shown, told } from '../../rules/shown.ts';
import { earlyOf, lateOf, levelOf } from '../../rules/windows.ts';

const NAMES = [
  'residual-is',
  'residual-phillips',
  'residual-euler',
  'residual-complementarity',
  'residual-labour',
];

/** Of the rows, each end at which a level is taken. */
const END = 0.2;

export const equationBalance = defineCheck({
  id: 'economics/equation-balance',
  title: 'one equation is not learnt while another is solved',
  severity: 'sick',
  needs: {},
  limits: {
    stuck: { value: 0.3, meaning: 'of its first level that the one equation keeps' },
    solved: { value: 0.01, meaning: 'of its first level to which another falls' },
    ratio: { value: 100, meaning: 'the one over the other at the end' },
  },
  why: 'Policies that solve one equation and not another starve it (a weight, a sign), or cannot meet it: where a state is broadcast to B×B, every sample is asked to meet the state of all, the IS residual stays and the Phillips residual goes to 1e-6.',
  advice:
    'Look at the shapes in the residual that stays (no broadcasting in a loss), at its weight, and at its sign.',
  faults: [
    'nk/step-changes-shape',
    'nk/residual-weight',
    'bewley/loss-weight',
    'training/decay-without-rate',
    'training/decay-in-gradient',
    'training/int-concat',
    'bewley/labor-foc-sign',
  ],
  laws: [
    'nk/shapes',
    'nk/independence',
    'nk/equation-weights',
    'nk/residuals',
    'bewley/loss',
    'bewley/labor-foc',
    'training/optimiser-step',
    'training/dtypes',
  ],
  leadsTo: ['general/plateau'],
  judge: ({ run, limits }) => {
    const parts = partsOf(run);
    if (parts.length < 2)
      return { notChecked: `needs two of ${NAMES.join(', ')}, of which the log has ${parts.length}` };
    const levels = parts.map((series) => ({
      series,
      first: sizeOf(earlyOf(series.points, 0.05)),
      last: sizeOf(lateOf(series.points, END)),
    }));
    const solved = levels.filter(({ first, last }) => last < limits.solved * first);
    return levels.flatMap(({ series, first, last }) => {
      const other = solved.find((one) => last > limits.ratio * one.last);
      if (other === undefined || last < limits.stuck * first) return [];
      return [
        {
          what: `${series.logged} goes from ${told(first)} to ${told(last)}, while ${other.series.logged} falls from ${told(other.first)} to ${told(other.last)}`,
          onset: {
            by:
              other.series.points.find(({ value }) => Math.abs(value) < limits.solved * other.first)?.step ??
              run.lastStep,
          },
          evidence: [
            ...shown(series, lateOf(series.points, END)).slice(-1),
            ...shown(other.series, lateOf(other.series.points, END)).slice(-1),
          ],
        },
      ];
    });
  },
});

function partsOf({ series }: LoggedRun): readonly Series[] {
  return NAMES.flatMap((name) => {
    const one = series.get(name);
    return one === undefined || one.points.length < 10 ? [] : one;
  });
}

function sizeOf(points: Parameters<typeof levelOf>[0]): number {
  return levelOf(points.map((point) => ({ ...point, value: Math.abs(point.value) })));
}
