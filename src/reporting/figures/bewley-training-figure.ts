import { REFERENCE } from './bewley-strokes.ts';
import { figure } from './figure.ts';
import type { Panel } from './panel.ts';
import type { Series, Stroke } from './series.ts';
import { stepExtent, withTrend } from './step-series.ts';
import { decimal, linearExtentOf, logExtentOf } from './ticks.ts';

/** A row of the log of a Bewley run: metrics by the names of the logs. */
export type BewleyTrainingRow = Readonly<Record<string, unknown>> & { readonly step: number };

/** What the run should come to. */
export interface BewleyTrainingReference {
  readonly capitalLabor: number;
  readonly labor: number;
  /** Mean a′ over mean m. */
  readonly savingsRatio: number;
}

/** Colours of Okabe and Ito's palette; dashes and widths tell them apart in grey. */
const LOSSES: readonly { readonly metric: string; readonly label: string; readonly stroke: Stroke }[] = [
  { metric: 'loss/fb', label: 'complementarity', stroke: { colour: '#000', width: 1.8 } },
  { metric: 'loss/aux_mu', label: 'Euler product', stroke: { colour: '#0072b2', width: 1.6, dash: '7,2.5' } },
  { metric: 'loss/labor_foc', label: 'labour', stroke: { colour: '#d55e00', width: 1.6, dash: '2.2,1.8' } },
];

/** Numbers of the economy, each with its reference. */
const STATES: readonly {
  readonly label: string;
  readonly reference: keyof BewleyTrainingReference;
  readonly of: (metric: (name: string) => number) => number;
}[] = [
  { label: '*K*/*L*', reference: 'capitalLabor', of: (metric) => metric('market/capital_labor') },
  { label: 'labour, mean *n*', reference: 'labor', of: (metric) => metric('state/labor_mean') },
  {
    label: 'savings ratio *s*',
    reference: 'savingsRatio',
    of: (metric) => metric('state/savings_mean') / metric('state/money_disposable_mean'),
  },
];

const STATE: Stroke = { colour: '#4a98cf', width: 1.8 };

const LOSS_HEIGHT = 150;
const STATE_HEIGHT = 84;

/** Unweighted parts of the loss, K/L, labour and savings ratio by gradient step, with the reference, as SVG. */
export function bewleyTrainingFigure(
  log: readonly BewleyTrainingRow[],
  reference?: BewleyTrainingReference,
): string {
  const steps = log.map(({ step }) => step);
  const x = stepExtent(steps);
  const metricOf =
    (row: BewleyTrainingRow) =>
    (name: string): number => {
      const value = row[name];
      return typeof value === 'number' ? value : Number.NaN;
    };
  const losses = LOSSES.map(({ metric, label, stroke }): Series => ({
    label,
    x: steps,
    y: log.map((row) => metricOf(row)(metric)),
    stroke,
  }));
  const hidden = losses.reduce((count, { y }) => count + y.filter((value) => !(value > 0)).length, 0);
  const drawn = losses.map((series) => withTrend(series));
  const trends = drawn.flatMap(({ trend }) => (trend === undefined ? [] : [trend]));
  const remarks = [
    ...(hidden === 0 ? [] : [`${decimal(hidden, 0)} values not above 0: gaps`]),
    ...(trends.length === 0 ? [] : ['bold: running median']),
  ];
  const loss: Panel = {
    series: [...drawn.map(({ values }) => values), ...trends],
    x: { ...x, hasNumbers: false },
    y: {
      ...logExtentOf(
        losses.flatMap(({ y }) => y),
        6,
      ),
      isLogarithmic: true,
    },
    empty: log.length === 0 ? 'no step has been logged' : 'no loss is positive and finite',
    ...(remarks.length === 0 ? {} : { note: remarks.join('; ') }),
    height: LOSS_HEIGHT,
  };
  const states = STATES.map(({ label, reference: name, of }, index): Panel => {
    const expected = reference?.[name];
    const values = log.map((row) => of(metricOf(row)));
    const curve = withTrend({ label, x: steps, y: values, stroke: STATE }, false);
    const ends = [...x.domain];
    const lines = [
      curve.values,
      ...(curve.trend === undefined ? [] : [curve.trend]),
      ...(expected === undefined || log.length === 0
        ? []
        : [{ label: 'reference', x: ends, y: ends.map(() => expected), stroke: REFERENCE }]),
    ];
    return {
      series: lines,
      x: index === STATES.length - 1 ? { ...x, label: 'gradient step' } : { ...x, hasNumbers: false },
      y: linearExtentOf([...values, ...(expected === undefined ? [] : [expected])], 3),
      empty: 'not logged',
      height: STATE_HEIGHT,
    };
  });
  const last = log.at(-1);
  const told = STATES.map(({ label, reference: name, of }) => {
    const value = last === undefined ? 'none' : of(metricOf(last)).toPrecision(4);
    const expected = reference?.[name];
    return `${label.replaceAll('*', '')} ${value}${expected === undefined ? '' : ` (reference ${expected.toPrecision(4)})`}`;
  });
  return figure({
    id: 'training',
    title: 'Training by gradient step',
    description:
      log.length === 0
        ? 'No step has been logged.'
        : `Unweighted parts of the loss on a logarithmic axis, K/L, labour and savings ratio over ${log.length} logged gradient steps, ${steps[0] ?? '?'} to ${last?.step ?? '?'}. Last: ${told.join(', ')}.`,
    panels: [loss, ...states],
    columns: 1,
    legend: [
      ...LOSSES.map(({ label, stroke }) => ({ label, stroke })),
      ...(reference === undefined ? [] : [{ label: 'reference', stroke: REFERENCE }]),
    ],
    yLabels: ['loss, without weights', ...STATES.map(({ label }) => label)],
  });
}
