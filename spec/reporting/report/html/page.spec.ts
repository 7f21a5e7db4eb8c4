import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { htmlOf } from '../../../../src/reporting/report/html/index.ts';
import type { Item } from '../../../../src/reporting/report/item.ts';
import type { Report } from '../../../../src/reporting/report/report.ts';
import { group, item, report, SICK } from './example.ts';

interface Node {
  readonly textContent: string | null;
  readonly tagName: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): Node | null;
  querySelectorAll(selector: string): Iterable<Node>;
}

function pageOf(shown: Report): Node {
  return (parseHTML(htmlOf(shown)) as unknown as { readonly document: Node }).document;
}

function textOf(node: Node, selector: string): string {
  return node.querySelector(selector)?.textContent ?? '';
}

function all(node: Node, selector: string): readonly Node[] {
  return [...node.querySelectorAll(selector)];
}

describe('the page of a report', () => {
  it('has the same bytes for the same report', () => {
    expect(htmlOf(SICK)).toBe(htmlOf(structuredClone(SICK)));
  });

  it('says first what broke, when, where, and what to do', () => {
    const page = pageOf(SICK);
    expect(textOf(page, 'title')).toBe('sick: Diagnosis of run');
    expect(textOf(page, '.verdict')).toContain('sick run is sick: the loss explodes.');
    const first = textOf(page, 'main > section');
    for (const told of [
      'the loss explodes',
      'loss rises from 0.005 to 200',
      'between steps 199 and 200',
      'runs/a/metrics.jsonl, line 201',
      'npx plumbline gate --laws nn/adam',
    ])
      expect(first).toContain(told);
  });

  it('leads from what broke to all that is known of it', () => {
    const page = pageOf(SICK);
    const link = page.querySelector('.what')?.getAttribute('href') ?? '';
    expect(textOf(page, link)).toContain('Evidence');
    for (const one of all(page, 'a[href]'))
      expect(page.querySelector(one.getAttribute('href') ?? ''), one.textContent ?? '').not.toBeNull();
  });

  it('shows what follows from a cause within it, and nothing twice', () => {
    const page = pageOf(SICK);
    expect(textOf(page, 'article details.folded h5')).toBe('nothing is learnt');
    expect(all(page, 'h3, h4, h5').filter((one) => one.textContent === 'nothing is learnt')).toHaveLength(1);
  });

  it('says what was not checked and why, what passed, and what is only a remark', () => {
    const page = pageOf(SICK);
    expect(textOf(page, '#part-1')).toContain('the log has no budget');
    expect(textOf(page, '#part-1')).toContain('Passed: 1');
    expect(textOf(page, 'details#part-1-item-3')).toContain('the log is short');
    const row = all(page, 'nav tbody tr').map((one) => all(one, 'th, td').map((cell) => cell.textContent));
    expect(row).toEqual([
      ['run', '✕ sick', '2', '1', '1', '1'],
      ['other', '', '0', '0', '0', '1'],
    ]);
  });

  it('shows rows of a matrix first in which something is wrong', () => {
    const page = pageOf(SICK);
    const rows = all(page, '.matrix tbody tr').map((one) =>
      all(one, 'th, td').map((cell) => cell.textContent),
    );
    expect(rows).toEqual([
      ['alive-onewhat it does', '✕ survived', 'not concerned'],
      ['killed-one', '✓ killedby nn/adam', 'not concerned'],
    ]);
    expect(page.querySelector('.matrix')?.getAttribute('open')).not.toBeNull();
  });

  it('shows a figure as a picture with the description that it has', () => {
    const image = pageOf(SICK).querySelector('img');
    expect(image?.getAttribute('src')).toMatch(/^data:image\/svg\+xml;base64,/u);
    expect(image?.getAttribute('alt')).toBe('Arms < bodies');
  });

  it('does not repeat a place that a table shows', () => {
    const page = pageOf(SICK);
    expect(textOf(page, 'article > dl')).not.toContain('line 201');
    const without = {
      ...SICK,
      groups: SICK.groups.map((one) => ({ ...one, items: one.items.map((it) => ({ ...it, details: [] })) })),
    };
    expect(textOf(pageOf(without), 'article > dl')).toContain('line 201');
  });

  it('does not repeat what an item is about where its details say it', () => {
    const known = { id: 'a', state: 'failed', exitCode: 1, about: 'Energy stays. E = c' } as const;
    const said = { kind: 'text', title: 'The law', text: 'Energy stays.' } as const;
    const shownOf = (one: Item): string =>
      textOf(pageOf(report({ groups: [group({ items: [one] })] })), 'article');
    expect(shownOf(item(known))).toContain('Energy stays. E = c');
    expect(shownOf(item({ ...known, details: [said] }))).not.toContain('E = c');
    expect(shownOf(item({ ...known, details: [said] }))).toContain('Energy stays.');
  });

  it('leaves out what broke where nothing did', () => {
    const page = pageOf(report({ groups: [group({ items: [item({ id: 'a' })] })] }));
    expect(textOf(page, 'main')).not.toContain('What broke');
    expect(textOf(page, '.verdict')).toContain('✓ healthy');
  });

  it('names what is not decided, and says that a report which ends early is no pass', () => {
    const page = pageOf(
      report({
        verdict: { word: 'not-judged', tone: 'open', exitCode: 2, sentence: 'Not to the end.' },
        partial: 'interrupted by the user',
        groups: [
          group({ items: [item({ id: 'a', state: 'not-checked', exitCode: 2, message: 'no time' })] }),
        ],
      }),
    );
    expect(textOf(page, 'header')).toContain('not complete: interrupted by the user');
    expect(textOf(page, 'main > section')).toContain('What is not decided');
    expect(textOf(page, 'article')).toContain('no time');
  });

  it('names the first of many, and says how many more there are', () => {
    const items = Array.from({ length: 12 }, (_, index) =>
      item({ id: `law-${index}`, state: 'failed', exitCode: 1 }),
    );
    const first = textOf(
      pageOf(
        report({
          verdict: { word: 'failed', tone: 'bad', exitCode: 1, sentence: '' },
          groups: [group({ items })],
        }),
      ),
      '.broken',
    );
    expect(first).toContain('And 11 more');
    expect(first).toContain('title of law-7');
    expect(first).not.toContain('title of law-8');
    expect(first).toContain('4 more, below');
  });

  it('needs no script and allows itself no request', () => {
    const page = pageOf(SICK);
    expect(all(page, 'script, link, iframe, object, form')).toEqual([]);
    const policy = page.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toContain('http');
  });

  it('has one first heading, and no level is left out', () => {
    const levels = all(pageOf(SICK), 'h1, h2, h3, h4, h5, h6').map(({ tagName }) => Number(tagName.slice(1)));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThan(2);
  });
});
