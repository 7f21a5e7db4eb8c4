import type { BewleyChoiceCurves, BewleyPolicyData } from './bewley-figure-data.ts';
import { NETWORK, REFERENCE } from './bewley-strokes.ts';
import { figure } from './figure.ts';
import type { Panel } from './panel.ts';
import type { Series } from './series.ts';
import type { Extent } from './ticks.ts';
import { linearExtent, linearExtentOf } from './ticks.ts';

/** One row a choice. */
const CHOICES: readonly { readonly name: keyof BewleyChoiceCurves; readonly label: string }[] = [
  { name: 'consumption', label: 'consumption *c*' },
  { name: 'labor', label: 'labour *n*' },
  { name: 'savingsRatio', label: 'savings ratio *s*' },
  { name: 'marginalReturn', label: 'return *h*' },
];

/** Height of a panel in px at 16 cm: four rows are as high as the page is wide. */
const HEIGHT = 108;

/** Least spread of an axis: below it the noise of a policy that hardly bends would look like a shape. */
const LEAST_SPREAD = 0.02;

/** Consumption, labour, savings ratio and h by own wealth, a column an ability, network against reference, as SVG. */
export function bewleyPolicyFigure({ wealth, curves }: BewleyPolicyData): string {
  const top = wealth.at(-1) ?? 1;
  const near = nearLimit({ wealth, curves });
  const axes = {
    plain: { ...linearExtent(0, top, 4), hasNumbers: false },
    labelled: { ...linearExtent(0, top, 4), label: 'own wealth *a*' },
    nearLimit: { ...linearExtent(0, near, 3), label: 'own wealth *a*, near 0' },
  };
  const panels = CHOICES.flatMap(({ name }, row) => {
    // What lies beyond the axis would be drawn beside the panel.
    const end = name === 'marginalReturn' ? near : top;
    const within = (values: readonly number[]): readonly number[] =>
      values.map((value, index) => ((wealth[index] ?? Number.NaN) <= end ? value : Number.NaN));
    const y = rowExtent(
      curves.flatMap(({ network, reference }) => [...network[name], ...(reference?.[name] ?? [])]),
    );
    return curves.map(({ quantile, ability, network, reference }, column): Panel => {
      const series: readonly Series[] = [
        { label: 'network', x: wealth, y: within(network[name]), stroke: NETWORK },
        ...(reference === null
          ? []
          : [{ label: 'reference', x: wealth, y: within(reference[name]), stroke: REFERENCE }]),
      ];
      return {
        series,
        x: axes[name === 'marginalReturn' ? 'nearLimit' : name === 'savingsRatio' ? 'labelled' : 'plain'],
        // One scale a row: levels are to be compared between abilities.
        y: { ...y, hasNumbers: column === 0 },
        ...(row === 0
          ? { note: `ability *e* = ${ability.toPrecision(3)} (${percent(quantile)} quantile)` }
          : {}),
        empty: 'no finite values',
        height: HEIGHT,
      };
    });
  });
  const hasReference = curves.some(({ reference }) => reference !== null);
  const misses = CHOICES.map(({ name, label }) => {
    const sizes = curves.flatMap(({ network, reference }) =>
      (reference?.[name] ?? []).map((value, index) => Math.abs((network[name][index] ?? Number.NaN) - value)),
    );
    return `${label.replaceAll('*', '')} ${sizes.reduce((most, size) => Math.max(most, size), 0).toPrecision(2)}`;
  });
  return figure({
    id: 'policies',
    title: 'Policies by own wealth and ability',
    description: `Consumption, labour, savings ratio and h (rows) by own wealth, at ${curves.length} abilities (columns), among the agents of the simulation. Solid: network${hasReference ? `; dashed: reference. Largest differences: ${misses.join(', ')}` : ''}.`,
    panels,
    columns: Math.max(1, curves.length),
    legend: [
      { label: 'network', stroke: NETWORK },
      ...(hasReference ? [{ label: 'reference', stroke: REFERENCE }] : []),
    ],
    note: '*a*, *c* in units of goods; *n*, *s* as shares',
    yLabels: CHOICES.map(({ label }) => label),
  });
}

/** Room to the right of the last wealth at which the borrowing limit binds. */
const ROOM = 1.6;

/** The part of the axis on which h is shown, which is 1 beyond: of the wealth at which the limit binds in the reference. */
function nearLimit({ wealth, curves }: BewleyPolicyData): number {
  const bound = curves.flatMap(({ reference }) =>
    (reference?.marginalReturn ?? []).flatMap((h, index) => (h < 1 - 1e-4 ? [wealth[index] ?? 0] : [])),
  );
  const end = ROOM * Math.max(0.02 * (wealth.at(-1) ?? 1), ...bound);
  return wealth.find((owned) => owned >= end) ?? wealth.at(-1) ?? 1;
}

function rowExtent(values: readonly number[]): Extent {
  const finite = values.filter(Number.isFinite);
  const [lowest, highest] = [Math.min(...finite), Math.max(...finite)];
  if (finite.length === 0 || highest - lowest >= LEAST_SPREAD) return linearExtentOf(values, 4);
  const middle = (lowest + highest) / 2;
  return linearExtentOf([middle - LEAST_SPREAD / 2, middle + LEAST_SPREAD / 2], 4);
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}
