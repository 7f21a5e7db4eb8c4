import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { htmlOf } from '../../../../src/reporting/report/html/index.ts';
import type { Report } from '../../../../src/reporting/report/report.ts';
import { chromiumHere } from './chromium.ts';
import { group, item, report, series, SICK } from './example.ts';

const executablePath = chromiumHere();
if (executablePath === undefined)
  process.stderr.write('the page is not tested in a browser: no chromium on PATH, none in CHROMIUM_PATH\n');

/** Run in the page, which this project has no types of. */
const inPage = {
  violations:
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))',
  overflow: 'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  unfold: 'document.querySelectorAll("details").forEach((one) => { one.open = true; })',
  focused: 'document.activeElement.textContent',
  hash: 'location.hash',
  hacked: 'typeof window.hacked',
  folded: 'document.querySelectorAll("details:not([open]) > :not(summary)").length',
  foldedShown:
    '[...document.querySelectorAll("details:not([open]) > :not(summary)")].filter((one) => one.checkVisibility()).length',
} as const;

/** Names that a log may have, and that a page must show and not obey. */
const HOSTILE = [
  '<script>window.hacked = 1</script>',
  '"><img src=x onerror="window.hacked = 1">',
  "'-->]]></style></title><svg onload=window.hacked=1>",
  '&quot;&lt;b&gt; {{constructor}} ${hacked}',
  'javascript:window.hacked=1',
  'loss\u202Egnp.evil\u2066 \u0007\u001B[31m\u0000',
  '__proto__',
  'half \uD800 a pair',
  'x'.repeat(500),
];
/** What of them is written instead of shown as it is. */
const SHOWN = HOSTILE.map((name) =>
  name
    .replaceAll('\u202E', '\\x202e')
    .replaceAll('\u2066', '\\x2066')
    .replaceAll('\u0007', '\\x07')
    .replaceAll('\u001B', '\\x1b')
    .replaceAll('\u0000', '\\x00')
    .replaceAll('\uD800', '\\xd800'),
);

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" onload="window.hacked = 1"><desc>${HOSTILE[3] ?? ''}</desc><script>parent.window.hacked = 1</script><image href="http://127.0.0.1:9/x.png"/></svg>`;

function hostile(): Report {
  const items = HOSTILE.map((name, index) =>
    item({
      id: name,
      title: name,
      about: name,
      message: name,
      state: index % 2 === 0 ? 'failed' : 'not-checked',
      exitCode: index % 2 === 0 ? 1 : 0,
      onset: { by: 1 },
      places: [{ file: name, line: 1, what: name }],
      next: [{ text: name, command: name }],
      details: [
        { kind: 'text', title: name, text: name },
        { kind: 'listing', title: name, text: name },
        { kind: 'table', title: name, columns: [{ name }], rows: [[name]] },
        { kind: 'chart', title: name, series: [name], limits: [{ value: 1, label: name, series: name }] },
        { kind: 'figure', title: name, svg: PICTURE },
      ],
    }),
  );
  return report({
    title: HOSTILE.join(' '),
    partial: HOSTILE[0] ?? '',
    verdict: { word: HOSTILE[0] ?? '', tone: 'bad', exitCode: 1, sentence: HOSTILE[1] ?? '' },
    facts: HOSTILE.map((name) => ({ name, value: name })),
    groups: [
      group({
        id: HOSTILE[0] ?? '',
        title: HOSTILE[0] ?? '',
        items,
        series: HOSTILE.map((name) => series(name, [1, 2])),
      }),
    ],
    sections: HOSTILE.map((name) => ({
      kind: 'matrix',
      title: name,
      rowTitle: name,
      columns: [name],
      rows: [{ name, note: name, cells: [{ state: 'failed', text: name, note: name }] }],
    })),
  });
}

describe.skipIf(executablePath === undefined)('the page in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-page-'));
  let browser: Browser;

  beforeAll(async () => {
    // Its sandbox needs rights that a container has not; what it opens is ours.
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(
    shown: Report,
    options: Parameters<Browser['newPage']>[0] = {},
  ): Promise<{
    readonly page: Page;
    readonly requests: readonly string[];
    readonly complaints: readonly string[];
  }> {
    const file = join(folder, 'report.html');
    writeFileSync(file, htmlOf(shown));
    const page = await browser.newPage(options);
    const [requests, complaints]: [string[], string[]] = [[], []];
    page.on('request', (request) => {
      // What the page carries itself is asked for in the same way.
      if (!request.url().startsWith('data:')) requests.push(request.url());
    });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(pathToFileURL(file).href);
    return { page, requests, complaints };
  }

  it('shows on the first screen what broke, when, and what to do', async () => {
    const { page, requests, complaints } = await open(SICK, { viewport: { width: 1280, height: 800 } });
    for (const text of [
      'the loss explodes',
      'between steps 199 and 200',
      'npx plumbline gate --laws nn/adam',
    ]) {
      const box = await page.locator('.broken').getByText(text, { exact: false }).first().boundingBox();
      expect((box?.y ?? Infinity) + (box?.height ?? 0), text).toBeLessThan(800);
    }
    expect(requests).toEqual([page.url()]);
    expect(complaints).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('has nothing that axe objects to, in %s', async (colorScheme) => {
    const { page } = await open(SICK, { colorScheme });
    await page.evaluate(inPage.unfold);
    await page.evaluate(axe.source);
    expect(await page.evaluate(inPage.violations)).toEqual([]);
  });

  it('can be gone through with the keyboard alone', async () => {
    const { page } = await open(SICK);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(inPage.focused)).toBe('run');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(inPage.focused)).toBe('the loss explodes');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(inPage.hash)).toBe('#part-1-item-1');
    const folded = page.locator('details#part-1-item-3');
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      if (String(await page.evaluate(inPage.focused)).includes('the log is short')) break;
    }
    await page.keyboard.press('Enter');
    expect(await folded.getAttribute('open')).not.toBeNull();
  });

  it('prints what is folded away', async () => {
    const { page } = await open(SICK);
    expect(await page.evaluate(inPage.folded)).toBeGreaterThan(0);
    expect(await page.evaluate(inPage.foldedShown)).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(inPage.foldedShown)).toBe(await page.evaluate(inPage.folded));
  });

  it('fits a narrow screen', async () => {
    const { page } = await open(SICK, { viewport: { width: 400, height: 800 } });
    expect(await page.evaluate(inPage.overflow)).toBe(0);
  });

  it('shows names of others as they are, and obeys none of them', async () => {
    const { page, requests } = await open(hostile(), { viewport: { width: 1000, height: 800 } });
    await page.waitForTimeout(100);
    expect(await page.evaluate(inPage.hacked)).toBe('undefined');
    expect(requests).toEqual([page.url()]);
    expect(await page.locator('script, iframe, [onerror], [onload]').count()).toBe(0);
    const ids = await page
      .locator('tbody tr:has(td) > th > code, article > dl > dd:nth-of-type(1) > code')
      .allTextContents();
    expect(new Set(ids)).toEqual(new Set(SHOWN));
    expect(await page.locator('.curves .curve-name > code').allTextContents()).toEqual(SHOWN);
    expect(await page.locator('.curves svg > title').allTextContents()).toEqual(
      SHOWN.map((name) => `${name} by step`),
    );
    expect(await page.locator('table').first().getAttribute('class')).toBeNull();
    expect(await page.evaluate(inPage.overflow)).toBe(0);
  });
});
