import { quantile } from '../../../numerics/index.ts';
import { defineCheck } from '../../check.ts';
import type { LoggedRun } from '../../evidence/logged-run.ts';
import { numberSetting } from '../../evidence/logged-run.ts';
import { valuesOf } from '../../evidence/series.ts';
import { shown, told } from '../../rules/shown.ts';
import { tooFew } from '../../rules/too-few.ts';
import { behindStart, levelOf } from '../../rules/windows.ts';

/** Of the run: the first steps lead far, and no model holds there. */
const START = 0.25;

/** Of the rows, those that keep their promise best. */
const BEST = 0.9;

const FAULTS = [
  'nk/jacobian-summed',
  'nk/semi-gradient',
  'training/acceleration-away',
  'nk/jacobian-unweighted',
];

export const gainRatio = defineCheck({
  id: 'general/gain-ratio',
  title: 'damped steps never gain what their linear model promises',
  severity: 'sick',
  needs: { gain: ['gain-ratio'] },
  limits: {
    best: {
      value: 0.95,
      meaning: 'of what is promised, in the best tenth of the rows behind the first quarter',
    },
    summed: { value: 0.25, meaning: 'of it, in the median: as good as nothing is kept of the promise' },
    poor: { value: 0.5, meaning: 'of it, in the median: a branch of the derivative is missing' },
  },
  why: 'A step of Levenberg and Marquardt is that of a linear model of the residuals, and damping shortens it until the model holds: gains then lie about 1 (Nielsen 1999), and above where the path is followed to second order. A Jacobian of another loss (a sum for a mean, a weight or a branch that is left out), or a step that bends away from the path, promises what no step keeps.',
  advice:
    'Hold the Jacobian against finite differences of the very residuals whose squares are summed, then the sign of the acceleration.',
  faults: FAULTS,
  laws: ['nk/jacobian', 'training/damped-step'],
  leadsTo: ['general/rejected', 'general/damping', 'general/plateau'],
  judge: ({ run, series, limits }) =>
    series.gain.flatMap((one) => {
      const points = behindStart(one.points, START);
      if (tooFew({ ...one, points }, 20) !== undefined) return [];
      const best = quantile(valuesOf(points), BEST);
      if (best >= limits.best) return [];
      const usual = levelOf(points);
      const likely = usual < limits.summed ? 0 : usual < limits.poor ? 1 : isWeighted(run) ? 3 : 2;
      return [
        {
          what: `${one.logged} is ${told(usual)} in the median and below ${told(best)} in nine of ten rows, where 1 is what was promised`,
          onset: { by: points[0]?.step ?? 0 },
          evidence: shown(one, points),
          faults: [FAULTS[likely] ?? '', ...FAULTS.filter((_, index) => index !== likely)],
        },
      ];
    }),
});

/** Whether an equation weighs something else than 1: left out of the Jacobian it would not be missed otherwise. */
function isWeighted(run: LoggedRun): boolean {
  return ['loss.weights.is', 'loss.weights.phillips'].some((key) => (numberSetting(run, key) ?? 1) !== 1);
}
