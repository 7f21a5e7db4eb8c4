import { describe, expect, it } from 'vitest';
import { figure, nkPolicyFigure, png, withFonts } from '../../../src/reporting/figures/index.ts';
import { policies } from './example.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47];

function sizeOf(picture: Uint8Array): readonly [width: number, height: number] {
  const view = new DataView(picture.buffer, picture.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

describe('png', () => {
  const svg = nkPolicyFigure(policies(), 'output');

  it('is as wide as asked, in the proportions of the figure', () => {
    const picture = png(svg, { width: 605 });
    expect([...picture.slice(0, 4)]).toEqual(SIGNATURE);
    const [, , , height] = /viewBox="([^"]*)"/u.exec(svg)?.[1]?.split(' ').map(Number) ?? [];
    expect(sizeOf(picture)).toEqual([605, height]);
  });

  it('is not blank', () => {
    const blank = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 605 614"/>';
    expect(png(svg, { width: 605 }).length).toBeGreaterThan(10 * png(blank, { width: 605 }).length);
  });

  it('has text in the fonts of figures, Greek and signs included', () => {
    const said = (text: string): string =>
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20" font-family="'STIX Two Text'"><text y="15">${text}</text></svg>`;
    const pictures = ['', 'β', 'σ', 'η', 'φ', 'π', 'ρ', 'ζ', 'Π', '−', '×', '\u{1f600}'].map((text) =>
      Buffer.from(png(said(text), { width: 90 })).toString('base64'),
    );
    expect(new Set(pictures).size).toBe(pictures.length);
  });

  it('says what is wrong with a picture that it cannot read', () => {
    expect(() => png('<svg', { width: 10 })).toThrow('figure-not-drawn');
  });
});

describe('withFonts', () => {
  it('embeds four faces, and changes no pixel', () => {
    const svg = nkPolicyFigure(policies(), 'output');
    const carrying = withFonts(svg);
    expect(carrying.match(/@font-face/gu)).toHaveLength(4);
    expect(png(carrying, { width: 300 })).toEqual(png(svg, { width: 300 }));
  });
});

describe('figure', () => {
  it('writes text that looks like markup as text', () => {
    const svg = figure({
      id: 'x',
      title: 'a < b & c',
      description: '"<svg>"',
      panels: [],
      columns: 1,
      legend: [{ label: '<b> & 1', stroke: { colour: '#000', width: 1 } }],
      yLabels: [''],
    });
    expect(() => png(svg, { width: 50 })).not.toThrow();
    expect(svg).toContain('a &lt; b &amp; c');
  });
});
