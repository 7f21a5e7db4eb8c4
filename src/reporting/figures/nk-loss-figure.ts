import { figure } from './figure.ts';
import type { Axis, Panel } from './panel.ts';
import type { Series, Stroke } from './series.ts';
import { stepExtent, withTrend } from './step-series.ts';
import { decimal, linearExtentOf, logExtentOf } from './ticks.ts';

/** What the figure needs of a row of a log. */
export interface NkLossRow {
  /** Gradient steps before it. */
  readonly step: number;
  readonly total: number;
  readonly is: number;
  readonly phillips: number;
  /** Of the rule of the run: one of them, or none. */
  readonly learningRate?: number;
  readonly damping?: number;
}

export interface NkLossOptions {
  /** Whether the learning rate or the damping is shown below; default true, where rows have one. */
  readonly showsStepSize?: boolean;
}

/** Colours of Okabe and Ito's palette; dashes and widths tell them apart in grey. */
const LOSSES: readonly {
  readonly key: 'total' | 'is' | 'phillips';
  readonly label: string;
  readonly stroke: Stroke;
}[] = [
  { key: 'total', label: 'total', stroke: { colour: '#000', width: 2 } },
  { key: 'is', label: 'IS', stroke: { colour: '#0072b2', width: 1.6, dash: '7,2.5' } },
  { key: 'phillips', label: 'Phillips', stroke: { colour: '#d55e00', width: 1.6, dash: '2.2,1.8' } },
];

const SIZE: Stroke = { colour: '#000', width: 1.4 };

/**
 * The loss and its parts by gradient step, on a logarithmic axis, with the learning rate or the damping below, as SVG.
 */
export function nkLossFigure(
  log: readonly NkLossRow[],
  { showsStepSize = true }: NkLossOptions = {},
): string {
  const steps = log.map(({ step }) => step);
  const raw = LOSSES.map(({ key, label, stroke }): Series => ({
    label,
    x: steps,
    y: log.map((row) => row[key]),
    stroke,
  }));
  const curves = raw.map((one) => withTrend(one));
  const trends = curves.flatMap(({ trend }) => (trend === undefined ? [] : [trend]));
  const series = [...curves.map(({ values }) => values), ...trends];
  const isEmpty = log.length === 0;
  const x = stepExtent(steps);
  const size = showsStepSize ? stepSizeOf(log) : undefined;
  const hidden = raw.reduce(
    (count, { y }) => count + y.filter((value) => !(value > 0 && value < Infinity)).length,
    0,
  );
  const loss: Panel = {
    series,
    x: size === undefined ? { ...x, label: 'gradient step' } : { ...x, hasNumbers: false },
    y: {
      ...logExtentOf(
        raw.flatMap(({ y }) => y),
        6,
      ),
      isLogarithmic: true,
    },
    empty: isEmpty ? 'no step has been logged' : 'no loss is positive and finite',
    ...(hidden === 0
      ? {}
      : {
          note: `${decimal(hidden, 0)} ${hidden === 1 ? 'value is' : 'values are'} not positive and finite: gaps`,
        }),
    height: 190,
  };
  const below = (drawn: StepSize): Panel => ({
    series: [{ label: drawn.label, x: steps, y: drawn.values, stroke: SIZE }],
    x: { ...x, label: 'gradient step' },
    y: drawn.axis,
    height: 64,
  });
  const last = log.at(-1);
  return figure({
    id: 'loss',
    title: 'Training loss by gradient step',
    description: isEmpty
      ? 'No step has been logged.'
      : `Total loss and its IS and Phillips parts on a logarithmic axis over ${log.length} logged gradient steps, ${steps[0] ?? '?'} to ${last?.step ?? '?'}${trends.length > 0 ? '; bold: running median' : ''}. Last: total ${exponential(last?.total)}, IS ${exponential(last?.is)}, Phillips ${exponential(last?.phillips)}.${hidden === 0 ? '' : ` ${hidden} values are not positive and finite and are left out.`}`,
    panels: size === undefined ? [loss] : [loss, below(size)],
    columns: 1,
    legend: LOSSES.map(({ label, stroke }) => ({ label, stroke })),
    ...(trends.length > 0 ? { note: 'bold: running median' } : {}),
    yLabels: size === undefined ? ['loss'] : ['loss', size.label],
  });
}

interface StepSize {
  readonly label: string;
  readonly values: readonly number[];
  readonly axis: Axis;
}

/** What the rule of the run sets the length of its steps by; a damping is multiplied from step to step. */
function stepSizeOf(log: readonly NkLossRow[]): StepSize | undefined {
  const rates = log.map(({ learningRate = Number.NaN }) => learningRate);
  if (rates.some(Number.isFinite))
    return { label: 'learning rate', values: rates, axis: linearExtentOf([0, ...rates], 3) };
  const dampings = log.map(({ damping = Number.NaN }) => damping);
  if (!dampings.some(Number.isFinite)) return undefined;
  const axis = { ...logExtentOf(dampings, 3), isLogarithmic: true };
  return { label: 'damping', values: dampings, axis };
}

function exponential(value: number | undefined): string {
  return value === undefined ? 'none' : value.toExponential(2);
}
