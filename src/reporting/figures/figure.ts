import { FONT_FAMILY } from './fonts.ts';
import type { LegendEntry } from './legend.ts';
import { drawLegend, LEGEND_ROW, legendRows } from './legend.ts';
import type { Panel } from './panel.ts';
import { drawPanel, INK, LABEL_SIZE } from './panel.ts';
import { plainText } from './rich-text.ts';
import type { SvgElement } from './svg-document.ts';
import { svgDocument, svgElement } from './svg-document.ts';
import { typesetText } from './typeset.ts';

/** A figure of panels in rows, for a page 16 cm wide. Labels are in the markup of figures. */
export interface FigureSpec {
  /** Unique in a page that holds several figures. */
  readonly id: string;
  /** What a screen reader and a tooltip say, plain text: a name, then what is to be seen. */
  readonly title: string;
  readonly description: string;
  /** Filled row by row; empty rows of a ragged grid stay empty. */
  readonly panels: readonly Panel[];
  readonly columns: number;
  readonly legend: readonly LegendEntry[];
  /** On the right of the legend. */
  readonly note?: string;
  /** One label of the y axis for each row, or one for all. */
  readonly yLabels: readonly string[];
}

/** Width of a figure in px of CSS, 1/96 inch: 16 cm. */
export const WIDTH = 605;
const WIDTH_MM = 160;
/** Pixels of a picture of it: 300 dots an inch. */
export const PNG_WIDTH = 1890;

/** Room of the label and the numbers of the y axis, of its numbers between columns, and of the last number of the x axis, in px. */
const LEFT = 52;
const BETWEEN = 44;
const RIGHT = 18;
/** Room of the legend, and of the notes above each row. */
const TOP = 30;
const ABOVE = 16;
/** Room below each row, of its x axis and its label. */
const BELOW_LABEL = 34;
const BELOW_NUMBERS = 18;
const BELOW_AXIS = 6;

/** The figure as SVG, with the same bytes for the same data; its fonts are named, not embedded (see `withFonts`). */
export function figure(spec: FigureSpec): string {
  const { id, panels, columns, yLabels } = spec;
  const document = svgDocument();
  const panelWidth = (WIDTH - LEFT - RIGHT - BETWEEN * (columns - 1)) / columns;
  const rows = Array.from({ length: Math.ceil(panels.length / columns) }, (_, row) =>
    panels.slice(row * columns, (row + 1) * columns),
  );
  const drawn: SvgElement[] = [];
  const rowExtents: { readonly top: number; readonly bottom: number }[] = [];
  const legendWidth = WIDTH - LEFT - RIGHT;
  let y = TOP + LEGEND_ROW * (legendRows(spec.legend, legendWidth).length - 1);
  for (const row of rows) {
    const height = Math.max(...row.map((panel) => panel.height));
    const top = y + ABOVE;
    for (const [column, panel] of row.entries()) {
      const group = drawPanel(document, panel, panelWidth);
      group.setAttribute('transform', `translate(${LEFT + column * (panelWidth + BETWEEN)},${top})`);
      group.setAttribute('class', 'panel');
      group.setAttribute('aria-label', plainText(panel.x.label ?? ''));
      drawn.push(group);
    }
    rowExtents.push({ top, bottom: top + height });
    y = top + height + Math.max(...row.map(roomBelow));
  }
  const middles =
    yLabels.length === rows.length
      ? rowExtents.map(({ top, bottom }) => (top + bottom) / 2)
      : [((rowExtents[0]?.top ?? 0) + (rowExtents.at(-1)?.bottom ?? 0)) / 2];
  const labels = middles.map((middle, index) =>
    typesetText(document, yLabels[index] ?? '', {
      transform: `translate(12,${middle}) rotate(-90)`,
      'text-anchor': 'middle',
      'font-size': LABEL_SIZE,
      fill: 'currentColor',
      class: 'y-label',
    }),
  );
  const root = svgElement(
    document,
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${WIDTH} ${y}`,
      width: `${WIDTH_MM}mm`,
      height: `${((y * WIDTH_MM) / WIDTH).toFixed(2)}mm`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-description`,
      'font-family': FONT_FAMILY,
      color: INK,
    },
    [
      svgElement(document, 'title', { id: `${id}-title` }, [spec.title]),
      svgElement(document, 'desc', { id: `${id}-description` }, [spec.description]),
      // Viewers with a dark background would show dark curves on it.
      svgElement(document, 'rect', { width: WIDTH, height: y, fill: '#fff' }),
      drawLegend(document, spec, { left: LEFT, right: WIDTH - RIGHT, y: TOP / 2 + 2 }),
      ...labels,
      ...drawn,
    ],
  );
  return `${root.outerHTML}\n`;
}

function roomBelow({ x }: Panel): number {
  if (x.label !== undefined) return BELOW_LABEL;
  return x.hasNumbers === false ? BELOW_AXIS : BELOW_NUMBERS;
}
