import { defineCheck } from '../../check.ts';
import { beyond } from '../../rules/beyond.ts';
import { behindStart } from '../../rules/windows.ts';

/** Of the run: policies that are not trained yet may give any h. */
const START = 0.3;

export const eulerRatio = defineCheck({
  id: 'economics/euler-ratio',
  title: 'the expected marginal return h is above 1, which no household can want',
  severity: 'sick',
  needs: { mean: ['h-mean'] },
  limits: {
    mean: { value: 1.02, meaning: 'mean of h; 1 at an interior optimum, below 1 at the constraint' },
  },
  why: 'h = βE[(c′/c)^(−θ) R′] is 1 where the household saves, and below 1 where it cannot borrow. Above 1 it would save more: a steady h above 1 says that the residual pulls to something else than the optimum.',
  advice:
    'Differentiate the objective again; look at the powers of wealth and income in R′ and at the order of s and 1 − h in the complementarity condition.',
  faults: ['bewley/euler-exponents', 'bewley/complementarity-sign', 'bewley/outputs-swapped'],
  laws: ['bewley/euler-residual', 'bewley/complementarity', 'bewley/controls'],
  leadsTo: ['economics/capital-labour', 'economics/discounted-return'],
  judge: ({ series, limits }) =>
    series.mean.flatMap((one) =>
      beyond(one, { side: 'above', sick: limits.mean, points: behindStart(one.points, START), length: 3 }),
    ),
});
