import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { DOMParser } from 'linkedom';
import { withFonts } from '../../figures/fonts.ts';
import type { SvgElement } from '../../figures/svg-document.ts';
import type { ReportSeries } from '../report.ts';
import type { Section } from '../section.ts';
import { chartPart } from './chart-part.ts';
import { heading } from './heading.ts';
import { matrixPart } from './matrix-part.ts';
import { tablePart } from './table-part.ts';

/** A part of what there is to say, in the form that suits it, with its heading at a level where it needs one. */
export function sectionPart(
  section: Section,
  series: readonly ReportSeries[],
  level: number,
): ElementContent[] {
  switch (section.kind) {
    case 'text':
      return [heading(level, section.title), ...section.text.split('\n').map((line) => h('p', line))];
    case 'listing':
      return [listingPart(section.title, section.text, level)];
    case 'table':
      return [tablePart(section.title, section.columns, section.rows)];
    case 'chart':
      return [chartPart(section, series)];
    case 'matrix':
      return [heading(level, section.title), matrixPart(section)];
    case 'figure':
      return [figurePart(section.title, section.svg)];
  }
}

/** Lines that are read without being asked for: more would push away what stands below. */
const LINES = 40;

function listingPart(title: string, text: string, level: number): Element {
  return h('details', { open: text.split('\n').length <= LINES }, [
    h('summary', heading(level, title)),
    // The code element keeps a first line that is empty.
    h('pre', h('code', text)),
  ]);
}

/** A figure as a picture: whatever is in it can neither run, nor load anything, nor touch the page. */
function figurePart(title: string, svg: string): Element {
  const data = Buffer.from(withFonts(svg), 'utf8').toString('base64');
  const description = descriptionOf(svg);
  return h('figure', [
    h('img', { src: `data:image/svg+xml;base64,${data}`, alt: description === '' ? title : description }),
    h('figcaption', title),
  ]);
}

function descriptionOf(svg: string): string {
  // The types of linkedom are those of a browser, which this project is compiled without.
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml') as unknown as SvgElement;
  return [...parsed.querySelectorAll('desc')].map(({ textContent }) => textContent ?? '').join(' ');
}
