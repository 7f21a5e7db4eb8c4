import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SuiteError } from '../../src/errors.ts';
import { IEEE_SINGLE } from '../../src/numerics/arithmetic.ts';
import { runningError } from '../../src/numerics/running-error.ts';
import { expression } from '../../src/numerics/symbolic.ts';

const arithmetic = runningError(IEEE_SINGLE);
const at = (values: Record<string, number>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, arithmetic.exact(value)]));

describe('symbolic oracles', () => {
  test('values are those of ordinary arithmetic', () => {
    const { value } = expression('(x - 2 * y)^2 / z + exp(-x) * sqrt(z) - log(z)').evaluate(
      arithmetic,
      at({ x: 1.5, y: 0.25, z: 3 }),
    );
    expect(value).toBeCloseTo(1 / 3 + Math.exp(-1.5) * Math.sqrt(3) - Math.log(3), 14);
  });

  test('derivatives are those of the tables', () => {
    const slope = expression('x^3 * y - y / x').derivative('x');
    expect(slope.evaluate(arithmetic, at({ x: 2, y: 5 })).value).toBeCloseTo(3 * 4 * 5 + 5 / 4, 13);
    const growth = expression('exp(2 * x)').derivative('x');
    expect(growth.evaluate(arithmetic, at({ x: 0.3 })).value).toBeCloseTo(2 * Math.exp(0.6), 13);
  });

  test('a derivative agrees with a central difference', () => {
    const text = '(1 - phi) * (1 - phi * beta) * (sigma + eta) / phi';
    const f = expression(text);
    const point = { phi: 0.7, beta: 0.97, sigma: 2, eta: 1.125 };
    const step = 1e-5;
    const value = (phi: number) => f.evaluate(arithmetic, at({ ...point, phi })).value;
    const difference = (value(0.7 + step) - value(0.7 - step)) / (2 * step);
    expect(f.derivative('phi').evaluate(arithmetic, at(point)).value).toBeCloseTo(difference, 7);
  });

  test('symbols are replaced all at once, and what comes in is not replaced again', () => {
    const swapped = expression('x - 2 * y').substitute({ x: expression('y + 1'), y: expression('x') });
    expect(swapped.at({ x: 10, y: 3 })).toBe(3 + 1 - 20);
    expect(
      expression('log(x) * x')
        .substitute({ x: expression('y^2') })
        .at({ y: 2 }),
    ).toBeCloseTo(4 * Math.log(4), 14);
    const slope = expression('x^2')
      .substitute({ x: expression('3 * y') })
      .derivative('y');
    expect(slope.at({ y: 2 })).toBeCloseTo(36, 12);
  });

  test('names that mathjs has constants for are the values that they are given', () => {
    expect(expression('tau + phi + pi').at({ tau: 1, phi: 2, pi: 4 })).toBe(7);
  });

  test('in double precision alone there is NaN where there is no real value', () => {
    expect(expression('x^0.5').at({ x: -1 })).toBeNaN();
    expect(expression('log(x)').at({ x: -1 })).toBeNaN();
    expect(() => expression('x').at({ x: Number.NaN })).not.toThrow();
  });

  test('the bound holds for every arrangement of a sum, and for reciprocals', () => {
    const single = fc.float({ min: Math.fround(0.1), max: 10, noNaN: true });
    const f = expression('(a - b + c - d) / e');
    const fround = Math.fround;
    fc.assert(
      fc.property(single, single, single, single, single, (a, b, c, d, e) => {
        const { value, bound } = f.evaluate(arithmetic, at({ a, b, c, d, e }));
        const sums = [
          fround(fround(fround(a - b) + c) - d),
          fround(fround(a + c) - fround(b + d)),
          fround(fround(fround(c - d) - b) + a),
        ];
        for (const sum of sums) {
          expect(Math.abs(fround(sum / e) - value)).toBeLessThanOrEqual(bound);
          expect(Math.abs(fround(sum * fround(1 / e)) - value)).toBeLessThanOrEqual(bound);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['x +', 'expression-unreadable'],
    ['gamma(x)', 'expression-unsupported'],
    ['x + nobody', 'symbol-unknown'],
  ])('%s is refused', (text, code) => {
    const ask = () => expression(text).evaluate(arithmetic, at({ x: 1 }));
    expect(ask).toThrow(SuiteError);
    expect(ask).toThrow(code);
  });
});
