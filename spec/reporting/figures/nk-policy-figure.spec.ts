import { describe, expect, it } from 'vitest';
import { nkPolicyFigure, png } from '../../../src/reporting/figures/index.ts';
import { curvesOf, panelsOf, policies, textsOf, verticesOf } from './example.ts';

describe('nkPolicyFigure', () => {
  const svg = nkPolicyFigure(policies(), 'output');

  it('is well-formed, with a title and a description of its own', () => {
    // resvg reads XML strictly.
    expect(() => png(svg, { width: 50 })).not.toThrow();
    expect(() => png(svg.replace('</g>', ''), { width: 50 })).toThrow('figure-not-drawn');
    expect(svg).toContain('aria-labelledby="policy-output-title policy-output-description"');
    expect(svg).toMatch(/<title id="policy-output-title">[^<]+<\/title>/u);
    expect(svg).toMatch(/<desc id="policy-output-description">[^<]*σ_a 2\.6 %\.<\/desc>/u);
  });

  it('has a panel a parameter, labelled with its symbol', () => {
    const labels = panelsOf(svg).map((panel) => textsOf(panel).find((text) => /[a-z] /u.test(text)));
    expect(labels).toEqual([
      'discount factor β',
      'relative risk aversion σ',
      'inverse Frisch elasticity η',
      'price duration φ',
      'response to inflation φπ',
      'response to output φy',
      'persistence ρ',
      'shock deviation σa',
    ]);
    const [, , , , response = ''] = panelsOf(svg);
    expect(response).toMatch(
      /<tspan font-style="italic">φ<\/tspan><tspan [^>]*font-size="70%"[^>]*>π<\/tspan>/u,
    );
  });

  it('draws the network solid, then the closed form dashed, both over the whole prior', () => {
    for (const panel of panelsOf(svg)) {
      const [network, closedForm, ...others] = curvesOf(panel);
      expect(others).toEqual([]);
      expect(network?.dash).toBeUndefined();
      expect(closedForm?.dash).toBeDefined();
      const width = Number(
        /x2="([\d.]+)"[^>]*x1="0"[^>]*\/>/u.exec(panel.slice(panel.lastIndexOf('<line')))?.[1],
      );
      for (const curve of [network, closedForm]) {
        const vertices = verticesOf(curve?.d ?? '');
        expect(vertices[0]?.[0]).toBe(0);
        expect(vertices.at(-1)?.[0]).toBeCloseTo(width, 2);
        expect(vertices).toHaveLength(21);
      }
      // Both fall; the network lies above: smaller y in SVG.
      const [first, last] = [verticesOf(network?.d ?? ''), verticesOf(closedForm?.d ?? '')];
      expect(first.at(-1)?.[1]).toBeGreaterThan(first[0]?.[1] ?? NaN);
      expect(first.every(([, y], index) => y < (last[index]?.[1] ?? NaN))).toBe(true);
    }
  });

  it('says the legend, the state and the label of the axis once', () => {
    for (const text of [
      'network',
      'closed form',
      'baseline',
      'at ζ = −1 ergodic standard deviation',
      'output gap X (%)',
    ]) {
      expect(textsOf(svg).filter((shown) => shown === text)).toHaveLength(1);
    }
  });

  it('marks the baseline and says the largest error in each panel', () => {
    for (const panel of panelsOf(svg)) {
      expect(panel.match(/aria-label="rule"/gu)).toHaveLength(1);
      // 2 % of the largest, −2 %, over the root mean square of −1 … −2 %.
      expect(textsOf(panel)).toContain('largest error 2.6 %');
    }
  });

  it('has the same bytes for the same data, also after another figure', () => {
    nkPolicyFigure(policies(), 'inflation');
    expect(nkPolicyFigure(policies(), 'output')).toBe(svg);
    expect(png(svg, { width: 200 })).toEqual(png(svg, { width: 200 }));
  });

  it('shows what is not finite as a gap, and says no error', () => {
    const output = Array.from({ length: 21 }, (_, index) =>
      index >= 5 && index < 9 ? NaN : index === 12 ? Infinity : -0.01,
    );
    const broken = nkPolicyFigure(policies({ network: { output, inflation: output } }), 'output');
    const [panel = ''] = panelsOf(broken);
    const [network] = curvesOf(panel);
    expect(network?.d.match(/M/gu)).toHaveLength(3);
    expect(verticesOf(network?.d ?? '')).toHaveLength(16);
    expect(textsOf(panel)).toContain('largest error not a number');
    expect(broken).not.toMatch(/="[^"]*(?:NaN|Infinity)/u);
  });

  it('shows a point between gaps', () => {
    const output = Array.from({ length: 21 }, (_, index) => (index === 10 ? -0.01 : NaN));
    const [panel = ''] = panelsOf(
      nkPolicyFigure(policies({ network: { output, inflation: output } }), 'output'),
    );
    expect(panel.match(/<circle/gu)).toHaveLength(1);
  });

  it('says that nothing is finite', () => {
    const output = Array.from({ length: 21 }, () => NaN);
    const empty = policies({
      network: { output, inflation: output },
      closedForm: { output, inflation: output },
    });
    const [panel = '', next = ''] = panelsOf(nkPolicyFigure(empty, 'output'));
    expect(textsOf(panel)).toContain('no finite values');
    expect(textsOf(next)).not.toContain('no finite values');
  });

  it.each([0, 0.01, -3e5, 1e-12])('draws a constant %d in the middle of its panel', (value) => {
    const output = Array.from({ length: 21 }, () => value);
    const flat = policies({
      network: { output, inflation: output },
      closedForm: { output, inflation: output },
    });
    const [panel = ''] = panelsOf(nkPolicyFigure(flat, 'output'));
    const heights = new Set(verticesOf(curvesOf(panel)[0]?.d ?? '').map(([, y]) => y));
    expect([...heights]).toEqual([48]);
  });
});
