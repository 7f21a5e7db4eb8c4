import { describe, expect, it } from 'vitest';
import { evaluationTerminal } from '../../src/reporting/evaluation-terminal.ts';

const accuracy = (size: number) => ({
  output: { rootMeanSquare: size, worst: 2 * size },
  inflation: { rootMeanSquare: size / 10, worst: size / 5 },
});
const quantiles = { median: -4.5, percentile99: -3.123, maximum: -Infinity };

describe('an evaluation on a terminal', () => {
  const text = evaluationTerminal({
    prior: accuracy(0.0118),
    baseline: accuracy(Number.NaN),
    distances: [
      { ...accuracy(0.01), deviations: -0.5, withinDomain: true },
      { ...accuracy(1.37), deviations: 9, withinDomain: false },
    ],
    residuals: { is: quantiles, phillips: quantiles },
  });

  it('has a row for every place at which errors were measured', () => {
    expect(text).toMatch(/prior, ergodic ζ +1\.18 % +2\.36 % +0\.118 % +0\.236 %/);
    expect(text).toMatch(/ζ at −0\.5 sd +1\.00 %.*%$/m);
  });

  it('says what lies outside the training domain, and never hides what is no number', () => {
    expect(text).toMatch(/ζ at \+9 sd +137 %.*outside the training domain/);
    expect(text).toMatch(/baseline, ergodic ζ +NaN/);
    expect(text).toMatch(/IS +-4\.50 +-3\.12 +-Infinity/);
  });
});
