import { defineCheck } from '../../check.ts';
import type { Series } from '../../evidence/series.ts';
import type { Found } from '../../finding.ts';
import { shown } from '../../rules/shown.ts';

/** What no right run has without a number, by canonical name. */
const MUST_BE_FINITE =
  /^(?:loss|value-loss|policy-loss|held-out-loss|residual|gradient-norm|entropy|kl|wage|net-return|capital|labour|consumption)/;

export const nonFinite = defineCheck({
  id: 'general/non-finite',
  title: 'a metric is not a finite number',
  severity: 'suspect',
  needs: {},
  limits: {},
  why: 'A NaN in a loss or a gradient spreads to every weight with the next step and never leaves them. Elsewhere it may be a mean over nothing, such as the return before an episode has ended, and is shown for a person to decide.',
  advice:
    'Go back to the last checkpoint before the step named; find the first operation that gives a NaN there (a logarithm or a power of a negative number, 0/0, an overflow), and let the trainer stop at it.',
  faults: ['training/nan-swallowed', 'ppo/standardise-one', 'bewley/abs-in-power'],
  laws: ['training/failure', 'bewley/domain', 'engine/special-values', 'ppo/standardised-advantages'],
  leadsTo: ['general/constant', 'general/divergence', 'general/missing-steps'],
  judge: ({ run }) =>
    [...run.series.values(), ...run.unnamed].flatMap((series) => {
      const [first] = series.notFinite;
      return first === undefined ? [] : foundIn(series, first.step);
    }),
});

function foundIn(series: Series, step: number): readonly Found[] {
  const before = series.points.filter((point) => point.step < step).at(-1);
  // A mean over nothing comes before the first value; what follows numbers was lost.
  const isLost = before !== undefined && series.points.at(-1)?.step === before.step;
  return [
    {
      severity: MUST_BE_FINITE.test(series.name) ? 'sick' : isLost ? 'suspect' : 'remark',
      what: `${series.logged} is ${String(series.notFinite[0]?.value)} at step ${step}, and not finite in ${series.notFiniteCount} of ${series.count} rows`,
      onset: { ...(before === undefined ? {} : { after: before.step }), by: step },
      evidence: shown(series, [before, series.notFinite[0], series.notFinite.at(-1)]),
    },
  ];
}
