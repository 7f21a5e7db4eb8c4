import { defineCheck } from '../../check.ts';
import { shown, told } from '../../rules/shown.ts';
import { tooFew } from '../../rules/too-few.ts';
import { earlyOf, lateOf, levelOf } from '../../rules/windows.ts';

export const plateau = defineCheck({
  id: 'general/plateau',
  title: 'the loss has not fallen',
  severity: 'suspect',
  needs: { loss: ['loss-unweighted', 'loss', 'held-out-loss'] },
  limits: {
    kept: {
      value: 0.9,
      meaning: 'of the first level, median of the first twentieth, that is left in the last fifth',
    },
  },
  why: 'A loss that stands where it began has learnt nothing, or measures something else than what is trained. A log of one stage of a longer training may be right in this.',
  advice:
    'Check that gradients reach the weights (their norm, and that the optimiser holds the weights of this network), and the learning rate.',
  faults: [
    'training/decay-without-rate',
    'nk/optimiser-recreated',
    'bewley/optimiser-recreated',
    'training/int-concat',
  ],
  laws: [
    'training/optimiser-step',
    'training/optimiser-moments',
    'training/learning-rate',
    'training/dtypes',
  ],
  judge: ({ series, limits }) => {
    const loss = series.loss[0];
    if (loss === undefined) return [];
    const few = tooFew(loss, 20);
    if (few !== undefined) return few;
    // A loss that comes to be negative has fallen.
    if (loss.points.some(({ value }) => value < 0)) return [];
    const [first, last] = [levelOf(earlyOf(loss.points, 0.05)), levelOf(lateOf(loss.points, 0.2))];
    if (last < limits.kept * first) return [];
    return [
      {
        what: `${loss.logged} is ${told(first)} at the beginning and ${told(last)} at the end`,
        onset: { by: loss.points[0]?.step ?? 0 },
        evidence: shown(loss, loss.points),
      },
    ];
  },
});
