import { defineCheck } from '../../check.ts';
import { levelOf, rollingLevel } from '../../rules/windows.ts';
import { shown, told } from '../../rules/shown.ts';
import { tooFew } from '../../rules/too-few.ts';

/** Of the rows: a window in which the level is taken. */
const WINDOW_SHARE = 0.05;

/** A loss near the precision of its numbers is noise: nothing diverges that has fallen to a millionth of where it began. */
const SOLVED = 1e-6;

export const divergence = defineCheck({
  id: 'general/divergence',
  title: 'the loss grows',
  severity: 'sick',
  needs: { loss: ['loss-unweighted', 'loss', 'value-loss-raw', 'held-out-loss'] },
  limits: {
    factor: {
      value: 10,
      meaning: 'level at the end over the lowest level before, medians over a twentieth of the rows',
    },
    first: { value: 1, meaning: 'level at the end over that of the beginning' },
  },
  why: 'The median over a window is compared with the lowest one before and with the first: single spikes do not count, nor does a loss that rises from far below where it began. Of a loss that may be negative the size is compared.',
  advice:
    'Lower the learning rate or clip the gradient; if the loss fell before it grew, look at what the data did at the onset: a change of the distribution, a resume, a schedule.',
  faults: [
    'training/uphill-accepted',
    'bewley/decay-without-rate',
    'training/decay-without-rate',
    'ppo/sum-over-nodes',
  ],
  laws: ['training/optimiser-step', 'training/damped-step', 'ppo/colony'],
  leadsTo: [
    'general/plateau',
    'economics/euler-ratio',
    'economics/capital-labour',
    'economics/discounted-return',
    'economics/labour-level',
    'economics/savings-pinned',
    'economics/constrained',
    'economics/top-share',
    'normaliser/deviation',
    'normaliser/mean',
    'normaliser/clipped',
  ],
  judge: ({ series, limits }) => {
    const loss = series.loss[0];
    if (loss === undefined) return [];
    const few = tooFew(loss, 10);
    if (few !== undefined) return few;
    const length = Math.max(3, Math.ceil(WINDOW_SHARE * loss.points.length));
    // A product of two draws may be negative: its size is what grows.
    const levels = rollingLevel(
      loss.points.map((point) => ({ ...point, value: Math.abs(point.value) })),
      length,
    );
    const [begin, end] = [levels[0], levels.at(-1)];
    const lowest = levels.reduce(
      (least, point) => (point.value < least.value ? point : least),
      levels[0] ?? { value: 0, step: 0 },
    );
    if (begin === undefined || end === undefined) return [];
    const floor = Math.max(lowest.value, SOLVED * begin.value);
    const grew = end.value > limits.factor * floor && end.value > limits.first * begin.value;
    if (!grew) return [];
    const onset = levels.find(({ step, value }) => step > lowest.step && value > limits.factor * floor);
    return [
      {
        what: `${loss.logged} rises from ${told(lowest.value)} (median about step ${lowest.step}) to ${told(levelOf(loss.points.slice(-length)))} at the end`,
        onset: { after: lowest.step, by: onset?.step ?? end.step },
        evidence: shown(
          loss,
          loss.points.filter(({ step }) => step >= lowest.step),
        ),
      },
    ];
  },
});
