import { describe, expect, it } from 'vitest';
import { SuiteError } from '../../src/errors.ts';
import { IEEE_DOUBLE, IEEE_SINGLE } from '../../src/numerics/arithmetic.ts';
import type { Bounded } from '../../src/numerics/running-error.ts';
import { runningError } from '../../src/numerics/running-error.ts';

const U = 2 ** -24;
const FLUSHED = 2 ** -126;
const LARGEST = (2 - 2 ** -23) * 2 ** 127;
const single = runningError(IEEE_SINGLE);
const { exact, rounded } = single;
const about = (value: number, bound: number): Bounded => ({ value, bound });
/** Looser than the bound by the allowance for double precision (2⁻²⁹ of one rounding), and no more. */
const SLACK = 1 + 2 ** -25;

function expectBound(actual: Bounded, value: number, bound: number): void {
  expect(actual.value).toBe(value);
  expect(actual.bound).toBeGreaterThanOrEqual(bound);
  expect(actual.bound).toBeLessThanOrEqual(bound * SLACK + 10 * FLUSHED);
}

describe('numbers that enter', () => {
  it('are exact, or rounded once', () => {
    expect(exact(0.5)).toEqual({ value: 0.5, bound: 0 });
    expectBound(rounded(0.1), 0.1, U * 0.1);
    expect(Math.abs(Math.fround(0.1) - 0.1)).toBeLessThanOrEqual(rounded(0.1).bound);
  });

  it.each([0, 1, -2, 0.5, 97, 2 ** 24, 2 ** -126, Math.fround(0.1), LARGEST])(
    '%d is in the format and needs no rounding',
    (x) => {
      expect(Math.fround(x)).toBe(x);
      expect(rounded(x)).toEqual({ value: x, bound: 0 });
    },
  );

  it.each([2 ** 24 + 1, 1 + 2 ** -24, 1 / 3, 1e-40, 1e-50])('%d is not in the format', (x) => {
    expect(rounded(x).bound).toBeGreaterThanOrEqual(Math.abs(Math.fround(x) - x));
    expect(rounded(x).bound).toBeGreaterThan(0);
  });

  it('of an engine that rounds badly have fewer bits for certain', () => {
    const poor = runningError({ ...IEEE_SINGLE, roundoff: 2.5 * 2 ** -23 });
    expect(poor.rounded(0.75).bound).toBe(0);
    expect(poor.rounded(Math.fround(0.1)).bound).toBeGreaterThan(0);
  });
});

describe('one operation on exact numbers has one rounding', () => {
  it.each([
    ['add', 3, -5, -2],
    ['sub', 3, 5, -2],
    ['mul', 3, -5, -15],
    ['div', 3, -4, -0.75],
  ] as const)('%s', (operation, x, y, value) => {
    expectBound(single[operation](exact(x), exact(y)), value, U * Math.abs(value));
  });

  it('the example of the documentation', () => {
    expect(single.mul(exact(3), exact(5)).bound).toBeCloseTo(8.9e-7, 8);
  });

  it('neg, abs and scale have none', () => {
    expect(single.neg(about(3, 0.5))).toEqual({ value: -3, bound: 0.5 });
    expect(single.abs(about(-3, 0.5))).toEqual({ value: 3, bound: 0.5 });
    expect(single.scale(exact(3), -0.25)).toEqual({ value: -0.75, bound: 0 });
    expectBound(single.scale(about(3, 0.5), 8), 24, 4);
  });

  it.each([0, 3, 0.1, Infinity, Number.NaN])('scale refuses %d', (factor) => {
    expect(() => single.scale(exact(1), factor)).toThrow(SuiteError);
  });

  it('scale takes every power of two', () => {
    for (let exponent = -1074; exponent <= 1023; exponent += 1) {
      expect(single.scale(exact(0), -(2 ** exponent))).toEqual({ value: -0, bound: 0 });
    }
  });

  it('functions have the error that the engine was measured to make', () => {
    const exp = { relative: 1e-3, absolute: 1e-2 };
    const measured = runningError({ ...IEEE_SINGLE, functions: { ...IEEE_SINGLE.functions, exp } });
    expectBound(measured.exp(exact(2)), Math.exp(2), Math.exp(2) * 1e-3 + 1e-2);
  });
});

describe('the oracle rounds, too', () => {
  const double = runningError(IEEE_DOUBLE);
  const third = double.exact(1 / 3);

  it.each([
    ['add', double.add(third, third), 2],
    ['mul', double.mul(third, third), 2],
    ['sum', double.sum([third, third]), 2],
    // 4 roundings are those of the engine.
    ['exp', double.exp(third), 4 + 2],
  ])('%s: which a subject in double precision can tell', (_, { value, bound }, roundings) => {
    expect(bound).toBeGreaterThanOrEqual(roundings * 2 ** -53 * value);
  });
});

