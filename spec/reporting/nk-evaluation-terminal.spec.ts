import { describe, expect, it } from 'vitest';
import { nkEvaluationTerminal } from '../../src/reporting/nk-evaluation-terminal.ts';

const accuracy = (
  error: number,
): {
  output: { rootMeanSquare: number; worst: number };
  inflation: { rootMeanSquare: number; worst: number };
} => ({
  output: { rootMeanSquare: error, worst: 10 * error },
  inflation: { rootMeanSquare: error / 2, worst: 5 * error },
});

describe('nkEvaluationTerminal', () => {
  const lines = nkEvaluationTerminal({
    prior: accuracy(0.0118),
    baseline: accuracy(Number.NaN),
    distances: [{ deviations: -3, withinDomain: true, ...accuracy(0.02), baseline: accuracy(0.01) }],
    states: [
      { zeta: 0.5, deviations: [9.41, 129.3], withinDomain: false, ...accuracy(13.7), baseline: accuracy(0) },
    ],
    residuals: {
      is: { median: -4.5, percentile99: -3, maximum: -2.25 },
      phillips: { median: -5, percentile99: -4, maximum: Number.NaN },
    },
  }).split('\n');
  const cells = (name: string): readonly string[] =>
    (lines.find((line) => line.trim().startsWith(name)) ?? '').trim().split(/ {2,}/u);

  it('has the errors of both controls over the prior and at the baseline', () => {
    expect(cells('ζ ergodic')).toEqual([
      'ζ ergodic',
      '1.18 %',
      '11.8 %',
      '0.590 %',
      '5.90 %',
      'NaN',
      'NaN',
      'NaN',
      'NaN',
    ]);
    expect(cells('ζ = −3 sd')).toEqual([
      'ζ = −3 sd',
      '2.00 %',
      '20.0 %',
      '1.00 %',
      '10.0 %',
      '1.00 %',
      '0.500 %',
    ]);
  });

  it('says which points training did not reach, and how far away they are', () => {
    expect(cells('ζ = +0.5').at(-1)).toBe('9.4 to 129 sd, outside the training domain');
    expect(cells('ζ = −3 sd').at(-1)).not.toContain('outside');
  });

  it('has quantiles of residuals, and does not hide what is not a number', () => {
    expect(cells('IS')).toEqual(['IS', '−4.50', '−3.00', '−2.25']);
    expect(cells('Phillips')).toEqual(['Phillips', '−5.00', '−4.00', 'NaN']);
  });
});
