import { defineCheck } from '../../check.ts';
import type { LoggedRun } from '../../evidence/logged-run.ts';
import type { Series } from '../../evidence/series.ts';
import type { Found } from '../../finding.ts';
import { shown, told } from '../../rules/shown.ts';
import { onsetOf, stretchOf } from '../../rules/stretch.ts';
import { referenceOf } from './reference.ts';

/** A series that falls below a share of where it began, and stays there to the end. */
function fallen(series: Series, share: number): readonly Found[] {
  const [first] = series.points;
  const last = series.points.at(-1);
  if (first === undefined || last === undefined || first.value <= 0) return [];
  const stretch = stretchOf(series.points, (value) => value < share * first.value, { length: 3 });
  if (stretch === undefined || stretch.until !== undefined) return [];
  return [
    {
      what: `${series.logged} falls from ${told(first.value)} to ${told(last.value)}`,
      ...onsetOf(stretch),
      evidence: [...shown(series, [first]), ...shown(series, stretch.bad)],
      limit: share * first.value,
    },
  ];
}

export const wealthCollapse = defineCheck({
  id: 'economics/wealth-collapse',
  title: 'capital goes to zero',
  severity: 'sick',
  needs: { capital: ['capital-labour', 'wealth'] },
  limits: {
    share: { value: 0.1, meaning: 'of where it began' },
    solution: { value: 0.5, meaning: 'of what the solution of the economy has: a start may be far above it' },
  },
  why: 'Labour and prices follow capital: K/L falls first, the return rises (or meets its clip), labour falls last, and the loss falls all the way. It was once put down to a sign in the labour condition, whose repair alone changes nothing.',
  advice: 'Look at the Euler residual and at the base of the wealth tax before the labour condition.',
  faults: [
    'bewley/euler-wealth-term',
    'bewley/euler-exponents',
    'bewley/wealth-tax-base',
    'bewley/complementarity-sign',
    'bewley/two-savings-per-shock',
  ],
  laws: [
    'bewley/euler-residual',
    'bewley/taxes',
    'bewley/complementarity',
    'bewley/budget',
    'bewley/committed-state',
  ],
  experiment: 'plumbline experiment under-saving',
  leadsTo: [
    'economics/labour-collapse',
    'economics/labour-level',
    'economics/savings-pinned',
    'economics/capital-labour',
    'economics/discounted-return',
    'economics/prices',
    'economics/return-stands',
    'economics/constrained',
    'economics/guards',
    'economics/top-share',
    'economics/equation-balance',
    'normaliser/deviation',
    'normaliser/mean',
    'economics/resource-residual',
  ],
  judge: ({ run, series, limits }) =>
    series.capital.flatMap((one) => {
      const last = one.points.at(-1)?.value ?? Number.NaN;
      return last > limits.solution * capitalOf(run, one.name) ? [] : fallen(one, limits.share);
    }),
});

/** What a series of capital has in the solution of the economy; NaN where none is known. */
function capitalOf(run: LoggedRun, name: string): number {
  const reference = referenceOf(run);
  if ('notChecked' in reference) return Number.NaN;
  const { capitalLabor, capital } = reference.solution;
  return name === 'capital-labour' ? capitalLabor : capital;
}

export const labourCollapse = defineCheck({
  id: 'economics/labour-collapse',
  title: 'households stop working',
  severity: 'sick',
  needs: { labour: ['labour'] },
  limits: { share: { value: 0.2, meaning: 'of where it began' } },
  why: 'Labour is bounded away from 0 by its first-order condition: consumption falls with it and its marginal utility rises without bound. Where it goes to its floor the condition is wrong, or there is nothing left to earn.',
  advice: 'Differentiate the objective again: ∂/∂n of n^(1+γ)/(1+γ) against c^(−θ)/(1+τ_c)·w e (1−τ) y^(−ξ).',
  faults: ['bewley/labor-foc-sign', 'bewley/labor-foc-divisor'],
  laws: ['bewley/labor-foc', 'bewley/labor-optimum'],
  leadsTo: [
    'economics/labour-level',
    'economics/capital-labour',
    'economics/discounted-return',
    'economics/equation-balance',
    'economics/constrained',
    'economics/guards',
  ],
  judge: ({ series, limits }) => series.labour.flatMap((one) => fallen(one, limits.share)),
});
