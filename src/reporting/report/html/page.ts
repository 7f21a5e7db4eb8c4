import { createHash } from 'node:crypto';
import type { Element, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { cleaned } from '../cleaned.ts';
import type { Report } from '../report.ts';
import { brokenPart } from './broken-part.ts';
import { factsPart } from './facts.ts';
import { groupPart } from './group-part.ts';
import { overviewPart } from './overview-part.ts';
import { sectionPart } from './section-part.ts';
import { verdictBadge } from './state-badge.ts';
import { STYLE } from './style.ts';

/**
 * A report as a page that needs nothing beside itself, and no script: for a browser, for paper, for a screen reader. The
 * same bytes for the same report; all text is escaped, and the page forbids itself every request.
 */
export function htmlOf(report: Report): string {
  const clean = cleaned(report);
  const root: Root = {
    type: 'root',
    children: [{ type: 'doctype' }, h('html', { lang: 'en' }, [headOf(clean), bodyOf(clean)])],
  };
  return `${toHtml(root)}\n`;
}

/** What the page may load and run: pictures and one style sheet that it carries, and nothing else. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function headOf({ title, verdict }: Report): Element {
  return h('head', [
    h('meta', { charSet: 'utf-8' }),
    h('meta', { httpEquiv: 'Content-Security-Policy', content: POLICY }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('title', `${verdict.word}: ${title}`),
    h('style', STYLE),
  ]);
}

function bodyOf(report: Report): Element {
  const { of, title, verdict, partial, facts, groups, sections } = report;
  return h('body', { className: [verdict.tone] }, [
    h('header', [
      h('p', { className: ['kicker'] }, `Plumbline ${of}`),
      h('h1', title),
      h('p', { className: ['verdict'] }, [verdictBadge(verdict), ` ${verdict.sentence}`]),
      ...(partial === undefined
        ? []
        : [h('p', { className: ['partial'] }, `This report is not complete: ${partial}. It is no pass.`)]),
    ]),
    h('main', [
      ...brokenPart(report),
      overviewPart(report),
      ...groups.map(groupPart),
      ...sections.map((section) => h('section', sectionPart(section, [], 2))),
      h('section', [
        h('h2', 'How it ran'),
        factsPart([...facts, { name: 'exit code', value: String(verdict.exitCode) }]),
      ]),
    ]),
  ]);
}
