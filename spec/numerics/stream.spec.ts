import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError, SuiteError } from '../../src/errors.ts';
import { normals, streamOf, uniforms } from '../../src/numerics/stream.ts';
import { chiSquareBounds, normalCriticalValue } from '../../src/numerics/tails.ts';

/** Chance that a correct stream fails one of the statistics below, had its seed not been fixed. */
const FALSE_ALARM = 1e-6;

const labels = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.integer(),
  fc.double({ noNaN: true }),
);
const finiteLabels = labels.filter((label) => typeof label === 'string' || Number.isFinite(label));
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

describe('the numbers of a seed', () => {
  // Computed by a program in Python: hashlib and xoroshiro128+ (24, 16, 37) on 64-bit integers, written for this spec.
  it('are pinned: who changes them changes every recorded run', () => {
    const stream = streamOf(20260);
    expect(stream.key).toBe('b77ccdded25c9fd800a82da53155206e48c8391b63be08b55d1e4d988118503b');
    expect([...uniforms(stream, 3)]).toEqual([0.9235850398314075, 0.6092253855919729, 0.885823923144574]);
    expect([...normals(streamOf(20260), 3)]).toEqual([
      0.7080482730188914, 0.18257690514518649, 0.4376277434444346,
    ]);
  });

  it('are pinned for a split, too', () => {
    const stream = streamOf(20260).split('weights');
    expect(stream.key).toBe('2cc2b38b8250f2b040f3a231f2c474eb3d153e691987ccc393aeb20589c392cd');
    expect(Array.from({ length: 8 }, () => stream.integer(-3, 10))).toEqual([4, -3, 8, 6, 5, 4, 4, -2]);
    expect(stream.normal()).toBe(-0.04029971487026042);
  });

  it('differ between a number and its text', () => {
    expect(streamOf(1).key).not.toBe(streamOf('1').key);
    expect(streamOf(1).split(1).key).not.toBe(streamOf(1).split('1').key);
  });

  it.each([Number.NaN, Infinity])('cannot be those of %d', (seed) => {
    expect(() => streamOf(seed)).toThrow(InputError);
    expect(() => streamOf(1).split(seed)).toThrow(SuiteError);
  });
});

