import { describe, expect, it } from 'vitest';
import {
  isolatedPoints,
  linearExtent,
  linearExtentOf,
  logExtentOf,
  thinned,
} from '../../../src/reporting/figures/index.ts';
import { plainText, richText } from '../../../src/reporting/figures/rich-text.ts';

describe('richText', () => {
  it('reads italics, subscripts and superscripts', () => {
    expect(richText('at *φ_π* = 10^{−4}.')).toEqual([
      { text: 'at ', italic: false, shift: 'none' },
      { text: 'φ', italic: true, shift: 'none' },
      { text: 'π', italic: true, shift: 'subscript' },
      { text: ' = 10', italic: false, shift: 'none' },
      { text: '−4', italic: false, shift: 'superscript' },
      { text: '.', italic: false, shift: 'none' },
    ]);
  });

  it('loses no character of what is not closed', () => {
    expect(richText('a_{bc').map(({ text }) => text)).toEqual(['a', 'bc']);
    expect(
      richText('a_')
        .map(({ text }) => text)
        .join(''),
    ).toBe('a_');
    expect(plainText('10^{−4} *x*')).toBe('10^−4 x');
  });
});

describe('linear axes', () => {
  const labels = (lower: number, upper: number, count: number): readonly string[] =>
    linearExtent(lower, upper, count).ticks.map(({ label }) => label);

  it('have round numbers with the digits of their step, and true minus signs', () => {
    expect(labels(0.95, 0.99, 5)).toEqual(['0.95', '0.96', '0.97', '0.98', '0.99']);
    expect(labels(1.25, 2.5, 5)).toEqual(['1.25', '1.50', '1.75', '2.00', '2.25', '2.50']);
    expect(labels(-1, 1, 4)).toEqual(['−1.0', '−0.5', '0.0', '0.5', '1.0']);
    expect(labels(0, 50_000, 5)).toEqual(['0', '10,000', '20,000', '30,000', '40,000', '50,000']);
  });

  it('say a power of ten once', () => {
    const { ticks, multiplier } = linearExtentOf([0, 1e-7], 4);
    expect(multiplier).toBe('×10^{−7}');
    expect(ticks.map(({ label }) => label)).toEqual(['0.0', '0.5', '1.0']);
    expect(ticks.map(({ value }) => value)).toEqual([0, 5e-8, 1e-7]);
  });

  it('do not draw rounding as a shape', () => {
    const { domain } = linearExtentOf([0.01, 0.01 * (1 + 1e-8)], 4);
    expect(domain[1] - domain[0]).toBeGreaterThan(0.005);
  });

  it('hold nothing where nothing is finite', () => {
    expect(linearExtentOf([NaN, Infinity], 4).ticks).toEqual([]);
  });
});

describe('logarithmic axes', () => {
  it('have whole decades, and labels that are not too many', () => {
    const { domain, ticks } = logExtentOf([3e-9, 0, NaN, 2e-3], 4);
    expect(domain.map((end) => Math.round(Math.log10(end)))).toEqual([-9, -2]);
    expect(ticks.map(({ label }) => label).filter((label) => label !== '')).toEqual([
      '10^{−8}',
      '10^{−6}',
      '10^{−4}',
      '10^{−2}',
    ]);
  });

  it('have numbers within a decade that stands alone', () => {
    expect(logExtentOf([2e-4, 5e-4], 6).ticks.map(({ label }) => label)).toEqual([
      '10^{−4}',
      '10^{−3}',
      '2×10^{−4}',
      '5×10^{−4}',
    ]);
  });
});

describe('thinned', () => {
  it('keeps ends, extremes and gaps of each column', () => {
    const points = Array.from({ length: 1000 }, (_, x) => ({
      x,
      y: x === 333 ? 9 : x === 777 ? -9 : x === 500 ? NaN : Math.sin(x),
    }));
    const few = thinned(points, 10);
    expect(few.length).toBeLessThanOrEqual(50);
    expect(few[0]).toBe(points[0]);
    expect(few.at(-1)).toBe(points.at(-1));
    for (const x of [333, 777, 500]) expect(few).toContain(points[x]);
    expect(few.map(({ x }) => x)).toEqual([...few.map(({ x }) => x)].sort((a, b) => a - b));
  });
});

describe('isolatedPoints', () => {
  it('are those that no line would show', () => {
    const points = [1, NaN, 2, 3, NaN, 4, NaN].map((y, x) => ({ x, y }));
    expect(isolatedPoints(points).map(({ y }) => y)).toEqual([1, 4]);
  });
});