describe('what inputs are off by is carried along', () => {
  it('add: |a| + |b|', () => {
    expectBound(single.add(about(3, 0.5), about(5, 0.25)), 8, 0.75 + U * 8.75);
    expectBound(single.sub(about(3, 0.5), about(5, 0.25)), -2, 0.75 + U * 2.75);
  });

  it('mul: the corner that is farthest away', () => {
    expectBound(single.mul(about(3, 0.5), about(-5, 0.25)), -15, 3.5 * 5.25 - 15 + U * 3.5 * 5.25);
  });

  it('div: the corner that is farthest away', () => {
    expectBound(single.div(about(3, 0.5), about(5, 0.25)), 0.6, 3.5 / 4.75 - 0.6 + (U * 3.5) / 4.75);
  });

  it('max and min: of the one that can win', () => {
    expect(single.max(about(3, 0.5), about(5, 0.25))).toEqual(about(5, 0.25));
    expect(single.min(about(3, 0.5), about(5, 0.25))).toEqual(about(3, 0.5));
    expect(single.max(about(3, 2), about(5, 0.25)).bound).toBe(2);
  });

  it.each([
    ['exp', 1, 0.5, Math.exp(1.5) - Math.exp(1)],
    ['expm1', 1, 0.5, Math.exp(1.5) - Math.exp(1)],
    ['log', 1, 0.5, Math.log(2)],
    ['sqrt', 1, 1, 1],
    ['tanh', 0, 0.5, Math.tanh(0.5)],
    ['tanh', -20, 0.5, 0],
    ['tanh', 2, 0.25, Math.tanh(2) - Math.tanh(1.75)],
    ['sigmoid', -3, 0.25, 1 / (1 + Math.exp(2.75)) - 1 / (1 + Math.exp(3))],
    ['sigmoid', 0, 0.5, 1 / (1 + Math.exp(-0.5)) - 0.5],
  ] as const)('%s moves by at least what its argument can make it move', (name, v, b, moved) => {
    const { bound } = single[name](about(v, b));
    expect(bound).toBeGreaterThanOrEqual(moved);
    expect(bound).toBeLessThan(1.5 * moved + 10 * U);
  });

  it('tanh and sigmoid move by no more than they can', () => {
    expect(single.tanh(about(1, 1e6)).bound).toBeLessThan(2.1);
    expect(single.sigmoid(about(1, 1e6)).bound).toBeLessThan(1.1);
    expect(single.tanh(about(1, Infinity)).bound).toBe(Infinity);
  });

  it.each([
    ['x^2', about(-3, 0.5), exact(2), 3.5 ** 2 - 9],
    ['x^2 around 0', about(0, 0.5), exact(2), 0.25],
    ['x^-1', about(3, 0.5), exact(-1), 1 / 2.5 - 1 / 3],
    ['x^0.5', about(3, 0.5), exact(0.5), Math.sqrt(3) - Math.sqrt(2.5)],
    ['x^0', about(3, 0.5), exact(0), 0],
    ['2^y', exact(2), about(3, 0.5), 2 ** 3.5 - 8],
    ['0.5^y', exact(0.5), about(3, 0.5), 0.5 ** 2.5 - 0.5 ** 3],
    ['x^y', about(2, 0.5), about(3, 0.5), 2.5 ** 3.5 - 8],
  ] as const)('pow: %s moves by at least what its arguments can make it move', (_, x, y, moved) => {
    const { bound } = single.pow(x, y);
    expect(bound).toBeGreaterThanOrEqual(moved);
    expect(bound).toBeLessThan(2.5 * moved + 100 * U);
  });

  it('pow: bounds the products that a whole power may be written as', () => {
    const accurate = { relative: 0, absolute: 0 };
    const { mul, pow } = runningError({
      ...IEEE_SINGLE,
      functions: { ...IEEE_SINGLE.functions, pow: accurate },
    });
    for (const x of [exact(-3), about(3, 0.5), about(-0.25, 1)]) {
      expect(pow(x, exact(2)).bound).toBeGreaterThanOrEqual(mul(x, x).bound);
    }
    // (1/x)(1/x)(1/x): each quotient is rounded, and two products are.
    expect(pow(exact(3), exact(-3)).bound).toBeGreaterThanOrEqual((5 * U) / 27);
    expect(pow(exact(3), exact(17)).bound).toBeLessThan(1e-6 * U * 3 ** 17);
  });
});

describe('sums', () => {
  const terms = [1, -2, 3, -4, 5].map(exact);

  it('of n terms: γ_(n−1) of the sum of magnitudes', () => {
    expectBound(single.sum(terms), 3, ((4 * U) / (1 - 4 * U)) * 15);
    expectBound(single.mean(terms), 0.6, ((6 * U) / (1 - 6 * U)) * 3);
  });

  it('inner products of n terms: γ_n of the sum of magnitudes', () => {
    expectBound(single.dot(terms, terms), 55, ((5 * U) / (1 - 5 * U)) * 55);
  });

  it('carry what the terms are off by', () => {
    expectBound(single.sum([about(1, 0.5), about(-1, 0.25)]), 0, 0.75 + U * 2.75);
    expectBound(single.dot([about(3, 0.5)], [about(-5, 0.25)]), -15, 3.5 * 5.25 - 15 + U * 3.5 * 5.25);
  });

  it('of no term and of one term are exact; there is no mean of none', () => {
    expect(single.sum([])).toEqual({ value: 0, bound: 0 });
    expect(single.sum([about(3, 0.5)])).toEqual(about(3, 0.5));
    expect(single.dot([], [])).toEqual({ value: 0, bound: 0 });
    expect(single.mean([])).toEqual({ value: Number.NaN, bound: Number.NaN });
  });

  it('of lists of different lengths are refused', () => {
    expect(() => single.dot(terms, terms.slice(1))).toThrow(SuiteError);
  });
});

