import type { Panel } from '../../figures/panel.ts';
import type { Series } from '../../figures/series.ts';
import { stepExtent } from '../../figures/step-series.ts';
import { linearExtentOf, logExtentOf } from '../../figures/ticks.ts';
import type { ReportSeries } from '../report.ts';
import type { ChartSection, ReportOnset } from '../section.ts';

/** What is marked beside the curve. */
export type Marks = Partial<Pick<ChartSection, 'onset' | 'limits'>>;

/** Colours are those of the style sheet: light and dark have their own. */
const CURVE = { colour: 'var(--curve)', width: 1.3 };
const LIMIT = { colour: 'var(--limit)', width: 1.1, dash: '4,3' };
const NOT_FINITE = { colour: 'var(--bad)', width: 3 };

/** From two decades on, a linear axis would show nothing but the largest values. */
const DECADES = 100;

/** The diagram of a series by step: the band of its onset under it, limits and steps without a number over it. */
export function curvePanel(series: ReportSeries, { onset, limits = [] }: Marks, height: number): Panel {
  const own = limits.filter((limit) => limit.series === series.name).map(({ value }) => value);
  const drawn = [...series.values, ...own];
  const [lowest, highest] = extremesOf(drawn);
  const isLogarithmic = lowest > 0 && highest >= DECADES * lowest;
  const x = stepExtent([...series.steps, ...series.notFinite].sort((a, b) => a - b));
  const y = isLogarithmic ? logExtentOf([lowest, highest], 4) : linearExtentOf([lowest, highest], 4);
  const [left, right] = x.domain;
  const across = (value: number): Series => ({
    label: 'limit',
    x: [left, right],
    y: [value, value],
    stroke: LIMIT,
  });
  return {
    series: [
      ...own.map(across),
      { label: series.name, ...withGaps(series), stroke: CURVE },
      ...(series.notFinite.length === 0 ? [] : [footMarks(series.notFinite, y.domain[0])]),
    ],
    x,
    y: { ...y, isLogarithmic },
    ...(onset === undefined ? {} : { bands: bandsOf(onset, left, right) }),
    empty: 'no value is a number',
    height,
  };
}

/** The stretch in which it began is strong, what came of it is faint. */
function bandsOf(
  { after, by, until }: ReportOnset,
  left: number,
  right: number,
): NonNullable<Panel['bands']> {
  const inside = (step: number): number => Math.min(right, Math.max(left, step));
  return [
    { from: inside(by), to: inside(until ?? right), colour: 'var(--sick-band)' },
    { from: inside(after ?? by), to: inside(by), colour: 'var(--onset-band)' },
  ];
}

/** The curve ends where values are no numbers: a line across would be made up. */
function withGaps({ steps, values, notFinite }: ReportSeries): Pick<Series, 'x' | 'y'> {
  if (notFinite.length === 0) return { x: steps, y: values };
  const points = [
    ...steps.map((step, index) => ({ step, value: values[index] ?? Number.NaN })),
    ...notFinite.map((step) => ({ step, value: Number.NaN })),
  ].sort((a, b) => a.step - b.step);
  return { x: points.map(({ step }) => step), y: points.map(({ value }) => value) };
}

/** A dot on the axis at each step: a gap behind each keeps them from being joined. */
function footMarks(steps: readonly number[], foot: number): Series {
  return {
    label: 'not finite',
    x: steps.flatMap((step) => [step, step]),
    y: steps.flatMap(() => [foot, Number.NaN]),
    stroke: NOT_FINITE,
  };
}

/** Of any number of values: the spread of arguments would not do. NaN of none. */
export function extremesOf(values: readonly number[]): readonly [lowest: number, highest: number] {
  const [first = Number.NaN] = values;
  let [lowest, highest] = [first, first];
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return [lowest, highest];
}
