import { REFERENCE } from './bewley-strokes.ts';
import { figure } from './figure.ts';
import type { Stroke } from './series.ts';
import { linearExtentOf } from './ticks.ts';

/** Actions in states that an agent visits, and the best ones. */
export interface PpoVisited {
  readonly visited: readonly {
    readonly taken: number;
    readonly best: number;
    readonly observation: readonly number[];
  }[];
  readonly summary: string;
}

const TAKEN: Stroke = { colour: '#0072b2', width: 2.4 };

/** The first number of the action against the first number of the observation: what is taken, and what is best, as SVG. */
export function ppoOptimumFigure({ visited, summary }: PpoVisited, observation: string): string {
  const rows = [...visited].sort((a, b) => (a.observation[0] ?? 0) - (b.observation[0] ?? 0));
  const x = rows.map(({ observation: [first = Number.NaN] }) => first);
  // Points, which a line between states that differ in what is not shown would hide: a gap after each.
  const dots = rows.flatMap(({ taken, observation: [first = Number.NaN] }) => [
    { x: first, y: taken },
    { x: first, y: Number.NaN },
  ]);
  const best = rows.flatMap(({ best: action, observation: [first = Number.NaN] }) => [
    { x: first, y: action },
    { x: first, y: Number.NaN },
  ]);
  return figure({
    id: 'optimum',
    title: 'Actions taken and best actions',
    description: `Most probable actions in ${rows.length} visited states over ${observation}, and the best ones (${summary}).`,
    panels: [
      {
        series: [
          { label: 'taken', x: dots.map((dot) => dot.x), y: dots.map((dot) => dot.y), stroke: TAKEN },
          {
            label: 'best',
            x: best.map((dot) => dot.x),
            y: best.map((dot) => dot.y),
            stroke: { colour: REFERENCE.colour, width: REFERENCE.width },
          },
        ],
        x: { ...linearExtentOf(x, 6), label: observation },
        y: linearExtentOf(
          rows.flatMap(({ taken, best: action }) => [taken, action]),
          6,
        ),
        empty: 'no state was visited',
        height: 220,
      },
    ],
    columns: 1,
    legend: [
      { label: 'taken', stroke: TAKEN },
      { label: 'best', stroke: { colour: REFERENCE.colour, width: REFERENCE.width } },
    ],
    yLabels: ['action'],
  });
}
