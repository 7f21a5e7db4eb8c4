import { describe, expect, it } from 'vitest';
import { nkLossFigure, png } from '../../../src/reporting/figures/index.ts';
import { curvesOf, log, panelsOf, textsOf, verticesOf } from './example.ts';

describe('nkLossFigure', () => {
  it('draws total, IS and Phillips over whole decades, and the learning rate below', () => {
    const svg = nkLossFigure(log(90));
    const [loss = '', rate = ''] = panelsOf(svg);
    expect(curvesOf(loss)).toHaveLength(3);
    expect(curvesOf(rate)).toHaveLength(1);
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['10−3', '10−4', '10−5', 'gradient step', 'loss', 'learning rate']),
    );
    const [total] = curvesOf(loss);
    // From 1e-3, a third below the upper end of three decades, to 10^−3.89.
    expect(verticesOf(total?.d ?? '')[0]).toEqual([0, 0]);
    expect(verticesOf(total?.d ?? '').at(-1)?.[1]).toBeCloseTo((190 * 0.89) / 2, 1);
  });

  it('leaves the learning rate out when asked, or where there is none', () => {
    expect(panelsOf(nkLossFigure(log(9), { showsStepSize: false }))).toHaveLength(1);
    const without = log(9).map(({ step, total, is, phillips }) => ({ step, total, is, phillips }));
    expect(panelsOf(nkLossFigure(without))).toHaveLength(1);
  });

  it('draws the damping over decades in the place of the learning rate, where that was logged', () => {
    const rows = log(9).map(({ step, total, is, phillips }) => {
      return { step, total, is, phillips, damping: 2 ** -step };
    });
    const svg = nkLossFigure(rows);
    const [, below = ''] = panelsOf(svg);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['damping', '10−2', '100']));
    expect(textsOf(svg)).not.toContain('learning rate');
    const [curve] = curvesOf(below);
    const heights = verticesOf(curve?.d ?? '').map(([, y]) => y);
    // A straight line: the damping is halved from row to row.
    const [first = 0, second = 0] = heights;
    heights.forEach((y, index) => {
      expect(y).toBeCloseTo(first + index * (second - first), 0);
    });
    expect(second).toBeGreaterThan(first);
  });

  it('says so when the log is empty', () => {
    const svg = nkLossFigure([]);
    expect(textsOf(svg)).toContain('no step has been logged');
    expect(svg).toContain('<desc id="loss-description">No step has been logged.</desc>');
    expect(() => png(svg, { width: 50 })).not.toThrow();
  });

  it('shows one step as points', () => {
    const svg = nkLossFigure(log(1));
    expect(svg.match(/<circle/gu)).toHaveLength(4);
    expect(svg).not.toMatch(/="[^"]*NaN/u);
  });

  it('counts what a logarithmic axis cannot show', () => {
    const rows = log(9).map((row) => (row.step === 4 ? { ...row, phillips: 0, is: NaN } : row));
    const svg = nkLossFigure(rows);
    expect(textsOf(svg)).toContain('2 values are not positive and finite: gaps');
    const [loss = ''] = panelsOf(svg);
    expect(curvesOf(loss).map(({ d }) => d.match(/M/gu)?.length)).toEqual([1, 2, 2]);
  });

  it('lays the running median over a long curve, with the gaps of the curve', () => {
    const rows = log(400).map((row) => (row.step >= 150 && row.step < 250 ? { ...row, total: NaN } : row));
    const svg = nkLossFigure(rows);
    expect(textsOf(svg)).toContain('bold: running median');
    const curves = curvesOf(panelsOf(svg)[0] ?? '');
    expect(curves).toHaveLength(6);
    expect(curves[3]?.d.match(/M/gu)).toHaveLength(2);
  });

  it('keeps the extremes of a log that is too long to draw, and is no larger for it', () => {
    const rows = log(50_000).map((row) => ({
      ...row,
      total: row.step === 31_234 ? 1e3 : 1e-4,
      is: 1e-4,
      phillips: 1e-4,
    }));
    const svg = nkLossFigure(rows);
    expect(svg.length).toBeLessThan(200_000);
    const [total] = curvesOf(panelsOf(svg)[0] ?? '');
    expect(Math.min(...verticesOf(total?.d ?? '').map(([, y]) => y))).toBe(0);
  });
});
