import type { Element } from 'hast';
import { s } from 'hastscript';
import { drawPanel } from '../../figures/panel.ts';
import { svgDocument } from '../../figures/svg-document.ts';
import { onsetText } from '../onset-text.ts';
import type { ReportSeries } from '../report.ts';
import type { Marks } from './curve-panel.ts';
import { curvePanel, extremesOf } from './curve-panel.ts';
import { svgTree } from './svg-tree.ts';

/** Of the whole picture, in units of which the page makes pixels: 1.4 of the large one, about 1 of the small one. `below`: room of
 * the x axis. */
const SIZES = {
  large: { width: 420, height: 168, below: 36 },
  small: { width: 260, height: 96, below: 20 },
} as const;

/** Room of the numbers of the y axis, of half the last number of the x axis, and of a power of ten. */
const ROOM = { left: 42, right: 14, top: 14 };

/** A series by step as a picture. A line of at most four points a column covers the pixels that all points would. */
export function curveSvg(series: ReportSeries, marks: Marks, size: keyof typeof SIZES): Element {
  const { width, height, below } = SIZES[size];
  const [inner, innerHeight] = [width - ROOM.left - ROOM.right, height - ROOM.top - below];
  const panel = curvePanel(series, marks, innerHeight);
  const labelled = size === 'large' ? { ...panel, x: { ...panel.x, label: 'step' } } : panel;
  const group = drawPanel(svgDocument(), labelled, inner);
  return s('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', className: ['curve', size] }, [
    s('title', `${series.name} by step`),
    s('desc', descriptionOf(series, marks)),
    s('g', { transform: `translate(${ROOM.left},${ROOM.top})` }, svgTree(group)),
  ]);
}

function descriptionOf(
  { name, steps, values, notFinite }: ReportSeries,
  { onset, limits = [] }: Marks,
): string {
  const at = (index: number): string => `${short(values.at(index))} at step ${steps.at(index) ?? '?'}`;
  const [lowest, highest] = extremesOf(values);
  return [
    ...(values.length === 0
      ? ['No value is a number.']
      : [`From ${at(0)} to ${at(-1)}; lowest ${short(lowest)}, highest ${short(highest)}.`]),
    ...(notFinite.length === 0
      ? []
      : [`Not a number at ${notFinite.length} steps, first ${notFinite[0] ?? '?'}.`]),
    ...(onset === undefined ? [] : [`Marked: ${onsetText(onset)}.`]),
    ...limits.filter(({ series }) => series === name).map(({ label }) => `Marked: ${label}.`),
  ].join(' ');
}

function short(value: number | undefined): string {
  return value === undefined ? '?' : String(Number(value.toPrecision(4)));
}
