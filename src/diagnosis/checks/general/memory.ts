import { defineCheck } from '../../check.ts';
import { theilSen } from '../../../numerics/index.ts';
import type { Point, Series } from '../../evidence/series.ts';
import { shown, told } from '../../rules/shown.ts';
import { tooFew } from '../../rules/too-few.ts';
import { alignedAt, behindStart } from '../../rules/windows.ts';

/** Of the run: caches fill, kernels are compiled. */
const START = 0.2;

/** Slopes are between all pairs of points. */
const MAXIMUM_POINTS = 300;

/** Of the bound on the slope. */
const CONFIDENCE = 0.99;

export const tensors = defineCheck({
  id: 'general/tensors',
  title: 'tensors are kept, more of them with every step',
  severity: 'sick',
  needs: { tensors: ['tensors'] },
  limits: {
    rows: {
      value: 5,
      meaning: 'rows behind the first fifth; between them the count never falls, and rises in nearly all',
    },
  },
  why: 'A trainer of a fixed shape holds the same number of tensors after every step. A count that rises in a line is a leak, whatever its size.',
  advice: 'Wrap the step in tidy, dispose what is replaced, and keep numbers, not tensors, in histories.',
  faults: [
    'training/leak-history',
    'training/leak-shock-graph',
    'training/leak-statistics',
    'training/leak-temporaries',
    'training/leak-rollout',
    'normaliser/statistics-kept',
    'bewley/leak-history',
    'bewley/leak-shock-graph',
    'bewley/leak-statistics',
    'bewley/leak-temporaries',
    'bewley/leak-rollout',
    'ppo/leak-gradient',
    'ppo/leak-weights',
    'ppo/leak-temporaries',
  ],
  laws: ['training/tensors', 'normaliser/tensors'],
  leadsTo: ['general/memory', 'general/throughput'],
  judge: ({ series, limits }) =>
    series.tensors.flatMap((one) => {
      const points = behindStart(one.points, START);
      const [first, last] = [points[0], points.at(-1)];
      if (first === undefined || last === undefined || points.length < limits.rows) return [];
      const changes = points.slice(1).map(({ value }, index) => value - (points[index]?.value ?? value));
      const isLeak =
        changes.every((change) => change >= 0) &&
        changes.filter((change) => change > 0).length > changes.length / 2;
      if (!isLeak) return [];
      const slope = (last.value - first.value) / (last.step - first.step);
      return [
        {
          what: `${one.logged} rises from ${told(first.value)} to ${told(last.value)}, ${told(slope)} a step`,
          onset: { by: one.points[1]?.step ?? first.step },
          evidence: shown(one, points),
        },
      ];
    }),
});

/** Memory outside the heap of JavaScript, where both are logged: the heap breathes with its collector, and tensors lie outside. */
function outsideHeap(memory: Series, heap: Series | undefined): Series {
  if (heap === undefined) return memory;
  const points = alignedAt([memory, heap]).flatMap(({ points: [all, inside] }) =>
    all === undefined || inside === undefined ? [] : { ...all, value: all.value - inside.value },
  );
  return { ...memory, points };
}

export const memory = defineCheck({
  id: 'general/memory',
  title: 'the memory of the process grows',
  severity: 'sick',
  needs: { memory: ['memory-bytes'] },
  limits: {
    growth: {
      value: 0.25,
      meaning: 'of the memory at the start, that the lower bound of the slope adds over the run',
    },
    bytes: { value: 64e6, meaning: 'bytes that it adds at least; allocators keep some tens of megabytes' },
  },
  why: 'The slope between all pairs of rows (Theil and Sen) with a bound at 99 % tells a line from a staircase that ends. The heap of JavaScript alone hides what lies outside it.',
  advice:
    'Where the number of tensors stays, look outside them: handles, buffers, listeners, a history of numbers.',
  faults: ['training/leak-native', 'bewley/leak-native', 'training/heap-for-memory'],
  laws: ['training/native-memory', 'training/tensors', 'bewley/native-memory', 'engine/memory'],
  leadsTo: ['general/throughput'],
  judge: ({ run, series, limits }) => {
    const [logged] = series.memory;
    if (logged === undefined) return [];
    const heap = run.series.get('heap-bytes');
    const one = outsideHeap(logged, heap);
    const few = tooFew(one, 20);
    if (few !== undefined) return few;
    const points = thinned(behindStart(one.points, START));
    const [first, last] = [points[0], points.at(-1)];
    if (first === undefined || last === undefined) return [];
    const { slope, lower } = theilSen(
      points.map(({ step }) => step),
      points.map(({ value }) => value),
      { confidence: CONFIDENCE },
    );
    const added = lower * (last.step - first.step);
    if (!(added > Math.max(limits.bytes, limits.growth * first.value))) return [];
    return [
      {
        severity: heap === undefined ? 'remark' : 'sick',
        what: `${one.logged}${heap === undefined ? '' : ' outside the heap of JavaScript'} grows by ${told(slope)} bytes a step, ${told(lower)} at least, from ${told(first.value)} to ${told(last.value)}`,
        onset: { by: first.step },
        evidence: shown(one, points),
      },
    ];
  },
});

function thinned(points: readonly Point[]): readonly Point[] {
  const every = Math.ceil(points.length / MAXIMUM_POINTS);
  return points.filter((_, index) => index % every === 0);
}
