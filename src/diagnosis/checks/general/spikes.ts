import { defineCheck } from '../../check.ts';
import { median } from '../../../numerics/index.ts';
import { shown, told } from '../../rules/shown.ts';
import { tooFew } from '../../rules/too-few.ts';

/** Rows on each side with which one is compared. */
const NEIGHBOURS = 4;

export const spikes = defineCheck({
  id: 'general/spikes',
  title: 'the loss has spikes',
  severity: 'remark',
  needs: { loss: ['loss-unweighted', 'loss', 'value-loss'] },
  limits: { factor: { value: 100, meaning: 'of the median of its neighbours' } },
  why: 'A single row far above its neighbours is a batch unlike the others, or a step too long that the optimiser came back from.',
  advice: 'Look at the gradient norm at that step, and clip it; look at the batch.',
  faults: [],
  laws: ['training/damped-step'],
  judge: ({ series, limits }) => {
    const loss = series.loss[0];
    if (loss === undefined) return [];
    const few = tooFew(loss, 2 * NEIGHBOURS + 1);
    if (few !== undefined) return few;
    const high = loss.points.filter(({ value }, index) => {
      const others = loss.points
        .slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1)
        .filter((_, position) => position !== Math.min(index, NEIGHBOURS));
      return index >= NEIGHBOURS && value > limits.factor * median(others.map((one) => Math.abs(one.value)));
    });
    const [first] = high;
    if (first === undefined) return [];
    return [
      {
        what: `${loss.logged} is ${told(first.value)} at step ${first.step}, ${told(limits.factor)} times its neighbours and more; ${high.length} such rows`,
        onset: { by: first.step },
        evidence: shown(loss, high),
      },
    ];
  },
});
