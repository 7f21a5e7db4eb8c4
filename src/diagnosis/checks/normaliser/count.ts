import { defineCheck } from '../../check.ts';
import type { Found } from '../../finding.ts';
import { shown, told } from '../../rules/shown.ts';

export const count = defineCheck({
  id: 'normaliser/count',
  title: 'the statistics of the normaliser forget what they have seen, or see no more',
  severity: 'sick',
  needs: { count: ['normaliser-count'] },
  limits: { still: { value: 10, meaning: 'rows in succession in which nothing is counted' } },
  why: 'What a normaliser has counted grows as long as a run learns. A count that falls says that statistics begin anew, at a resume where they were not loaded; one that stands still, that they are frozen.',
  advice:
    'Save mean, deviation and count of the normaliser with the weights, and load all of them; let it see every batch.',
  faults: [
    'ppo/resume-incomplete-observations',
    'bewley/resume-incomplete-statistics',
    'normaliser/load-drops-statistics',
    'normaliser/freezes',
    'bewley/eval-sticky',
  ],
  laws: ['training/resume', 'normaliser/save-load', 'normaliser/adapts', 'bewley/evaluation-mode'],
  leadsTo: [
    'general/resume',
    'general/constant',
    'normaliser/mean',
    'normaliser/deviation',
    'normaliser/restarted',
  ],
  judge: ({ series, limits }) =>
    series.count.flatMap((one): readonly Found[] => {
      const steps = one.points.map((point, at) => ({ point, before: one.points[at - 1] }));
      const fall = steps.find(({ point, before }) => before !== undefined && point.value < before.value);
      if (fall?.before !== undefined) {
        return [
          {
            what: `${one.logged} falls from ${told(fall.before.value)} to ${told(fall.point.value)}`,
            onset: { after: fall.before.step, by: fall.point.step },
            evidence: shown(one, [fall.before, fall.point]),
          },
        ];
      }
      const last = one.points.at(-1);
      const still = one.points.filter(({ value }) => value === last?.value);
      const [first] = still;
      if (first === undefined || still.length <= limits.still) return [];
      return [
        {
          what: `${one.logged} stays at ${told(first.value)} for ${still.length} rows, to the end`,
          onset: { by: first.step },
          evidence: shown(one, still),
          faults: ['normaliser/freezes', 'bewley/eval-sticky'],
        },
      ];
    }),
});
