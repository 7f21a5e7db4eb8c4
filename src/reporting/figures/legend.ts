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

/** One row of samples with their labels from `left`, and the note that ends at `right`. */
export function drawLegend(
  document: SvgDocument,
  { legend, note }: { readonly legend: readonly LegendEntry[]; readonly note?: string },
  { left, right, y }: { readonly left: number; readonly right: number; readonly y: number },
): SvgElement {
  const text = { y: y + LABEL_SIZE / 3, 'font-size': LABEL_SIZE, fill: 'currentColor' };
  let x = left;
  const entries = legend.flatMap(({ label, stroke, direction = 'horizontal' }) => {
    const length = direction === 'horizontal' ? SAMPLE : 4;
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
    const drawn = typesetText(document, label, { x: x + length + AFTER_SAMPLE, ...text });
    x += length + AFTER_SAMPLE + plainText(label).length * CHARACTER * LABEL_SIZE + AFTER_LABEL;
    return [sample, drawn];
  });
  const remark =
    note === undefined
      ? []
      : [typesetText(document, note, { ...text, x: right, 'text-anchor': 'end', fill: FAINT_INK })];
  return svgElement(document, 'g', { class: 'legend' }, [...entries, ...remark]);
}
