import { defineCheck } from '../../check.ts';
import { beyond } from '../../rules/beyond.ts';
import { onsetOf, stretchOf } from '../../rules/stretch.ts';
import { shown } from '../../rules/shown.ts';

export const damping = defineCheck({
  id: 'general/damping',
  title: 'the damping of Levenberg and Marquardt only falls',
  severity: 'sick',
  needs: { damping: ['damping'] },
  limits: {
    least: {
      value: 1e-10,
      meaning: 'damping, relative to the curvature: below the square of the roundoff there is none',
    },
  },
  why: 'Damping falls when a step lowers the loss and rises when it does not: near a solution it swings. One that falls to nothing is lowered also by steps that raise the loss, or is lowered where it should be raised.',
  advice: 'Hold the accepted loss against the one before; raise the damping where a step is rejected.',
  faults: ['training/uphill-accepted', 'training/damping-swapped'],
  laws: ['training/damped-step'],
  leadsTo: [
    'general/gradient-norm',
    'general/divergence',
    'general/plateau',
    'general/spikes',
    'general/rejected',
  ],
  judge: ({ run, series, limits }) =>
    series.damping.flatMap((one) =>
      beyond(one, { side: 'below', sick: limits.least, length: 5 }).map((found) => {
        const accepted = run.series.get('accepted');
        const isRejected = accepted?.points.every(({ value }) => value === 0) === true;
        return isRejected
          ? { ...found, faults: ['training/damping-swapped', 'training/uphill-accepted'] }
          : found;
      }),
    ),
});

export const rejected = defineCheck({
  id: 'general/rejected',
  title: 'no step is accepted any more',
  severity: 'suspect',
  needs: { accepted: ['accepted'] },
  limits: { rows: { value: 10, meaning: 'rows in succession without an accepted step' } },
  why: 'A damped step that fails is tried again, shorter: none that succeeds says that damping goes the wrong way, or that the loss is at the roundoff.',
  advice: 'Raise the damping where a step fails; look at the sign of the step.',
  faults: ['training/damping-swapped'],
  laws: ['training/damped-step'],
  leadsTo: ['general/plateau'],
  judge: ({ series, limits }) =>
    series.accepted.flatMap((one) => {
      const stretch = stretchOf(one.points, (value) => value === 0, { length: limits.rows });
      if (stretch === undefined || stretch.until !== undefined) return [];
      return [
        {
          what: `${one.logged} is 0 at ${stretch.bad.length} rows to the end`,
          ...onsetOf(stretch),
          evidence: shown(one, stretch.bad),
        },
      ];
    }),
});
