// Measures the page of a run of 100 series of 100,000 points each: its size, what making it takes, and what a browser takes
// to open it. `npm run measure:report-page`; the browser is that of CHROMIUM_PATH, or Debian's.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { htmlOf } from '../dist/src/reporting/report/html/index.js';

const SERIES = 100;
const POINTS = 100_000;
const TIMES = 5;

/** A walk with a spike, each of its own: no two columns of a picture are alike. */
function seriesAt(index) {
  let [state, value] = [index + 1, 1];
  const steps = Array.from({ length: POINTS }, (_, step) => step);
  const values = steps.map((step) => {
    // The multiplier and increment of Numerical Recipes, §7.1: cheap, and the same everywhere.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    value += state / 2 ** 32 - 0.5;
    return step === 1000 * index ? 1000 : value;
  });
  return { name: `metric/${index}`, steps, values, notFinite: [], rows: POINTS };
}

function reportOf(series) {
  const onset = { after: 1000, by: 1100 };
  const names = series.map(({ name }) => name);
  const verdict = { word: 'sick', tone: 'bad', exitCode: 1, sentence: 'A measured run is sick.' };
  const items = names.slice(0, 10).map((name) => ({
    id: name,
    title: `${name} explodes`,
    state: 'failed',
    exitCode: 1,
    onset,
    places: [],
    consequences: [],
    next: [],
    details: [{ kind: 'chart', title: name, series: [name], onset, limits: [] }],
  }));
  return {
    kind: 'plumbline report',
    format: 1,
    of: 'diagnosis',
    title: 'A measured run',
    verdict,
    facts: [],
    groups: [{ id: 'run', title: 'run', verdict, facts: [], items, series, sections: [] }],
    sections: [],
  };
}

async function openMs(browser, url, unfold) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const started = performance.now();
  await page.goto(url);
  if (unfold) await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
  // Two frames: the second begins when the first has been painted.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  const took = performance.now() - started;
  await page.close();
  return took;
}

const folder = mkdtempSync(join(tmpdir(), 'plumbline-page-'));
try {
  const report = reportOf(Array.from({ length: SERIES }, (_, index) => seriesAt(index)));
  const started = performance.now();
  const html = htmlOf(report);
  const madeMs = performance.now() - started;
  const file = join(folder, 'report.html');
  writeFileSync(file, html);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const url = pathToFileURL(file).href;
  for (const unfold of [false, true]) {
    const taken = [];
    for (let time = 0; time < TIMES; time += 1) taken.push(await openMs(browser, url, unfold));
    const [median] = taken.sort((a, b) => a - b).slice(Math.floor(TIMES / 2));
    process.stdout.write(
      `opens${unfold ? ' with all of it unfolded' : ''} in ${median.toFixed(0)} ms (median of ${TIMES}, longest ${taken.at(-1).toFixed(0)} ms)\n`,
    );
  }
  await browser.close();
  process.stdout.write(
    `${SERIES} series of ${POINTS} points: ${(statSync(file).size / 1e6).toFixed(2)} MB, made in ${(madeMs / 1000).toFixed(1)} s\n`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
