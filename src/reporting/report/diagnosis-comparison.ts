import type { Comparison } from '../../diagnosis/index.ts';
import type { Section } from './section.ts';

/** How a run stands to its baseline, as sections: what differs first. */
export function comparisonSections({ metrics, weightChange }: Comparison): readonly Section[] {
  const isTold = metrics.filter(({ relation }) => relation !== 'equal');
  const equal = metrics.length - isTold.length;
  return [
    ...(weightChange === undefined
      ? []
      : [
          {
            kind: 'text' as const,
            title: 'A change of weight, and no improvement',
            text: `${weightChange.loss.metric} is ${digits(weightChange.loss.ratio)} times that of the baseline at every step, and ${weightChange.unweighted.metric} is equal.`,
          },
        ]),
    {
      kind: 'table',
      title: `Against the baseline: ${metrics.length} metrics in common, ${equal} equal`,
      columns: [
        { name: 'metric' },
        { name: 'relation' },
        { name: 'baseline', isNumber: true },
        { name: 'this run', isNumber: true },
        { name: 'ratio', isNumber: true },
      ],
      rows: isTold.map(({ metric, relation, baseline, level, ratio }) => [
        metric,
        relation,
        digits(baseline),
        digits(level),
        digits(ratio),
      ]),
    },
  ];
}

function digits(value: number): string {
  return String(Number(value.toPrecision(4)));
}
