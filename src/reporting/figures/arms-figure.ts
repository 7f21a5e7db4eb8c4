import { figure } from './figure.ts';
import type { Series, Stroke } from './series.ts';
import { pointsOf } from './series.ts';
import { linearExtentOf, logExtentOf } from './ticks.ts';
import { stepExtent } from './step-series.ts';
import { trendOf } from './trend.ts';

/** A metric of one run by gradient step. */
export interface ArmCurve {
  readonly arm: string;
  readonly steps: readonly number[];
  /** (n), as long as steps; NaN is a gap. */
  readonly values: readonly number[];
}

/** Colours of Okabe and Ito's palette; with dashes, sixteen arms are told apart in grey too. */
const COLOURS = ['#000', '#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#757575'];
const DASHES = [undefined, '7,2.5', '2.2,1.8', '9,2.5,2,2.5'];

const HEIGHT = 210;

/** One metric of all arms by gradient step over one another, as SVG; a run of every seed has a curve. */
export function armsFigure(metric: string, curves: readonly ArmCurve[]): string {
  const arms = [...new Set(curves.map(({ arm }) => arm))];
  const strokeOf = (arm: string): Stroke => strokeAt(arms.indexOf(arm));
  const steps = curves.flatMap((curve) => curve.steps).sort((left, right) => left - right);
  const values = curves.flatMap((curve) => curve.values).filter(Number.isFinite);
  // A loss is read in powers of ten; a share or a ratio that may be 0 or below is not.
  const isLogarithmic = values.length > 0 && values.every((value) => value > 0);
  const drawn = curves.map(({ arm, ...curve }) =>
    smoothed({ label: arm, x: curve.steps, y: curve.values, stroke: strokeOf(arm) }, isLogarithmic),
  );
  const isSmoothed = drawn.some(({ hasTrend }) => hasTrend);
  const last = curves.map((curve) => `${curve.arm} ${(curve.values.at(-1) ?? Number.NaN).toPrecision(3)}`);
  return figure({
    id: 'arms',
    title: `${metric} of every arm by gradient step`,
    description: `${curves.length} runs of ${arms.length} arms on a ${isLogarithmic ? 'logarithmic' : 'linear'} axis. Last: ${last.join(', ')}.`,
    panels: [
      {
        series: drawn.map(({ series }) => series),
        x: { ...stepExtent(steps), label: 'gradient step' },
        y: isLogarithmic ? { ...logExtentOf(values, 6), isLogarithmic } : linearExtentOf(values, 6),
        empty: 'no value has been logged',
        height: HEIGHT,
      },
    ],
    columns: 1,
    // Names are what users call them, not markup.
    legend: arms.map((arm) => ({ label: arm.replaceAll('_', '-'), stroke: strokeOf(arm) })),
    ...(isSmoothed ? { note: 'running medians' } : {}),
    yLabels: [metric.replaceAll('_', ' ')],
  });
}

/** Noise of several arms over one another hides all of them: of a long curve the running median is drawn. */
function smoothed(
  series: Series,
  isLogarithmic: boolean,
): { readonly series: Series; readonly hasTrend: boolean } {
  const trend = trendOf(pointsOf(series, isLogarithmic));
  if (trend.length === 0) return { series, hasTrend: false };
  return { series: { ...series, x: trend.map(({ x }) => x), y: trend.map(({ y }) => y) }, hasTrend: true };
}

function strokeAt(index: number): Stroke {
  const colour = COLOURS[index % COLOURS.length] ?? '#000';
  const dash = DASHES[(index + Math.floor(index / COLOURS.length)) % DASHES.length];
  return { colour, width: 1.4, ...(dash === undefined ? {} : { dash }) };
}
