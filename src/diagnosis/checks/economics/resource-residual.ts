import { defineCheck } from '../../check.ts';
import type { LoggedRun } from '../../evidence/logged-run.ts';
import { numberSetting } from '../../evidence/logged-run.ts';
import type { Point } from '../../evidence/series.ts';
import { shown, told } from '../../rules/shown.ts';
import { longestStretchOf, onsetOf } from '../../rules/stretch.ts';

/** What is lost may be measured to a tenth: means of worlds are not the world of means. */
const FITS = 0.1;

/** K/L at which guards are in use. */
const NOTHING = 1e-6;

const FAULTS = [
  'bewley/consumption-tax-unpaid',
  'bewley/principal-as-income',
  'bewley/price-clip',
  'bewley/wealth-tax-base',
  'bewley/worlds-mixed',
  'bewley/guard-silent',
] as const;

export const resourceResidual = defineCheck({
  id: 'economics/resource-residual',
  title: 'goods appear or vanish: output is not what is consumed, saved and taxed',
  severity: 'sick',
  needs: { residual: ['resource-residual'] },
  limits: {
    share: {
      value: 1e-4,
      meaning: 'of output; sums over agents in single precision leave less than 1e-5 (measured: 2e-6)',
    },
  },
  why: 'C + K′ + G = Y + (1−δ)K holds exactly for any policy, trained or not: it is the only test of the budgets with power. The ratio of spending to money disposable is 1 by construction and tests nothing.',
  advice:
    'Compare what is lost with τ_c C (a consumption tax that nobody pays), with K (the principal counted as income and again as wealth), with what prices would be as marginal products (a clip).',
  faults: FAULTS,
  laws: ['bewley/resource-constraint', 'bewley/budget', 'bewley/prices', 'bewley/taxes'],
  leadsTo: [
    'economics/capital-labour',
    'economics/discounted-return',
    'economics/wealth-collapse',
    'economics/savings-pinned',
    'economics/labour-collapse',
    'economics/labour-level',
    'economics/constrained',
    'economics/euler-ratio',
    'normaliser/deviation',
    'normaliser/mean',
  ],
  judge: ({ run, series, limits }) =>
    series.residual.flatMap((residual) => {
      const stretch = longestStretchOf(residual.points, (value) => Math.abs(value) > limits.share, {
        length: 1,
      });
      if (stretch === undefined) return [];
      const [first] = stretch.bad;
      const last = stretch.bad.at(-1) ?? first;
      const faults = likely(run, stretch.bad);
      return [
        {
          what: `${residual.logged} is ${told(first.value)} of output at step ${first.step} and ${told(last.value)} at step ${last.step}${faults === undefined ? '' : `: ${faults.reason}`}`,
          ...onsetOf(stretch),
          evidence: shown(residual, stretch.bad),
          ...(faults === undefined ? {} : { faults: faults.order }),
        },
      ];
    }),
});

/** What the loss is as large as. */
function likely(
  run: LoggedRun,
  bad: readonly Point[],
): { readonly order: readonly string[]; readonly reason: string } | undefined {
  const at = (name: string, step: number): number | undefined =>
    run.series.get(name)?.points.find((point) => point.step === step)?.value;
  const tau = numberSetting(run, 'taxes.consumption');
  const fits = (expected: (step: number) => number | undefined): boolean => {
    const shares = bad.flatMap(({ step, value }) => {
      const one = expected(step);
      return one === undefined || one === 0 ? [] : Math.abs(value / one - 1);
    });
    return shares.length >= 1 && shares.filter((share) => share < FITS).length > shares.length / 2;
  };
  const output = (step: number): number | undefined => {
    const [capital, ratio, wage, mpk] = [
      'wealth',
      'capital-labour',
      'wage',
      'marginal-product-of-capital',
    ].map((name) => at(name, step));
    if (capital === undefined || ratio === undefined || wage === undefined || mpk === undefined)
      return undefined;
    return (wage * capital) / ratio + mpk * capital;
  };
  const over = (value: (step: number) => number | undefined, sign: number) => (step: number) => {
    const [top, bottom] = [value(step), output(step)];
    return top === undefined || bottom === undefined ? undefined : (sign * top) / bottom;
  };
  const ordered = (fault: string): readonly string[] => [fault, ...FAULTS.filter((one) => one !== fault)];
  const taxed = (step: number): number | undefined => {
    const consumption = at('consumption', step);
    return consumption === undefined || tau === undefined ? undefined : tau * consumption;
  };
  const ratio = run.series.get('capital-labour')?.points.find(({ step }) => step === bad[0]?.step)?.value;
  if (ratio !== undefined && ratio < NOTHING)
    return {
      order: ordered('bewley/guard-silent'),
      reason: `at K/L of ${told(ratio)}: prices are those of a floor`,
    };
  for (const sign of [1, -1]) {
    if (tau !== undefined && tau > 0 && fits(over(taxed, sign)))
      return { order: ordered('bewley/consumption-tax-unpaid'), reason: 'it is the consumption tax' };
    if (fits(over((step) => at('wealth', step), sign)))
      return {
        order: ordered('bewley/principal-as-income'),
        reason: 'it is the capital: the principal is counted twice',
      };
  }
  // A transfer that everyone receives, whatever there is.
  const lost = bad.flatMap(({ step, value }) => {
    const one = output(step);
    return one === undefined ? [] : Math.abs(value * one);
  });
  const isOneSum = lost.length >= 3 && Math.max(...lost) < (1 + FITS) * Math.min(...lost);
  return isOneSum
    ? {
        order: ordered('bewley/wealth-tax-base'),
        reason: `it is ${told(lost[0] ?? 0)} a household in every row: a constant transfer`,
      }
    : undefined;
}
