import { describe, expect, it } from 'vitest';
import { cosineAnnealing, linearAnnealing } from '../../src/nn/schedules.ts';

const PUBLISHED = { initial: 1e-3, final: 1e-10, total: 250_000 };

describe('cosineAnnealing', () => {
  it('is initial at 0, the mean at half way, final at the end', () => {
    expect(cosineAnnealing(PUBLISHED, 0)).toBe(1e-3);
    expect(cosineAnnealing(PUBLISHED, 125_000)).toBeCloseTo((1e-3 + 1e-10) / 2, 15);
    expect(cosineAnnealing(PUBLISHED, 250_000)).toBe(1e-10);
  });

  it('has fallen by (1 − 1/√2)/2 at a quarter', () => {
    expect(cosineAnnealing({ initial: 1, final: 0, total: 8 }, 2)).toBeCloseTo(1 - 0.1464466094, 9);
  });

  it('falls at every step', () => {
    const rates = Array.from({ length: 101 }, (_, step) =>
      cosineAnnealing({ ...PUBLISHED, total: 100 }, step),
    );
    expect(rates.every((rate, step) => step === 0 || rate < (rates[step - 1] ?? 0))).toBe(true);
  });
});

describe('linearAnnealing', () => {
  const line = { initial: 1, final: 0.2, total: 4 };

  it('goes on a straight line from initial at 0 to final at the end, and stays', () => {
    const rates = [0, 1, 2, 3, 4, 5].map((step) => linearAnnealing(line, step));
    for (const [step, rate] of [1, 0.8, 0.6, 0.4, 0.2, 0.2].entries())
      expect(rates[step]).toBeCloseTo(rate, 15);
  });

  it('may rise, or stay', () => {
    expect(linearAnnealing({ initial: 0, final: 2, total: 2 }, 1)).toBe(1);
    expect(linearAnnealing({ initial: 3, final: 3, total: 7 }, 5)).toBe(3);
  });
});