describe('a split', () => {
  it('depends on path and label, not on what was drawn', () => {
    const draws = fc.array(fc.constantFrom('uniform' as const, 'normal' as const), { maxLength: 5 });
    fc.assert(
      fc.property(fc.integer(), finiteLabels, draws, (seed, label, drawn) => {
        const [untouched, used] = [streamOf(seed), streamOf(seed)];
        drawn.forEach((kind) => used[kind]());
        const [a, b] = [untouched.split(label), used.split(label)];
        expect(a.key).toBe(b.key);
        expect([...normals(a, 3)]).toEqual([...normals(b, 3)]);
      }),
    );
  });

  it('does not disturb its parent', () => {
    const [alone, parent] = [streamOf(7), streamOf(7)];
    uniforms(parent.split('child'), 10);
    expect([...normals(parent, 5)]).toEqual([...normals(alone, 5)]);
  });

  it('has a name of its own for every path', () => {
    const paths = fc.array(finiteLabels, { maxLength: 3 });
    const keyOf = (path: readonly (string | number)[]): string =>
      path.reduce((stream, label) => stream.split(label), streamOf(0)).key;
    const nameOf = (path: readonly (string | number)[]): string =>
      path.map((label) => `${typeof label} ${JSON.stringify(label)}`).join();
    fc.assert(fc.property(paths, paths, (a, b) => (keyOf(a) === keyOf(b)) === (nameOf(a) === nameOf(b))));
  });

  it.each([
    [
      ['a', 'bc'],
      ['ab', 'c'],
    ],
    [['a', ''], ['a']],
    [[''], []],
    [['1,2'], ['1', '2']],
    [['\ud800'], ['\ufffd']],
  ])('keeps the paths %j and %j apart', (a, b) => {
    const keyOf = (path: readonly string[]): string =>
      path.reduce((stream, label) => stream.split(label), streamOf(0)).key;
    expect(keyOf(a)).not.toBe(keyOf(b));
  });

  it('is uncorrelated with its parent and its siblings', () => {
    const n = 20_000;
    const parent = streamOf('correlation');
    const samples = [normals(parent.split(0), n), normals(parent.split(1), n), normals(parent, n)];
    const pairs = [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const;
    for (const [i, j] of pairs) {
      // Σ xy has mean 0 and variance n.
      const product = sum(Array.from(samples[i] ?? [], (x, at) => x * (samples[j]?.[at] ?? Number.NaN)));
      expect(Math.abs(product) / Math.sqrt(n)).toBeLessThan(normalCriticalValue(FALSE_ALARM));
    }
  });
});

describe('the draws', () => {
  const n = 100_000;

  it('uniform: are multiples of 2^-53 in [0, 1) that fill twenty cells evenly', () => {
    const draws = uniforms(streamOf('uniform'), n);
    expect(draws.every((draw) => draw >= 0 && draw < 1 && Number.isInteger(draw * 2 ** 53))).toBe(true);
    expect(draws.some((draw) => !Number.isInteger(draw * 2 ** 52))).toBe(true);
    expect(pearson(draws, 20, (draw) => Math.floor(20 * draw))).toBeLessThan(
      chiSquareBounds(19, FALSE_ALARM).upper,
    );
    // The 27 bits of the second word, which no histogram of the first sees.
    expect(pearson(draws, 16, (draw) => ((draw * 2 ** 49) % 1) * 16)).toBeLessThan(
      chiSquareBounds(15, FALSE_ALARM).upper,
    );
  });

  it('normal: have the moments of N(0, 1)', () => {
    const draws = normals(streamOf('normal'), n);
    const moment = (power: number): number => sum(draws.map((draw) => draw ** power)) / n;
    // Standard errors of the sample moments: √((E Z^2k − (E Z^k)²)/n).
    const limit = normalCriticalValue(FALSE_ALARM) / Math.sqrt(n);
    expect(Math.abs(moment(1))).toBeLessThan(limit);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(limit * Math.sqrt(2));
    expect(Math.abs(moment(3))).toBeLessThan(limit * Math.sqrt(15));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(limit * Math.sqrt(96));
  });

  it('normal: the two of a pair are uncorrelated, and so are their squares', () => {
    const draws = normals(streamOf('pairs'), n);
    const pairs = Array.from(
      { length: n / 2 },
      (_, i) => [draws[2 * i] ?? 0, draws[2 * i + 1] ?? 0] as const,
    );
    const limit = normalCriticalValue(FALSE_ALARM) * Math.sqrt(n / 2);
    expect(Math.abs(sum(pairs.map(([x, y]) => x * y)))).toBeLessThan(limit);
    expect(Math.abs(sum(pairs.map(([x, y]) => (x * x - 1) * (y * y - 1))))).toBeLessThan(2 * limit);
  });

  it('integer: reach both ends, each number as often', () => {
    const stream = streamOf('integer');
    const draws = Array.from({ length: n }, () => stream.integer(-3, 9));
    expect(pearson(draws, 13, (draw) => draw + 3)).toBeLessThan(chiSquareBounds(12, FALSE_ALARM).upper);
    expect(stream.integer(5, 5)).toBe(5);
  });

  it('integer: are unbiased where a remainder would not be', () => {
    // Of 3·2³⁰ numbers, those below 2³⁰ would come up twice as often as the others by `word mod 3·2³⁰`.
    const stream = streamOf('bias');
    const draws = Array.from({ length: n }, () => stream.integer(0, 3 * 2 ** 30 - 1));
    expect(pearson(draws, 3, (draw) => Math.floor(draw / 2 ** 30))).toBeLessThan(
      chiSquareBounds(2, FALSE_ALARM).upper,
    );
  });

  it('integer: cover ranges beyond 32 bits', () => {
    const stream = streamOf('wide');
    const draws = Array.from({ length: n }, () => stream.integer(-(2 ** 51), 2 ** 51 - 1));
    expect(pearson(draws, 16, (draw) => Math.floor((draw + 2 ** 51) / 2 ** 48))).toBeLessThan(
      chiSquareBounds(15, FALSE_ALARM).upper,
    );
  });

  it.each([
    [1, 0],
    [0, 0.5],
    [Number.NaN, 1],
    [-(2 ** 53) + 1, 2 ** 53 - 1],
  ])('integer: refuses the range %d … %d', (lo, hi) => {
    expect(() => streamOf(1).integer(lo, hi)).toThrow(SuiteError);
  });
});

/** Pearson's statistic of draws in k cells of equal probability: χ² with k − 1 degrees of freedom. */
function pearson(draws: ArrayLike<number>, cells: number, cellOf: (draw: number) => number): number {
  const counts = new Float64Array(cells);
  for (const draw of Array.from(draws)) {
    const cell = Math.floor(cellOf(draw));
    counts[cell] = (counts[cell] ?? Number.NaN) + 1;
  }
  const expected = draws.length / cells;
  const kept = sum(counts);
  expect(kept).toBe(draws.length);
  return sum(counts.map((count) => (count - expected) ** 2 / expected));
}
