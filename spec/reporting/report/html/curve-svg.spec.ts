import type { Element } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { describe, expect, it } from 'vitest';
import { curveSvg } from '../../../../src/reporting/report/html/curve-svg.ts';
import { series } from './example.ts';

/** The points of the only curve, in units of the picture. */
function pointsOf(svg: Element): readonly { readonly x: number; readonly y: number }[] {
  const path = /class="line"[^>]*><path d="([^"]*)"/u.exec(toHtml(svg))?.[1] ?? '';
  return path
    .split(/[ML]/u)
    .slice(1)
    .map((pair) => {
      const [x = Number.NaN, y = Number.NaN] = pair.split(',').map(Number);
      return { x, y };
    });
}

describe('the picture of a series', () => {
  it('keeps both extremes of a long series, in little room', () => {
    const values = Array.from({ length: 100_000 }, (_, step) => Math.sin(step));
    const calm = pointsOf(curveSvg(series('loss', values), {}, 'small'));
    const peaks = values.map((value, step) => (step === 31_234 ? 40 : step === 77_777 ? -30 : value));
    const points = pointsOf(curveSvg(series('loss', peaks), {}, 'small'));
    const heights = points.map(({ y }) => y);
    // 204 columns of at most five points each.
    expect(points.length).toBeLessThan(1100);
    expect(calm.length).toBeGreaterThan(400);
    const [top, bottom] = [Math.min(...heights), Math.max(...heights)];
    expect(points.find(({ y }) => y === top)?.x).toBeCloseTo(204 * 0.31234, 0);
    expect(points.find(({ y }) => y === bottom)?.x).toBeCloseTo(204 * 0.77777, 0);
    // All else keeps within its size: 2 of 70.
    const others = heights.filter((y) => y !== top && y !== bottom);
    expect(Math.max(...others) - Math.min(...others)).toBeLessThan(4);
  });

  it('tells in words what is to be seen', () => {
    const shown = toHtml(
      curveSvg(
        { ...series('loss', [4, 2, 8]), notFinite: [3] },
        { onset: { after: 1, by: 2 }, limits: [{ value: 5, label: 'limit 5', series: 'loss' }] },
        'large',
      ),
    );
    expect(shown).toContain('<title>loss by step</title>');
    expect(shown).toContain(
      '<desc>From 4 at step 0 to 8 at step 2; lowest 2, highest 8. Not a number at 1 steps, first 3. Marked: between steps 1 and 2. Marked: limit 5.</desc>',
    );
    expect(shown).toContain('var(--onset-band)');
    expect(shown).toContain('var(--limit)');
  });

  it('draws no line across steps without a number', () => {
    const svg = curveSvg(
      { ...series('loss', []), steps: [0, 1, 3, 4], values: [1, 2, 3, 4], notFinite: [2] },
      {},
      'large',
    );
    const path = /class="line"[^>]*><path d="([^"]*)"/u.exec(toHtml(svg))?.[1] ?? '';
    expect(path.match(/M/gu)).toHaveLength(2);
  });

  it('shows a series that has no number as what it is', () => {
    const shown = toHtml(curveSvg({ ...series('loss', []), notFinite: [0, 1] }, {}, 'large'));
    expect(shown).toContain('No value is a number.');
    expect(shown).not.toContain('NaN');
  });

  it('shows sizes over many decades on a logarithmic axis', () => {
    const [first, middle, last] = pointsOf(curveSvg(series('loss', [1, 1e-3, 1e-6]), {}, 'large')).map(
      ({ y }) => y,
    );
    expect((middle ?? 0) - (first ?? 0)).toBeCloseTo((last ?? 0) - (middle ?? 0), 1);
  });
});
