import { figure } from './figure.ts';
import type { LegendEntry } from './legend.ts';
import type { Panel } from './panel.ts';
import { MARK_STROKE } from './panel.ts';
import { plainText } from './rich-text.ts';
import type { Stroke } from './series.ts';
import { linearExtent, linearExtentOf } from './ticks.ts';

/** Both controls along one curve, (n) each. */
interface Controls {
  readonly output: ArrayLike<number>;
  readonly inflation: ArrayLike<number>;
}

/** A trained policy and the closed form as each parameter varies, as data. */
export interface NkPolicyData {
  /** Distance of the state from the steady state, in its ergodic standard deviations, at every point. */
  readonly deviations: number;
  readonly curves: readonly {
    readonly parameter: {
      /** With `_` before a subscript: `φ_π`. */
      readonly symbol: string;
      readonly description: string;
      readonly baseline: number;
      readonly prior: readonly [lower: number, upper: number];
    };
    /** (n). */
    readonly values: readonly number[];
    readonly network: Controls;
    readonly closedForm: Controls;
  }[];
}

/** Wide and blue under thin black dashes: contrast 3.1 to white and 6.7 to black, so grey serves as well. */
const NETWORK: Stroke = { colour: '#4a98cf', width: 3.2 };
const CLOSED_FORM: Stroke = { colour: '#000', width: 1.2, dash: '5,3.2' };

const LEGEND: readonly LegendEntry[] = [
  { label: 'network', stroke: NETWORK },
  { label: 'closed form', stroke: CLOSED_FORM },
  { label: 'baseline', stroke: MARK_STROKE, direction: 'vertical' },
];

const NAMES = {
  output: { id: 'policy-output', title: 'Output gap', label: 'output gap *X* (%)' },
  inflation: { id: 'policy-inflation', title: 'Inflation', label: 'inflation Π (%)' },
} as const;

/** Controls are shares of one: deviations in logarithms. */
const PERCENT = 100;

/** Height of a panel in px at 16 cm: four rows with their labels are 16 cm high, and leave room for a caption. */
const HEIGHT = 96;

/** The policy for one control, a panel a parameter in four rows of two, as SVG. */
export function nkPolicyFigure(data: NkPolicyData, control: keyof typeof NAMES): string {
  const { id, title, label } = NAMES[control];
  const curves = data.curves.map(({ parameter, values, network, closedForm }) => ({
    parameter,
    values,
    network: inPercent(network[control]),
    closedForm: inPercent(closedForm[control]),
  }));
  const panels = curves.map(({ parameter, values, network, closedForm }): Panel => {
    const { symbol, description, baseline, prior } = parameter;
    return {
      series: [
        { label: 'network', x: values, y: network, stroke: NETWORK },
        { label: 'closed form', x: values, y: closedForm, stroke: CLOSED_FORM },
      ],
      x: { ...linearExtent(...prior, 5), label: `${description} *${symbol}*` },
      // Each panel its own scale: the largest range would press the other curves flat, and hide their errors.
      y: linearExtentOf([...network, ...closedForm], 4),
      marked: baseline,
      note: `largest error ${percentOf(largestError(network, closedForm))}`,
      empty: 'no finite values',
      height: HEIGHT,
    };
  });
  const state = `${data.deviations < 0 ? '−' : ''}${Math.abs(data.deviations)} ergodic standard deviation${Math.abs(data.deviations) === 1 ? '' : 's'}`;
  const errors = curves.map(
    ({ parameter, network, closedForm }) =>
      `${parameter.symbol} ${percentOf(largestError(network, closedForm))}`,
  );
  return figure({
    id,
    title: `${title}: policy network against closed form`,
    description: `${curves.length} panels. In each, one parameter varies over its prior and the others are at the baseline; the state is ζ = ${state}, of the parameters at each point. Solid: network; dashed: closed form. Largest error, relative to the root mean square of the closed form in the panel: ${plainText(errors.join(', '))}.`,
    panels,
    columns: 2,
    legend: LEGEND,
    note: `at *ζ* = ${state}`,
    yLabels: [label],
  });
}

function inPercent(values: ArrayLike<number>): readonly number[] {
  return Array.from(values, (value) => PERCENT * value);
}

/** max|x̂−x| over the root mean square of x, as in evaluations; NaN where a value is. */
function largestError(values: readonly number[], exact: readonly number[]): number {
  const size = Math.sqrt(exact.reduce((sum, value) => sum + value * value, 0) / exact.length);
  const misses = exact.map((value, index) => Math.abs((values[index] ?? Number.NaN) - value));
  return misses.reduce((most, miss) => Math.max(most, miss), 0) / size;
}

function percentOf(share: number): string {
  if (!Number.isFinite(share)) return 'not a number';
  const percent = PERCENT * share;
  if (percent < 0.01) return 'below 0.01 %';
  if (percent >= 9_999.5) return `${percent.toExponential(1).replace(/e\+(\d+)$/u, '×10^{$1}')} %`;
  return `${percent.toFixed(percent < 1 ? 2 : percent < 10 ? 1 : 0)} %`;
}
