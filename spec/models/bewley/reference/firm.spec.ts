import { describe, expect, it } from 'vitest';
import { capitalLaborAt, factorPrices, outputOf } from '../../../../src/models/bewley/reference/index.ts';

const TECHNOLOGY = { productivity: 1.3, alpha: 0.33, delta: 0.06 };

describe('the firm', () => {
  it.each([0.01, 1, 6, 300])('pays out all of its output at K/L = %f', (capitalLabor) => {
    const { wage, mpk, rate } = factorPrices(TECHNOLOGY, capitalLabor);
    const labor = 1.7;
    const capital = capitalLabor * labor;
    expect((wage * labor + mpk * capital) / outputOf(TECHNOLOGY, capital, labor)).toBeCloseTo(1, 14);
    expect(rate).toBe(mpk - TECHNOLOGY.delta);
    expect(capitalLaborAt(TECHNOLOGY, mpk) / capitalLabor).toBeCloseTo(1, 12);
  });

  it('pays marginal products', () => {
    const { wage, mpk } = factorPrices(TECHNOLOGY, 4);
    const [labor, capital, step] = [2, 8, 1e-5];
    const more = (dk: number, dl: number): number => outputOf(TECHNOLOGY, capital + dk, labor + dl);
    expect((more(step, 0) - more(-step, 0)) / (2 * step)).toBeCloseTo(mpk, 9);
    expect((more(0, step) - more(0, -step)) / (2 * step)).toBeCloseTo(wage, 9);
  });
});
