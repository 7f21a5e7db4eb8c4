import { defineCheck } from '../../check.ts';
import { beyond } from '../../rules/beyond.ts';
import { told } from '../../rules/shown.ts';
import { behindStart, lateOf, levelOf } from '../../rules/windows.ts';

/** Of the run: policies that are not trained yet may give any h. */
const START = 0.3;

/** Of the run, the end. */
const END = 0.2;

export const eulerRatio = defineCheck({
  id: 'economics/euler-ratio',
  title: 'the expected marginal return h is not 1 where households are free to save',
  severity: 'sick',
  needs: { mean: ['h-mean'] },
  limits: {
    below: {
      value: 0.08,
      meaning: 'of the mean of h, below the share of households that are not constrained: they have 1',
    },
    largest: { value: 1.5, meaning: 'the largest h, in most of ten rows' },
    mean: { value: 1.02, meaning: 'mean of h; 1 at an interior optimum, below 1 at the constraint' },
  },
  why: 'h = βE[(c′/c)^(−θ) R′] is 1 where the household saves, and below 1 where it cannot borrow. Above 1 it would save more: a steady h above 1 says that the residual pulls to something else than the optimum.',
  advice:
    'Differentiate the objective again; look at the powers of wealth and income in R′ and at the order of s and 1 − h in the complementarity condition.',
  faults: [
    'bewley/euler-exponents',
    'bewley/euler-wealth-term',
    'bewley/complementarity-sign',
    'bewley/outputs-swapped',
  ],
  laws: ['bewley/euler-residual', 'bewley/complementarity', 'bewley/controls'],
  leadsTo: ['economics/capital-labour', 'economics/discounted-return'],
  judge: ({ run, series, limits }) =>
    series.mean.flatMap((one) => {
      const constrained = run.series.get('constrained-share');
      const share = constrained === undefined ? 1 : levelOf(lateOf(constrained.points, END));
      const late = behindStart(one.points, 1 - END);
      return [
        ...beyond(one, {
          side: 'below',
          sick: 1 - share - limits.below,
          points: late,
          length: Math.min(5, late.length),
          share: 0.8,
        }).map((found) => ({
          ...found,
          what: `${found.what}, with ${told(100 * share)} % of households constrained`,
          faults: ['bewley/euler-wealth-term', 'bewley/outputs-swapped', 'bewley/euler-exponents'],
        })),
        ...beyond(one, {
          side: 'above',
          // A run that learns slowly has not come to its optimum yet.
          suspect: limits.mean,
          points: behindStart(one.points, START),
          length: 3,
        }),
      ];
    }),
});
