import type { BewleyEulerData } from './bewley-figure-data.ts';
import { figure } from './figure.ts';
import type { Panel } from './panel.ts';
import { MARK_STROKE } from './panel.ts';
import type { Series, Stroke } from './series.ts';
import { linearExtent, logExtentOf } from './ticks.ts';

/** What a trained policy is asked to stay below at its 99th percentile. */
const TARGET = 0.01;

/** Colours of Okabe and Ito's palette; dashes tell them apart in grey. */
const ERGODIC: Stroke = { colour: '#0072b2', width: 1.8 };
const HELD_OUT: Stroke = { colour: '#d55e00', width: 1.6, dash: '7,2.5' };
const UPPER = { width: 1, opacity: 0.6 };

const HEIGHT = 170;

/** Euler errors: cumulative over agents, and by wealth, on ergodic and on held-out states, as SVG. */
export function bewleyEulerFigure({
  ergodic,
  heldOut,
}: {
  readonly ergodic: BewleyEulerData;
  readonly heldOut: BewleyEulerData;
}): string {
  const kinds = [
    { label: 'ergodic states', data: ergodic, stroke: ERGODIC },
    { label: 'held-out states', data: heldOut, stroke: HELD_OUT },
  ];
  const sizes = (log10: readonly (number | null)[]): readonly number[] =>
    log10.map((exponent) => (exponent === null ? Number.NaN : 10 ** exponent));
  const shown = kinds.flatMap(({ data: { cumulative } }) =>
    sizes(cumulative.log10).filter((_, index) => isInside(cumulative.share, index)),
  );
  const cumulative: Panel = {
    series: kinds.map(({ label, data, stroke }): Series => {
      const kept = data.cumulative.log10.map((_, index) => isInside(data.cumulative.share, index));
      return {
        label,
        x: sizes(data.cumulative.log10),
        y: data.cumulative.share.map((share, index) => (kept[index] === true ? 100 * share : Number.NaN)),
        stroke,
      };
    }),
    x: {
      ...logExtentOf([...shown, TARGET], 8),
      isLogarithmic: true,
      label: 'Euler error in units of consumption, |*c*_{Euler}/*c* − 1|',
    },
    y: linearExtent(0, 100, 5),
    marked: TARGET,
    note: `99 % below ${kinds.map(({ data, label }) => `${sizeOf(data.percentile99)} (${label.split(' ')[0] ?? ''})`).join(', ')}`,
    empty: 'all agents are constrained',
    height: HEIGHT,
  };
  const by = (name: 'mean' | 'percentile90', { label, data, stroke }: (typeof kinds)[number]): Series => ({
    label,
    x: data.byWealth.map(({ wealth }) => wealth),
    y: sizes(data.byWealth.map((group) => group[name])),
    stroke: name === 'mean' ? stroke : { ...stroke, ...UPPER },
  });
  const curves = kinds.flatMap((kind) => [by('percentile90', kind), by('mean', kind)]);
  const top = Math.max(1e-9, ...curves.flatMap(({ x }) => x));
  const target: Series = { label: 'target', x: [0, top], y: [TARGET, TARGET], stroke: MARK_STROKE };
  const byWealth: Panel = {
    series: [target, ...curves],
    x: { ...linearExtent(0, top, 8), label: 'wealth *a*, in units of goods' },
    y: { ...logExtentOf([...curves.flatMap(({ y }) => y), TARGET], 6), isLogarithmic: true },
    note: 'by groups of 5 % of agents; bold: mean, thin: 90th percentile',
    empty: 'all agents are constrained',
    height: HEIGHT,
  };
  return figure({
    id: 'euler-errors',
    title: 'Euler errors',
    description: `Above: share of agents whose Euler error is at most so large. Below: mean and 90th percentile by wealth. 99th percentile ${kinds.map(({ label, data }) => `${sizeOf(data.percentile99)} on ${label}`).join(', ')}. Left out as constrained: ${kinds.map(({ label, data }) => `${(100 * data.shareExcluded).toFixed(1)} % of agents on ${label}`).join(', ')}. Marked: 0.01.`,
    panels: [cumulative, byWealth],
    columns: 1,
    legend: [
      ...kinds.map(({ label, stroke }) => ({ label, stroke })),
      { label: 'target 0.01', stroke: MARK_STROKE },
    ],
    note: `constrained agents left out: ${kinds.map(({ data }) => `${(100 * data.shareExcluded).toFixed(1)} %`).join(', ')}`,
    yLabels: ['agents not constrained (%)', 'Euler error'],
  });
}

/** Below this share the foot of the curve is left out: it would take decades of the axis. */
const FOOT = 0.005;

/** Whether a point is where a cumulative curve rises, with one point beyond at either end. */
function isInside(share: readonly number[], index: number): boolean {
  return (share[index + 1] ?? 1) > FOOT && (share[index - 1] ?? 0) < 1;
}

function sizeOf(log10: number | null): string {
  return log10 === null ? 'none' : (10 ** log10).toPrecision(2);
}
