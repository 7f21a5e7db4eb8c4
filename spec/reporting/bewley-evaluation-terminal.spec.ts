import { describe, expect, it } from 'vitest';
import type { BewleyEvaluationData } from '../../src/reporting/bewley-evaluation-terminal.ts';
import { bewleyEvaluationTerminal } from '../../src/reporting/bewley-evaluation-terminal.ts';

const right = { mean: 1, standardError: 0.01, last: 1.02, reference: 1, relativeDeviation: 0 };
const errors = {
  mean: -3.104,
  percentile99: -2.5,
  maximum: null,
  agents: 640,
  shareExcluded: 0.056,
  shareShouldSave: 0.25,
  probabilityLeftOut: 0,
};
const deviation = { mean: 0.0125, percentile99: 0.03, largest: 0.1 };

const DATA: BewleyEvaluationData = {
  economy: { worlds: 64, agents: 100, periods: 500, averaged: 250 },
  quantities: {
    capitalLabor: {
      mean: 5.87654,
      standardError: 0.0123,
      last: 5.9,
      reference: 6.003,
      relativeDeviation: -0.02107,
    },
    capital: right,
    wage: right,
    mpk: right,
    rate: right,
    discountedReturn: right,
    labor: right,
    consumption: right,
    savingsRatio: right,
    savingsRatioMean: right,
    shareConstrained: { ...right, reference: 0, relativeDeviation: null },
    giniWealth: { mean: null, standardError: null, last: null, reference: 0.5, relativeDeviation: null },
    top5: right,
    top1: { ...right, relativeDeviation: 12 },
    ability: right,
  },
  referenceSavesNothing: 0.046,
  fluctuation: { overPeriods: 0.33, acrossWorlds: null },
  guards: {
    resource: { largest: 2.4e-6, inRoundoffs: 5.4 },
    capitalFloored: 0,
    laborFloored: 0,
    marginalReturnLargest: 1.01,
  },
  euler: {
    draws: 64,
    samplingError: 1.2e-5,
    ergodic: errors,
    heldOut: { ...errors, probabilityLeftOut: 0.0022 },
    reference: { mean: -5, percentile99: -4, maximum: -2 },
  },
  conditions: {
    complementarity: { mean: 0.001, byWealth: null },
    labor: { mean: 0.004, percentile99: 0.02 },
  },
  policies: {
    deviations: { consumption: deviation, labor: deviation, savingsRatio: deviation },
    withoutReference: null,
  },
};

const linesOf = (data: BewleyEvaluationData): readonly string[] => bewleyEvaluationTerminal(data).split('\n');
const cells = (lines: readonly string[], name: string): readonly string[] =>
  (lines.find((line) => line.trim().startsWith(name)) ?? '').trim().split(/ {2,}/u);

describe('bewleyEvaluationTerminal', () => {
  const lines = linesOf(DATA);

  it('has network, error, last period, reference and deviation of each quantity', () => {
    expect(cells(lines, 'K/L')).toEqual(['K/L', '5.877', '0.012', '5.9', '6.003', '−2.11 %']);
    expect(cells(lines, 'wealth of the top 1 %').at(-1)).toBe('+1.2e+3 %');
    expect(lines[0]).toBe('64 worlds of 100 agents, 500 periods without redraws; means over the last 250');
  });

  it('says none where there is no number', () => {
    expect(cells(lines, 'Gini of wealth')).toEqual(['Gini of wealth', 'none', 'none', 'none', '0.5', 'none']);
    expect(cells(lines, 'constrained').at(-1)).toBe('none');
  });

  it('has Euler errors and what was left out of them', () => {
    expect(cells(lines, 'ergodic states')).toEqual([
      'ergodic states',
      '−3.10',
      '−2.50',
      'none',
      '5.60 %',
      '25.00 %',
    ]);
    expect(cells(lines, 'reference, on its grid')).toEqual([
      'reference, on its grid',
      '−5.00',
      '−4.00',
      '−2.00',
    ]);
    expect(lines.find((line) => line.includes('left out'))).toContain('at most 2.2e−3 a world and period');
    expect(lines.find((line) => line.includes('left out'))).toContain('64 joint draws leave 1.2e−5');
  });

  it('names floors that were in use', () => {
    expect(lines.join('\n')).toContain('floors in use: none; largest h 1.01');
    const floored = linesOf({ ...DATA, guards: { ...DATA.guards, capitalFloored: 0.12 } });
    expect(floored.join('\n')).toContain('floors in use: capital 12.00 % of worlds and periods');
  });

  it('says why choices are not compared', () => {
    expect(cells(lines, 'consumption against')).toEqual([
      'consumption against the reference',
      '1.25 %',
      '3.00 %',
      '10.00 %',
    ]);
    const without = linesOf({
      ...DATA,
      policies: { deviations: null, withoutReference: 'a steady state' },
    });
    expect(without.join('\n')).not.toContain('against the reference');
    expect(without.at(-1)).toBe('  (a steady state)');
  });
});
