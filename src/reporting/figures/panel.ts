import * as Plot from '@observablehq/plot';
import { isolatedPoints, pointsOf, thinned } from './series.ts';
import type { Series } from './series.ts';
import type { SvgDocument, SvgElement } from './svg-document.ts';
import { roundCoordinates, svgElement } from './svg-document.ts';
import type { Extent } from './ticks.ts';
import { typeset, typesetText } from './typeset.ts';

/** An axis of a panel. */
export interface Axis extends Extent {
  /** In the markup of figures. */
  readonly label?: string;
  readonly isLogarithmic?: boolean;
  /** Whether marks have their numbers beside them; default true. */
  readonly hasNumbers?: boolean;
}

/** One diagram of a figure. Labels are in the markup of figures. */
export interface Panel {
  /** Drawn in this order, the later over the earlier. */
  readonly series: readonly Series[];
  readonly x: Axis;
  readonly y: Axis;
  /** A value of x that is marked by a vertical line. */
  readonly marked?: number;
  /** Stretches of x that are tinted, under everything else. */
  readonly bands?: readonly { readonly from: number; readonly to: number; readonly colour: string }[];
  /** Above the panel, on the right. */
  readonly note?: string;
  /** What the panel says when there is nothing to draw. */
  readonly empty?: string;
  /** Of the rectangle within the axes, in px. */
  readonly height: number;
}

export const INK = '#1a1a1a';
export const FAINT_INK = '#595959';
const GRID = '#e3e3e3';

/** Sizes of text in px at 16 cm: 7.9 and 7.1 points. */
export const LABEL_SIZE = 10.5;
export const NUMBER_SIZE = 9.5;

/** The line at a marked x, here and in legends. */
export const MARK_STROKE = { colour: '#757575', width: 1, dash: '1.2,2.2' };

/** From the axis down to its label's baseline. */
const LABEL_DROP = 27;

/** Draws a panel whose rectangle within the axes has its upper left corner at (0, 0). */
export function drawPanel(document: SvgDocument, panel: Panel, width: number): SvgElement {
  const { x, y, series, note, height, empty = 'nothing to show' } = panel;
  const curves = series.map((one) => ({
    stroke: one.stroke,
    points: thinned(pointsOf(one, y.isLogarithmic === true), Math.ceil(width)),
  }));
  const isEmpty = curves.every(({ points }) => points.every((point) => Number.isNaN(point.y)));
  const group = svgElement(document, 'g', {
    'text-anchor': 'middle',
    'font-size': NUMBER_SIZE,
    fill: 'currentColor',
  });
  for (const child of [...plot(document, panel, curves, isEmpty, width).children]) {
    // Its style sheet is for web pages.
    if (child.tagName.toLowerCase() !== 'style') group.append(child);
  }
  for (const text of group.querySelectorAll('text')) typeset(document, text, text.textContent ?? '');
  roundCoordinates(group);
  group.append(axisLine(document, 0, 0, 0, height), axisLine(document, 0, height, width, height));
  const label = { 'font-size': LABEL_SIZE };
  if (x.label !== undefined) {
    group.append(
      typesetText(document, x.label, { x: width / 2, y: height + LABEL_DROP, ...label, class: 'x-label' }),
    );
  }
  if (note !== undefined) {
    group.append(
      typesetText(document, note, { x: width, y: -4, 'text-anchor': 'end', fill: FAINT_INK, class: 'note' }),
    );
  }
  if (y.multiplier !== undefined && !isEmpty) {
    group.append(
      typesetText(document, y.multiplier, { x: 0, y: -4, 'text-anchor': 'start', class: 'multiplier' }),
    );
  }
  if (isEmpty) {
    group.append(
      typesetText(document, empty, { x: width / 2, y: height / 2, fill: FAINT_INK, class: 'empty' }),
    );
  }
  return group;
}

interface Curve {
  readonly stroke: Series['stroke'];
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

function plot(
  document: SvgDocument,
  { x, y, marked, bands = [], height }: Panel,
  curves: readonly Curve[],
  isEmpty: boolean,
  width: number,
): SvgElement {
  const numbers = (axis: Axis): ((value: number) => string) => {
    const labels = new Map(axis.ticks.map(({ value, label }) => [value, label]));
    return (value) => (axis.hasNumbers === false ? '' : (labels.get(value) ?? ''));
  };
  const common = { tickSize: 3.5, label: null, fontSize: NUMBER_SIZE };
  const values = (axis: Axis): number[] => (isEmpty ? [] : axis.ticks.map(({ value }) => value));
  const options = {
    document,
    width,
    height,
    margin: 0,
    x: { domain: [...x.domain], type: x.isLogarithmic === true ? 'log' : 'linear' },
    y: { domain: [...y.domain], type: y.isLogarithmic === true ? 'log' : 'linear' },
    marks: [
      // An outline keeps the narrowest one visible.
      ...bands.map(({ from, to, colour }) =>
        Plot.rect([{ from, to }], { x1: 'from', x2: 'to', fill: colour, stroke: colour }),
      ),
      Plot.gridY(values(y), { stroke: GRID, strokeOpacity: 1 }),
      Plot.axisX(values(x), { ...common, tickFormat: numbers(x), tickPadding: 3 }),
      Plot.axisY(values(y), { ...common, tickFormat: numbers(y), tickPadding: 3 }),
      ...(marked === undefined || isEmpty
        ? []
        : [
            Plot.ruleX([marked], {
              stroke: MARK_STROKE.colour,
              strokeWidth: MARK_STROKE.width,
              strokeDasharray: MARK_STROKE.dash,
            }),
          ]),
      ...curves.flatMap(({ stroke: { colour, width: strokeWidth, dash, opacity = 1 }, points }) => [
        Plot.line(points, {
          x: 'x',
          y: 'y',
          stroke: colour,
          strokeWidth,
          strokeOpacity: opacity,
          strokeLinejoin: 'round',
          strokeLinecap: 'butt',
          ...(dash === undefined ? {} : { strokeDasharray: dash }),
        }),
        Plot.dot(isolatedPoints(points), {
          x: 'x',
          y: 'y',
          r: Math.max(1.6, 0.7 * strokeWidth),
          fill: colour,
          stroke: 'none',
        }),
      ]),
    ],
  };
  // The types of Plot are those of a browser, which this project is compiled without.
  return Plot.plot(options as unknown as Plot.PlotOptions) as SvgElement;
}

function axisLine(document: SvgDocument, x1: number, y1: number, x2: number, y2: number): SvgElement {
  return svgElement(document, 'line', { x1, y1, x2, y2, stroke: 'currentColor', 'stroke-width': 0.8 });
}
