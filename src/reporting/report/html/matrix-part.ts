import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import type { MatrixSection } from '../section.ts';
import { stateBadge } from './state-badge.ts';
import { tablePart } from './table-part.ts';

/** A matrix as a table, rows first in which something is not right; where there are none, folded away. */
export function matrixPart({ title, rowTitle, columns, rows }: MatrixSection): ElementContent {
  const cells = rows.flatMap((row) => row.cells.flatMap((cell) => cell ?? []));
  const passed = cells.filter(({ state }) => state === 'passed').length;
  const table = tablePart(
    title,
    [{ name: rowTitle }, ...columns.map((name) => ({ name }))],
    [...rows.filter(isOpen), ...rows.filter((row) => !isOpen(row))].map(({ name, note, cells: own }) => [
      [h('code', name), ...noteOf(note)],
      ...own.map((cell) =>
        cell === null ? 'not concerned' : [stateBadge(cell.state, cell.text), ...noteOf(cell.note)],
      ),
    ]),
  );
  return h('details', { className: ['matrix'], open: passed < cells.length }, [
    h('summary', `${rows.length} rows: ${passed} of ${cells.length} cells passed`),
    table,
  ]);
}

function isOpen({ cells }: MatrixSection['rows'][number]): boolean {
  return cells.some((cell) => cell !== null && cell.state !== 'passed');
}

function noteOf(note: string | undefined): ElementContent[] {
  return note === undefined ? [] : [h('small', note)];
}
