import { describe, expect, it } from 'vitest';
import type { ComparisonReport, HealthyRange, Plan } from '../../src/experiments/index.ts';
import { evaluated, logged, over, readPlan, reportOf } from '../../src/experiments/index.ts';

const QUANTITIES = [
  {
    id: 'ratio',
    label: 'consumption over savings',
    read: over(logged('consumption'), logged('savings')),
    reference: evaluated('reference.ratio'),
  },
  { id: 'error', label: 'error, log10', read: evaluated('error'), isLogarithm: true },
];

const PLAN: Plan = readPlan(
  `model: bewley
arms: { faulty: {}, no-tax: {}, no-clip: {}, neither: {}, right-base: { faults: [] } }
decomposition: { taxes: no-tax, clip: no-clip, taxes + clip: neither }`,
  { source: 'plan.yaml', name: 'under-saving' },
);

/** A comparison of synthetic runs: consumption over savings of each arm, with each seed; what is not given has failed. */
function report(
  values: Readonly<Record<string, readonly number[]>>,
  healthy: HealthyRange = { to: 5 },
): ComparisonReport {
  const seeds = [1, 2, 3].slice(0, Math.max(...Object.values(values).map(({ length }) => length)));
  const runs = Object.entries(values).flatMap(([arm, ratios]) =>
    ratios.map((ratio, index) => ({
      arm,
      seed: seeds[index] ?? 0,
      evaluation: { reference: { ratio: 2 }, error: '-Infinity' },
      rows: Array.from({ length: 10 }, (_, step) => ({
        step,
        consumption: step < 8 ? 1e6 : ratio,
        savings: step < 8 ? 1e-6 : 1,
      })),
    })),
  );
  const { name, model, baseline = '', decomposition, arms } = PLAN;
  return reportOf(
    {
      name,
      model,
      engine: 'wasm',
      seeds,
      baseline,
      quantities: QUANTITIES,
      decomposition,
      verdict: { quantity: 'ratio', healthy },
    },
    arms.map((arm) => ({
      name: arm.name,
      changes: [`what ${arm.name} changes`],
      faults: [],
      runs: seeds.map((seed, index) =>
        values[arm.name]?.[index] === undefined
          ? { seed, folder: `${arm.name}-${seed}`, status: 'failed', exitCode: 1, story: 'diverged' }
          : { seed, folder: `${arm.name}-${seed}`, status: 'done' },
      ),
    })),
    runs,
  );
}

const RECORDED = { faulty: [60], 'no-tax': [50], 'no-clip': [45], neither: [30], 'right-base': [2] };

describe('a comparison', () => {
  it('holds each arm against the baseline, by the end of its log', () => {
    const [row] = report(RECORDED).rows;
    expect(row?.cells.map(({ estimate }) => estimate?.mean)).toEqual([60, 50, 45, 30, 2]);
    expect(row?.cells[0]).not.toHaveProperty('difference');
    expect(row?.cells[3]).toMatchObject({ reference: 2, difference: { mean: -30, percent: -50 } });
  });

  it('says no percentage of a logarithm, and keeps what JSON has no number for', () => {
    const row = report(RECORDED).rows.find(({ id }) => id === 'error');
    expect(row?.cells[1]?.estimate?.mean).toBe(-Infinity);
    expect(row?.cells[1]?.difference).not.toHaveProperty('percent');
  });

  it('is decomposed into effects of factors alone, jointly, and their interaction', () => {
    const [decomposition] = report(RECORDED).decomposition;
    expect(decomposition?.effects).toMatchObject([
      { factors: ['taxes'], effect: { mean: -10 } },
      { factors: ['clip'], effect: { mean: -15 } },
      // Jointly −30, where the sum is −25.
      { factors: ['taxes', 'clip'], effect: { mean: -30 }, interaction: { mean: -5 } },
    ]);
  });

  it('calls an interaction one only beyond the spread of the seeds', () => {
    const noisy = report({
      faulty: [60, 60, 60],
      'no-tax': [50, 51, 49],
      'no-clip': [45, 45, 45],
      neither: [30, 40, 32],
    });
    const [, , joint] = noisy.decomposition[0]?.effects ?? [];
    expect(joint?.effect?.isDifference).toBe(true);
    expect(joint?.interaction?.isDifference).toBe(false);
  });

  it('has no effect where an arm failed', () => {
    const { decomposition } = report({ faulty: [60], 'no-tax': [50], neither: [30] });
    const [, clip, joint] = decomposition[0]?.effects ?? [];
    expect(clip).not.toHaveProperty('effect');
    expect(joint).toHaveProperty('effect');
    expect(joint).not.toHaveProperty('interaction');
  });
});

describe('a verdict', () => {
  it('names the one arm that restores what is healthy, and what it changes', () => {
    const { verdict } = report(RECORDED);
    expect(verdict).toMatchObject({ conclusion: 'cause', restoredBy: ['right-base'] });
    expect(verdict?.sentence).toBe(
      'right-base alone restores consumption over savings: the cause is what it changes (what right-base changes).',
    );
  });

  it('is by the reference of the arm, where a plan asks for it', () => {
    expect(report(RECORDED, { percentOfReference: 10 }).verdict?.restoredBy).toEqual(['right-base']);
    expect(report({ ...RECORDED, 'right-base': [2.3] }, { percentOfReference: 10 }).verdict?.conclusion).toBe(
      'none',
    );
  });

  it.each([
    ['none does', { ...RECORDED, 'right-base': [20] }, 'none', /No arm restores/],
    [
      'several do',
      { ...RECORDED, 'no-clip': [3] },
      'several',
      /no-clip \(.*\); right-base \(.*\).*does not tell/,
    ],
    ['nothing is sick', { ...RECORDED, faulty: [4] }, 'baseline-healthy', /healthy at the baseline faulty/],
    ['the baseline failed', { 'right-base': [2] }, 'not-judged', /Not judged/],
    [
      'seeds of the baseline disagree',
      { faulty: [60, 2], 'no-tax': [60, 60] },
      'not-judged',
      /seeds disagree/,
    ],
  ] as const)('says plainly where %s', (_what, values, conclusion, sentence) => {
    const { verdict } = report(values);
    expect(verdict?.conclusion).toBe(conclusion);
    expect(verdict?.sentence).toMatch(sentence);
  });

  it('does not count an arm that changes more than another that restores it', () => {
    const { verdict } = report({ ...RECORDED, 'right-base': [30], 'no-clip': [3], neither: [2] });
    expect(verdict).toMatchObject({ conclusion: 'cause', restoredBy: ['no-clip'] });
  });

  it('is healthy only with every seed, and names arms that it could not judge', () => {
    const { verdict } = report({
      faulty: [60, 60],
      'no-tax': [2, 60],
      'right-base': [2, 2],
      neither: [9, 9],
    });
    expect(verdict).toMatchObject({ conclusion: 'cause', restoredBy: ['right-base'] });
    expect(verdict?.sentence).toMatch(/no-tax: with some of the seeds only\. no-clip: not judged/);
  });
});
