import { defineCheck } from '../../check.ts';
import { shown } from '../../rules/shown.ts';
import { onsetOf, stretchOf } from '../../rules/stretch.ts';

export const guards = defineCheck({
  id: 'economics/guards',
  title: 'guards against impossible quantities are in use',
  severity: 'suspect',
  needs: { guard: ['capital-floored', 'labour-floored'] },
  limits: { rows: { value: 3, meaning: 'rows in succession in which a floor lifts capital or labour' } },
  why: 'A floor under K or L keeps a run alive that has left the economy: prices are no marginal products any more, and the gradient through the floor is 0.',
  advice:
    'Find what sends capital or labour there; a run that needs its guards has not been judged by its losses.',
  faults: ['bewley/euler-wealth-term', 'bewley/labor-foc-sign'],
  laws: ['bewley/domain', 'bewley/prices', 'bewley/euler-residual', 'bewley/labor-foc'],
  judge: ({ series, limits }) =>
    series.guard.flatMap((one) => {
      const stretch = stretchOf(one.points, (value) => value > 0, { length: limits.rows });
      if (stretch === undefined) return [];
      return [
        {
          what: `${one.logged} is above 0 at ${stretch.bad.length} rows from step ${stretch.bad[0].step} on`,
          ...onsetOf(stretch),
          evidence: shown(one, stretch.bad),
        },
      ];
    }),
});
