import { defineCheck } from '../../check.ts';
import { shown, told } from '../../rules/shown.ts';
import { tooFew } from '../../rules/too-few.ts';
import { alignedAt, levelOf } from '../../rules/windows.ts';

/** Rows on each side of a change. */
const SIDE = 4;

export const lossScale = defineCheck({
  id: 'general/loss-scale',
  title: 'the weights of the loss change: the total jumps, the parts do not',
  severity: 'suspect',
  needs: { total: ['loss'], parts: ['loss-unweighted', 'value-loss'] },
  limits: { factor: { value: 1.5, meaning: 'between the ratios of total and parts on the two sides' } },
  why: 'A total loss that halves because a weight is halved has been read as progress. The ratio of the total to the loss without weights is nearly constant in a run, and jumps where a weight changes.',
  advice: 'Compare losses without weights, here and between runs.',
  faults: [
    'training/weight-change-read-as-progress',
    'bewley/weight-change-read-as-progress',
    'ppo/compared-by-total',
  ],
  laws: ['training/unweighted-loss', 'ppo/unweighted-value-loss'],
  judge: ({ series, limits }) => {
    const [total, parts] = [series.total[0], series.parts[0]];
    if (total === undefined || parts === undefined) return [];
    const few = tooFew(total, 2 * SIDE);
    if (few !== undefined) return few;
    const ratios = alignedAt([total, parts]).flatMap(({ points: [top, bottom] }) =>
      top === undefined || bottom === undefined || top.value <= 0 || bottom.value <= 0
        ? []
        : { ...top, value: top.value / bottom.value },
    );
    for (let at = SIDE; at + SIDE <= ratios.length; at += 1) {
      const [before, after] = [ratios.slice(at - SIDE, at), ratios.slice(at, at + SIDE)];
      const factor = levelOf(after) / levelOf(before);
      const isStep = spread(before) < Math.sqrt(limits.factor) && spread(after) < Math.sqrt(limits.factor);
      if (!isStep || Math.max(factor, 1 / factor) < limits.factor) continue;
      const [last, first] = [before.at(-1), after[0]];
      if (last === undefined || first === undefined) continue;
      return [
        {
          what: `${total.logged} over ${parts.logged} goes from ${told(levelOf(before))} to ${told(levelOf(after))}`,
          onset: { after: last.step, by: first.step },
          evidence: shown(
            total,
            total.points.filter(({ step }) => step >= last.step && step <= first.step),
          ),
        },
      ];
    }
    return [];
  },
});

function spread(points: readonly { readonly value: number }[]): number {
  const values = points.map(({ value }) => value);
  return Math.max(...values) / Math.min(...values);
}
