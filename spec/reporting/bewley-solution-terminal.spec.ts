import { describe, expect, it } from 'vitest';
import type { BewleySolutionData } from '../../src/reporting/bewley-solution-terminal.ts';
import { bewleySolutionTerminal } from '../../src/reporting/bewley-solution-terminal.ts';

const STILL: BewleySolutionData = {
  method: 'steady-state',
  capitalLabor: 1.769676,
  capital: 1.083232,
  labor: 0.6121,
  effectiveLabor: 0.6121,
  output: 0.739,
  wage: 0.8089,
  mpk: 0.2251,
  consumption: 1.9753,
  revenue: -1.3013,
  savingsRatio: 0.3399,
  savingsRatioMean: 0.3399,
  shareConstrained: 0,
  giniWealth: 0,
  topShares: { top1: 0.01, top5: 0.05, top10: 0.1 },
  discountedReturn: 1.136,
  residuals: { resource: -4e-16, market: 0 },
  iterations: { prices: 1, policy: 0, distribution: 0 },
  seconds: 0.02,
};

const RISKY: BewleySolutionData = {
  ...STILL,
  method: 'endogenous-grid',
  revenue: 0.43,
  giniWealth: Number.NaN,
  euler: { mean: -5.02, percentile99: -4.18, maximum: -2.64, shareExcluded: 0.0262 },
  grid: { nodes: 9, points: 267, top: 320.95 },
};

describe('bewleySolutionTerminal', () => {
  const text = bewleySolutionTerminal([
    { name: 'still', solution: STILL },
    { name: 'risky', solution: RISKY },
  ]);
  const cells = (label: string): readonly string[] =>
    (text.split('\n').find((line) => line.trim().startsWith(label)) ?? '').trim().split(/ {2,}/u);

  it('has a column for each solution', () => {
    expect(cells('still')).toEqual(['still', 'risky']);
    expect(cells('K/L')).toEqual(['K/L', '1.77', '1.77']);
    expect(cells('government')).toEqual(['government G', '−1.301', '0.43']);
    expect(cells('resource')).toEqual(['resource residual over output', '−4.0e−16', '−4.0e−16']);
    expect(cells('Euler')).toEqual(['Euler error, log10: mean, 99 %, largest', 'none', '−5.0 −4.2 −2.6']);
    expect(cells('grid')).toEqual(['grid: abilities × wealth, up to', 'none', '9 × 267, 320.9']);
  });

  it('does not hide what is not a number', () => {
    expect(cells('Gini')).toEqual(['Gini of wealth', '0', 'NaN']);
  });

  it('says what is unusual about a solution, and only then', () => {
    expect(text).toContain('No agent has a risk');
    expect(text).toContain('goods come from outside the economy');
    expect(bewleySolutionTerminal([{ name: 'risky', solution: RISKY }])).not.toMatch(/No agent|from outside/);
  });
});
