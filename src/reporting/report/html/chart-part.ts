import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { onsetText } from '../onset-text.ts';
import type { ReportSeries } from '../report.ts';
import type { ChartSection } from '../section.ts';
import { curveSvg } from './curve-svg.ts';

/** Series of a group under one another: sizes differ, and one axis would flatten all but the largest. */
export function chartPart(section: ChartSection, known: readonly ReportSeries[]): Element {
  const series = section.series.flatMap((name) => known.find((one) => one.name === name) ?? []);
  return h('figure', { className: ['chart'] }, [
    ...(section.title === section.series.join(', ') ? [] : [h('figcaption', section.title)]),
    ...(series.length === 0 ? [h('p', 'The report does not hold these series.')] : []),
    ...series.flatMap((one) => [nameOf(one), curveSvg(one, section, 'large')]),
    ...legendOf(section, series),
  ]);
}

/** The name that the log has for a series, and what it means. */
export function nameOf({ name, meaning }: ReportSeries): Element {
  const hasMeaning = meaning !== undefined && meaning !== name;
  return h('p', { className: ['curve-name'] }, [
    h('code', name),
    ...(hasMeaning ? [h('span', { className: ['muted'] }, ` ${meaning}`)] : []),
  ]);
}

/** What is marked in a chart of these series. */
export function legendOf({ onset, limits }: ChartSection, series: readonly ReportSeries[]): ElementContent[] {
  const entry = (kind: string, text: string): Element =>
    h('li', [h('span', { className: ['swatch', kind], ariaHidden: 'true' }), text]);
  const shown = limits.filter((limit) => series.some(({ name }) => name === limit.series));
  const entries = [
    ...(onset === undefined ? [] : [entry('onset', `began ${onsetText(onset)}`)]),
    ...shown.map(({ label }) => entry('limit', label)),
    ...(series.some(({ notFinite }) => notFinite.length > 0)
      ? [entry('not-finite', 'not a number at these steps')]
      : []),
  ];
  return entries.length === 0 ? [] : [h('ul', { className: ['legend'] }, entries)];
}
