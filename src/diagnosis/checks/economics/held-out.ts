import { defineCheck } from '../../check.ts';
import { shown, told } from '../../rules/shown.ts';
import { lateOf, levelOf } from '../../rules/windows.ts';

const END = 0.2;

export const heldOut = defineCheck({
  id: 'economics/held-out',
  title: 'residuals are far larger on states that are not trained on',
  severity: 'suspect',
  needs: { trained: ['loss-unweighted', 'loss'], heldOut: ['held-out-loss', 'held-out-loss/*'] },
  limits: { factor: { value: 100, meaning: 'held-out over trained, medians of the last fifth' } },
  why: 'A network that has met its conditions on the states that it visits may have no idea of the others; a redraw, or a wider sample, brings them in.',
  advice: 'Draw worlds afresh, widen the sampling of states, and judge on held-out states.',
  faults: ['nk/evaluated-off-domain', 'bewley/hoarders'],
  laws: ['nk/evaluation-domain', 'bewley/trained-capital'],
  judge: ({ series, limits }) => {
    const trained = series.trained[0];
    if (trained === undefined || trained.points.length === 0) return [];
    const level = Math.abs(levelOf(lateOf(trained.points, END)));
    return series.heldOut.flatMap((one) => {
      const points = lateOf(one.points, END);
      if (points.length === 0) return [];
      const other = levelOf(points);
      if (!(other > limits.factor * level)) return [];
      return [
        {
          what: `${one.logged} is ${told(other)} at the end, ${told(other / level)} times ${trained.logged}`,
          onset: { by: points[0]?.step ?? 0 },
          evidence: shown(one, points),
        },
      ];
    });
  },
});