describe('where nothing can be promised the bound says so', () => {
  const { add, sub, mul, div, log, sqrt, pow, exp, max, sum, dot, mean } = single;

  it.each([
    ['division by what may be 0', div(exact(1), about(0.5, 0.5))],
    ['division by 0', div(exact(1), exact(0))],
    ['the logarithm of what may be 0', log(about(0.5, 0.5))],
    ['the logarithm of 0', log(exact(0))],
    ['the root of what may be negative', sqrt(about(0.5, 0.6))],
    ['a broken power of what may be negative', pow(about(0.5, 0.6), exact(1.5))],
    ['a negative power of what may be 0', pow(about(0.5, 0.5), exact(-1))],
    ['a power of what may be negative, its exponent uncertain', pow(about(0.5, 0.6), about(2, 0.1))],
    ['0 to what may be negative', pow(exact(0), about(0.1, 0.2))],
    ['infinity', exact(Infinity)],
    ['overflow of single precision', mul(exact(2 ** 100), exact(2 ** 100))],
    ['overflow within reach of the bound', add(about(LARGEST, 2 ** 100), exact(0))],
    ['overflow inside a sum that cancels', sum([2 ** 127, 2 ** 127, -(2 ** 127), -(2 ** 127)].map(exact))],
    ['overflow of a function', exp(exact(89))],
    ['0 times what is unbounded', mul(exact(0), about(1, Infinity))],
    ['the larger of something and what is unbounded', max(exact(1e9), about(1, Infinity))],
    ['a sum with an unbounded term', sum([exact(1), about(1, Infinity)])],
  ])('%s', (_, { bound }) => {
    expect(bound).toBe(Infinity);
  });

  it.each([
    ['NaN itself', exact(Number.NaN)],
    ['∞ − ∞', sub(exact(Infinity), exact(Infinity))],
    ['0/0', div(exact(0), exact(0))],
    ['the root of −1', sqrt(exact(-1))],
    ['the logarithm of −1', log(exact(-1))],
    ['the larger of NaN and 1', max(exact(Number.NaN), exact(1))],
    ['a broken power of −1', pow(exact(-1), exact(0.5))],
    ['an inner product with NaN', dot([exact(1), exact(Number.NaN)], [exact(0), exact(0)])],
    ['a mean with NaN', mean([exact(1), exact(Number.NaN)])],
  ])('%s', (_, { value, bound }) => {
    expect(value).toBeNaN();
    expect(bound).toBeNaN();
  });

  it('0 to what is surely positive is 0, but for what underflows', () => {
    expect(pow(exact(0), about(0.5, 0.1)).bound).toBeLessThan(2 ** -120);
  });

  it('double precision reaches farther', () => {
    const double = runningError(IEEE_DOUBLE);
    expect(double.mul(exact(2 ** 100), exact(2 ** 100)).bound).toBeLessThan(2 ** 148.1);
    expect(double.exp(double.exact(710)).bound).toBe(Infinity);
  });
});

describe('engines without subnormal numbers', () => {
  const tiny = exact(2 ** -130);

  it('may read 0 for a subnormal operand', () => {
    expect(single.mul(tiny, exact(2 ** 100)).bound).toBeGreaterThanOrEqual(2 ** -30);
    expect(single.max(tiny, exact(-1)).bound).toBeGreaterThanOrEqual(2 ** -130);
    expect(single.div(exact(1), tiny).bound).toBe(Infinity);
    expect(single.sum([tiny, exact(0)]).bound).toBeGreaterThanOrEqual(2 ** -130);
  });

  it('may return 0 for a subnormal result', () => {
    const result = single.mul(exact(2 ** -70), exact(2 ** -60));
    expect(result.bound).toBeGreaterThanOrEqual(result.value);
    expect(single.scale(exact(2 ** -120), 2 ** -10).bound).toBeGreaterThanOrEqual(2 ** -130);
  });

  it('are told from engines that underflow gradually', () => {
    const gradual = runningError({ ...IEEE_SINGLE, underflow: 2 ** -149 });
    expect(gradual.mul(tiny, exact(2 ** 100)).bound).toBeLessThan(2 ** -48);
    // 24 bits, the last of them below the spacing of subnormal numbers.
    const between = 2 ** -130 * (1 + 2 ** -23);
    expect(gradual.rounded(between).bound).toBeGreaterThanOrEqual(Math.abs(Math.fround(between) - between));
    expect(gradual.rounded(between).bound).toBeGreaterThan(0);
  });
});
