import type { BewleyWealthData } from './bewley-figure-data.ts';
import { NETWORK, REFERENCE } from './bewley-strokes.ts';
import { figure } from './figure.ts';
import type { Panel } from './panel.ts';
import { MARK_STROKE } from './panel.ts';
import type { Series } from './series.ts';
import { linearExtent } from './ticks.ts';

const HEIGHT = 170;

/** Share of agents who save next to nothing, of the simulation and of the reference. */
interface ConstrainedShares {
  readonly mean: number | null;
  readonly reference: number;
}

/** The distribution of wealth, as cumulative shares and as Lorenz curve, simulation against reference, as SVG. */
export function bewleyWealthFigure(
  { cumulative, lorenz }: BewleyWealthData,
  constrained?: ConstrainedShares,
): string {
  const percents = (shares: readonly number[]): readonly number[] => shares.map((share) => 100 * share);
  const both = (
    x: readonly number[],
    simulated: readonly number[],
    reference: readonly number[] | null,
  ): readonly Series[] => [
    { label: 'network', x, y: percents(simulated), stroke: NETWORK },
    ...(reference === null ? [] : [{ label: 'reference', x, y: percents(reference), stroke: REFERENCE }]),
  ];
  const { wealth } = cumulative;
  const agents = percents(lorenz.agents);
  const distribution: Panel = {
    series: both(wealth, cumulative.simulated, cumulative.reference),
    x: { ...linearExtent(0, wealth.at(-1) ?? 1, 8), label: 'wealth *a*, in units of goods' },
    y: linearExtent(0, 100, 5),
    ...(constrained === undefined ? {} : { note: noteOf(constrained) }),
    height: HEIGHT,
  };
  const equality: Series = { label: 'equality', x: [0, 100], y: [0, 100], stroke: MARK_STROKE };
  const shares: Panel = {
    series: [equality, ...both(agents, lorenz.simulated, lorenz.reference)],
    x: { ...linearExtent(0, 100, 5), label: 'agents, the poorest first (%)' },
    y: linearExtent(0, 100, 5),
    height: HEIGHT,
  };
  const hasReference = cumulative.reference !== null;
  return figure({
    id: 'wealth',
    title: 'Distribution of wealth',
    description: `Above: share of agents who own at most so much. Below: share of wealth that the poorest agents own together. Agents of all worlds of the simulation. Solid: network${hasReference ? '; dashed: reference' : ''}; dotted: all own the same.`,
    panels: [distribution, shares],
    columns: 1,
    legend: [
      { label: 'network', stroke: NETWORK },
      ...(hasReference ? [{ label: 'reference', stroke: REFERENCE }] : []),
      { label: 'all own the same', stroke: MARK_STROKE },
    ],
    yLabels: ['agents who own at most *a* (%)', 'their share of wealth (%)'],
  });
}

function noteOf({ mean, reference }: ConstrainedShares): string {
  const simulated = mean === null ? 'none' : `${(100 * mean).toFixed(1)} %`;
  return `save less than 1 % of their money: ${simulated} (reference ${(100 * reference).toFixed(1)} %)`;
}
