import { figure } from './figure.ts';
import type { Axis, Panel } from './panel.ts';
import type { Series, Stroke } from './series.ts';
import { stepExtent, withTrend } from './step-series.ts';
import { linearExtentOf, logExtentOf } from './ticks.ts';

/** A row of the log of a PPO run: metrics by the names of the logs. */
export type PpoTrainingRow = Readonly<Record<string, unknown>> & { readonly step: number };

const INK: Stroke = { colour: '#000', width: 1.8 };
const RETURN: Stroke = { colour: '#4a98cf', width: 1.8 };

/** Colours of Okabe and Ito's palette; dashes tell heads apart in grey. */
const HEADS: readonly Stroke[] = [
  { colour: '#0072b2', width: 1.6 },
  { colour: '#d55e00', width: 1.6, dash: '7,2.5' },
  { colour: '#009e73', width: 1.6, dash: '2.2,1.8' },
  { colour: '#cc79a7', width: 1.6, dash: '9,2.5,2,2.5' },
  { colour: '#e69f00', width: 1.6, dash: '4,2' },
  { colour: '#757575', width: 1.6, dash: '1,1.5' },
];

const TALL = 130;
const LOW = 76;

/** Return, value loss of every head, explained variance, divergence and entropy by environment step, as SVG. */
export function ppoTrainingFigure(log: readonly PpoTrainingRow[], rewards: readonly string[]): string {
  const steps = log.map(({ step }) => step);
  const extent = stepExtent(steps);
  const values = (metric: string): readonly number[] =>
    log.map((row) => {
      const value = row[metric];
      return typeof value === 'number' ? value : Number.NaN;
    });
  const heads = rewards.map((name, index): Series => ({
    label: name,
    x: steps,
    y: values(`value_loss/${name}`),
    stroke: HEADS[index % HEADS.length] ?? INK,
  }));
  const panels: readonly (Omit<PanelInput, 'x'> & { readonly name: string })[] = [
    {
      name: 'return of an episode',
      series: [returns(steps, values('charts/episodic_return'))],
      height: TALL,
      empty: 'no episode has ended',
    },
    { name: 'value loss, no weights', series: heads, height: TALL, isLogarithmic: true },
    {
      name: 'explained variance',
      series: [{ label: '', x: steps, y: values('losses/explained_variance'), stroke: INK }],
      height: LOW,
    },
    {
      name: 'KL, k3',
      series: [{ label: '', x: steps, y: values('losses/approx_kl'), stroke: INK }],
      height: LOW,
      isLogarithmic: true,
    },
    {
      name: 'entropy',
      series: [{ label: '', x: steps, y: values('losses/entropy'), stroke: INK }],
      height: LOW,
    },
  ];
  const last = values('charts/episodic_return').filter(Number.isFinite).at(-1);
  return figure({
    id: 'training',
    title: 'Training by environment step',
    description:
      log.length === 0
        ? 'No update has been logged.'
        : `Return, value loss of ${rewards.join(', ')} on a logarithmic axis, explained variance, divergence and entropy over ${log.length} logged updates, to environment step ${steps.at(-1) ?? '?'}. Last return: ${last?.toPrecision(4) ?? 'none'}.`,
    panels: panels.map((input, index) =>
      panelOf({
        ...input,
        x:
          index === panels.length - 1
            ? { ...extent, label: 'environment step' }
            : { ...extent, hasNumbers: false },
      }),
    ),
    columns: 1,
    legend: heads.map(({ label, stroke }) => ({ label: label.replaceAll('_', '-'), stroke })),
    yLabels: panels.map(({ name }) => name),
  });
}

interface PanelInput {
  readonly series: readonly Series[];
  readonly x: Axis;
  readonly height: number;
  readonly isLogarithmic?: boolean;
  readonly empty?: string;
}

function panelOf({ series, x, height, isLogarithmic = false, empty = 'not logged' }: PanelInput): Panel {
  const drawn = series.map((one) => withTrend(one, isLogarithmic));
  const all = series.flatMap(({ y }) => y);
  return {
    series: [
      ...drawn.map(({ values }) => values),
      ...drawn.flatMap(({ trend }) => (trend === undefined ? [] : [trend])),
    ],
    x,
    y: isLogarithmic ? { ...logExtentOf(all, 4), isLogarithmic } : linearExtentOf(all, 3),
    empty,
    height,
  };
}

/** Updates in which no episode ended are no gaps. */
function returns(steps: readonly number[], values: readonly number[]): Series {
  const kept = values.flatMap((value, index) =>
    Number.isFinite(value) ? [{ x: steps[index] ?? Number.NaN, y: value }] : [],
  );
  return { label: 'return', x: kept.map(({ x }) => x), y: kept.map(({ y }) => y), stroke: RETURN };
}
