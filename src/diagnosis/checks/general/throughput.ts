import { defineCheck } from '../../check.ts';
import { shown, told } from '../../rules/shown.ts';
import { tooFew } from '../../rules/too-few.ts';
import { behindStart, earlyOf, lateOf, levelOf } from '../../rules/windows.ts';

export const throughput = defineCheck({
  id: 'general/throughput',
  title: 'steps become slower and slower',
  severity: 'remark',
  needs: { speed: ['steps-per-second'] },
  limits: { share: { value: 0.5, meaning: 'of the speed of the first fifth that is left in the last' } },
  why: 'A run that slows down keeps something that grows: a history, a graph, a swap. A machine that does other work slows down too, and this log does not tell which.',
  advice: 'Look at memory beside it; run plumbline bench on the trainer.',
  faults: ['training/leak-native', 'training/leak-history'],
  laws: ['training/tensors', 'training/native-memory'],
  judge: ({ series, limits }) => {
    const speed = series.speed[0];
    if (speed === undefined) return [];
    const few = tooFew(speed, 20);
    if (few !== undefined) return few;
    const points = behindStart(speed.points, 0.1);
    const [first, last] = [levelOf(earlyOf(points, 0.2)), levelOf(lateOf(points, 0.2))];
    if (last >= limits.share * first) return [];
    return [
      {
        what: `${speed.logged} falls from ${told(first)} to ${told(last)}`,
        onset: { by: points.at(-1)?.step ?? 0 },
        evidence: shown(speed, points),
      },
    ];
  },
});
