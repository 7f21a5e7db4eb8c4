import { describe, expect, it } from 'vitest';
import type { ComparisonReport } from '../../src/experiments/index.ts';
import { reportOf } from '../../src/experiments/index.ts';
import { experimentMarkdown } from '../../src/reporting/experiment-markdown.ts';
import { experimentTerminal } from '../../src/reporting/experiment-terminal.ts';
import { armsFigure } from '../../src/reporting/figures/index.ts';

const QUANTITY = {
  id: 'loss',
  label: 'loss',
  read: ({ evaluation }: { readonly evaluation: unknown }) => evaluation as number,
  reference: () => 0.5,
};

function report(
  seeds: readonly number[],
  values: Readonly<Record<string, readonly number[]>>,
): ComparisonReport {
  const arms = Object.entries(values);
  return reportOf(
    {
      name: 'test',
      question: 'why?',
      model: 'nk',
      engine: 'wasm',
      seeds,
      baseline: 'first',
      quantities: [QUANTITY],
      decomposition: [{ factors: ['x'], arm: 'second' }],
      verdict: { quantity: 'loss', healthy: { to: 1.5 } },
    },
    arms.map(([name, losses]) => ({
      name,
      changes: [`key of ${name}`],
      faults: [],
      runs: seeds.map((seed, index) =>
        losses[index] === undefined
          ? { seed, folder: name, status: 'failed', exitCode: 1, story: 'the loss is not finite' }
          : { seed, folder: name, status: 'done' },
      ),
    })),
    arms.flatMap(([arm, losses]) =>
      losses.map((loss, index) => ({ arm, seed: seeds[index] ?? 0, evaluation: loss, rows: [] })),
    ),
  );
}

describe('the result of an experiment', () => {
  it('is a table with differences, references, failures, effects and the verdict', () => {
    const page = experimentMarkdown(report([7], { first: [2], second: [1], third: [] }), [
      'figures/loss.svg',
    ]);
    expect(page).toContain('|  | first (baseline) | second | third |');
    expect(page).toContain('| loss | 2 | 1 (−1, −50 %) | failed |');
    expect(page).toContain('|   reference | 0.5 | 0.5 | – |');
    expect(page).toContain('| loss | −1 |');
    expect(page).toContain('**second alone restores loss: the cause is what it changes (key of second).');
    expect(page).toContain('0 of 1 done; seed 7 failed, exit code 1');
    expect(page).toContain('the loss is not finite');
    expect(page).toContain('With one seed the spread between seeds is unknown');
    expect(page).toContain('](figures/loss.svg)');
  });

  it('marks what the seeds explain, on the terminal too', () => {
    const text = experimentTerminal(
      report([1, 2, 3], { first: [2, 2.1, 1.9], second: [1, 1.1, 0.9], third: [2, 2.4, 1.5] }),
    );
    expect(text).toMatch(/loss +2 ± 0\.1 +1 ± 0\.1 \(−1, −50 %\) +1\.967 ± 0\.45 \(≈ −0\.03333, −1\.7 %\)/);
    expect(text).toMatch(/spread of the seeds/);
  });
});

describe('the figure of the arms', () => {
  const curve = (arm: string, values: readonly number[]) => ({
    arm,
    steps: values.map((_, step) => step),
    values,
  });

  it('has a curve a run, a name an arm, and an axis that fits the values', () => {
    const svg = armsFigure('loss', [curve('a', [1, 0.1]), curve('a', [1, 0.2]), curve('b', [1, 0.5])]);
    expect(svg.match(/class="legend".*?<\/g>/su)?.[0].match(/<line/gu)).toHaveLength(2);
    expect(svg).toContain('logarithmic');
    expect(armsFigure('share', [curve('a', [0, 0.5])])).toContain('linear axis');
  });

  it('breaks a legend that is wider than the page into rows', () => {
    const arms = Array.from({ length: 12 }, (_, index) => curve(`an-arm-with-a-long-name-${index}`, [1, 2]));
    const legend = /class="legend".*?<\/g>/su.exec(armsFigure('loss', arms))?.[0] ?? '';
    const samples = [...legend.matchAll(/y1="([\d.]+)" x2="([\d.]+)"/gu)];
    const rows = new Set(samples.map(([, y]) => y));
    expect(samples).toHaveLength(12);
    expect(rows.size).toBeGreaterThan(2);
    expect(Math.max(...samples.map(([, , x]) => Number(x)))).toBeLessThan(605);
  });

  it('says so where no run has logged anything', () => {
    expect(armsFigure('loss', [])).toContain('no value has been logged');
  });
});
