import { describe, expect, it } from 'vitest';
import {
  drawErgodicState,
  drawUniformState,
  drawParameters,
  innovations,
  NK_BASELINE,
  NK_PARAMETERS,
  nkKit,
  parameterRow,
  parametersAt,
} from '../../../src/models/nk/index.ts';
import { streamOf } from '../../../src/numerics/stream.ts';

describe('drawParameters', () => {
  it('fills the prior of each parameter', () => {
    const draws = drawParameters(streamOf(1), 500);
    for (const [column, { prior }] of NK_PARAMETERS.entries()) {
      const values = Array.from({ length: 500 }, (_, row) => draws[row * 8 + column] ?? Number.NaN);
      const [lower, upper] = prior;
      const position = values.map((value) => (value - lower) / (upper - lower));
      // Rounding to single precision may go past a bound by an ulp.
      expect(Math.min(...position)).toBeGreaterThan(-1e-5);
      expect(Math.max(...position)).toBeLessThan(1 + 1e-5);
      expect(Math.min(...position)).toBeLessThan(0.03);
      expect(Math.max(...position)).toBeGreaterThan(0.97);
    }
  });
});

describe('drawUniformState', () => {
  it('fills ±bound evenly, in units of 1 or of the ergodic deviation', () => {
    const parameters = Float32Array.from(
      Array.from({ length: 4000 }, () => parameterRow(NK_BASELINE)).flat(),
    );
    const absolute = drawUniformState(streamOf(1), parameters, { bound: 0.5, unit: 'absolute' });
    const ergodic = drawUniformState(streamOf(1), parameters, { bound: 3, unit: 'ergodic' });
    expect(Math.max(...absolute.map(Math.abs))).toBeLessThanOrEqual(0.5);
    // The largest of 4,000 is below 0.998 of the bound with a chance of 3e-4.
    expect(Math.max(...absolute)).toBeGreaterThan(0.499);
    expect(Math.min(...absolute)).toBeLessThan(-0.499);
    expect((ergodic[7] ?? 0) / (absolute[7] ?? 1)).toBeCloseTo((3 * 0.0210689) / 0.5, 4);
  });
});

describe('drawErgodicState', () => {
  const baseline = Float32Array.from(Array.from({ length: 4000 }, () => parameterRow(NK_BASELINE)).flat());
  const deviationOf = (values: Float32Array): number =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

  it('has the ergodic deviation, 0.02107 at the baseline, times `widen`', () => {
    // The deviation of a deviation over 4,000 draws is 1.1 % of it; 5 of them.
    expect(deviationOf(drawErgodicState(streamOf(1), baseline, { widen: 1 })) / 0.0210689).toBeCloseTo(1, 1);
    expect(deviationOf(drawErgodicState(streamOf(2), baseline, { widen: 3 })) / 0.0632067).toBeCloseTo(1, 1);
  });
});

describe('innovations', () => {
  it.each([2, 10, 40])('come in %i/2 exact pairs', (count) => {
    const draws = [...innovations(streamOf(1), count)];
    expect(draws).toHaveLength(count);
    expect(draws.reduce((sum, draw) => sum + draw, 0)).toBe(0);
    expect(new Set(draws).size).toBe(count);
  });

  it.each([1, 7])('have one of their own when there are %i', (count) => {
    const draws = [...innovations(streamOf(1), count)];
    expect(draws).toHaveLength(count);
    expect(draws.filter((draw) => !draws.includes(-draw))).toHaveLength(1);
  });
});

describe('expectationNodes', () => {
  it('are √3 apart for three Gauss–Hermite nodes, with weights 1/6, 2/3, 1/6', () => {
    const { nodes, weights } = nkKit.expectationNodes(
      nkKit,
      { rule: 'gauss-hermite', nodes: 3 },
      streamOf(1),
    );
    expect([...nodes].map((node) => node.toFixed(6))).toEqual(['-1.732051', '0.000000', '1.732051']);
    expect([...weights].map((weight) => weight.toFixed(6))).toEqual(['0.166667', '0.666667', '0.166667']);
  });

  it('are equally likely draws under Monte Carlo, through the innovations of the kit', () => {
    const kit = { ...nkKit, innovations: () => Float32Array.of(1, 2, 3, 4) };
    const { nodes, weights } = kit.expectationNodes(kit, { rule: 'monte-carlo', draws: 4 }, streamOf(1));
    expect([...nodes]).toEqual([1, 2, 3, 4]);
    expect([...weights]).toEqual([0.25, 0.25, 0.25, 0.25]);
  });
});

describe('parametersAt', () => {
  it('names the columns of a row', () => {
    const rows = [...parameterRow(NK_BASELINE), ...parameterRow({ ...NK_BASELINE, rho: 0.9 })];
    expect(parametersAt(rows, 1)).toEqual({ ...NK_BASELINE, rho: 0.9 });
  });
});
