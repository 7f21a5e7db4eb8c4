import { defineCheck } from '../../check.ts';
import { onsetOf, stretchOf } from '../../rules/stretch.ts';
import { shown } from '../../rules/shown.ts';

export const exactZero = defineCheck({
  id: 'general/exact-zero',
  title: 'a loss is exactly 0',
  severity: 'sick',
  needs: { loss: ['loss-unweighted', 'loss', 'value-loss', 'residual-euler', 'residual-is'] },
  limits: {
    rows: {
      value: 3,
      meaning: 'rows in succession; a mean of squares of rounded numbers is not 0 by chance',
    },
  },
  why: 'Residuals in single precision are never all 0. An exact 0 is a NaN that was replaced, a mask that takes everything out, or a term that is multiplied by 0.',
  advice:
    'Look for what replaces NaN (nan_to_num, where(isnan)) or for an empty mask; let a number that is not finite stop the run.',
  faults: ['bewley/nan-to-zero', 'training/nan-swallowed'],
  laws: ['bewley/domain', 'training/failure', 'engine/special-values'],
  leadsTo: ['general/constant', 'general/plateau'],
  judge: ({ series, limits }) =>
    series.loss.flatMap((one) => {
      const stretch = stretchOf(one.points, (value) => value === 0, { length: limits.rows });
      if (stretch === undefined) return [];
      return [
        {
          what: `${one.logged} is exactly 0 at ${stretch.bad.length} rows from step ${stretch.bad[0].step} on`,
          ...onsetOf(stretch),
          evidence: shown(one, stretch.bad),
        },
      ];
    }),
});
