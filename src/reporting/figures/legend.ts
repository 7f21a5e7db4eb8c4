import type { Stroke } from './series.ts';
import { FAINT_INK, LABEL_SIZE } from './panel.ts';
import { plainText } from './rich-text.ts';
import type { SvgDocument, SvgElement } from './svg-document.ts';
import { svgElement } from './svg-document.ts';
import { typesetText } from './typeset.ts';

/** What a line style means. */
export interface LegendEntry {
  readonly label: string;
  readonly stroke: Stroke;
  /** How the sample lies; default horizontal. */
  readonly direction?: 'horizontal' | 'vertical';
}

/** Length of a sample of a line, and the gaps after it and after its label, in px. */
const SAMPLE = 26;
const AFTER_SAMPLE = 6;
const AFTER_LABEL = 18;

/** Width of a character of Computer Modern in em; letters have 0.28 to 0.83, running text 0.45. */
const CHARACTER = 0.5;

/** From one row of a legend to the next, in px. */
export const LEGEND_ROW = 15;

/** Entries of a legend in as many rows as a width asks for; one that is wider stands alone. */
export function legendRows(
  legend: readonly LegendEntry[],
  width: number,
): readonly (readonly LegendEntry[])[] {
  const rows: LegendEntry[][] = [[]];
  let used = 0;
  for (const entry of legend) {
    const row = rows.at(-1) ?? [];
    if (row.length > 0 && used + widthOf(entry) - AFTER_LABEL > width) {
      rows.push([entry]);
      used = widthOf(entry);
    } else {
      row.push(entry);
      used += widthOf(entry);
    }
  }
  return rows;
}

/** Rows of samples with their labels from `left`, and in the first the note that ends at `right`. */
export function drawLegend(
  document: SvgDocument,
  { legend, note }: { readonly legend: readonly LegendEntry[]; readonly note?: string },
  { left, right, y }: { readonly left: number; readonly right: number; readonly y: number },
): SvgElement {
  const rows = legendRows(legend, right - left);
  const entries = rows.flatMap((row, index) => drawRow(document, row, left, y + index * LEGEND_ROW));
  const remark =
    note === undefined
      ? []
      : [
          typesetText(document, note, {
            ...textAt(y),
            x: right,
            'text-anchor': 'end',
            fill: FAINT_INK,
          }),
        ];
  return svgElement(document, 'g', { class: 'legend' }, [...entries, ...remark]);
}

function drawRow(
  document: SvgDocument,
  row: readonly LegendEntry[],
  left: number,
  y: number,
): readonly SvgElement[] {
  let x = left;
  return row.flatMap((entry) => {
    const { label, stroke, direction = 'horizontal' } = entry;
    const length = sampleLength(entry);
    const ends =
      direction === 'horizontal'
        ? { x1: x, x2: x + length, y1: y, y2: y }
        : { x1: x + length / 2, x2: x + length / 2, y1: y - 7, y2: y + 7 };
    const sample = svgElement(document, 'line', {
      ...ends,
      stroke: stroke.colour,
      'stroke-width': stroke.width,
      ...(stroke.dash === undefined ? {} : { 'stroke-dasharray': stroke.dash }),
      ...(stroke.opacity === undefined ? {} : { 'stroke-opacity': stroke.opacity }),
    });
    const drawn = typesetText(document, label, { x: x + length + AFTER_SAMPLE, ...textAt(y) });
    x += widthOf(entry);
    return [sample, drawn];
  });
}

function textAt(y: number): Readonly<Record<string, string | number>> {
  return { y: y + LABEL_SIZE / 3, 'font-size': LABEL_SIZE, fill: 'currentColor' };
}

function sampleLength({ direction = 'horizontal' }: LegendEntry): number {
  return direction === 'horizontal' ? SAMPLE : 4;
}

function widthOf(entry: LegendEntry): number {
  const label = plainText(entry.label).length * CHARACTER * LABEL_SIZE;
  return sampleLength(entry) + AFTER_SAMPLE + label + AFTER_LABEL;
}
