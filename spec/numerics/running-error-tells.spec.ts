import { describe, expect, it } from 'vitest';
import { IEEE_SINGLE } from '../../src/numerics/arithmetic.ts';
import type { Bounded } from '../../src/numerics/running-error.ts';
import { runningError } from '../../src/numerics/running-error.ts';
import type { Stream } from '../../src/numerics/stream.ts';
import { normals, streamOf } from '../../src/numerics/stream.ts';
import { bfloat16, single, sumInOrder } from './float32.ts';

/*
 * Second calibration: an engine that rounds its inputs to bfloat16 (8 bits in place of 24), and computes in single
 * precision from there, is rejected in at least 99 % of random cases.
 */

const CASES = 2_500;
const LEAST_SHARE = 0.99;

const { exact, add, mul, div, sum, dot, mean, exp, log, tanh, sigmoid, pow } = runningError(IEEE_SINGLE);

/** A case: what the oracle promises, and a computation in single precision from whatever inputs it is given. */
interface Experiment {
  readonly inputs: readonly number[];
  readonly oracle: (inputs: readonly Bounded[]) => readonly Bounded[];
  readonly engine: (inputs: readonly number[]) => readonly number[];
}

const column = (matrix: readonly number[], width: number, j: number): readonly number[] =>
  matrix.filter((_, index) => index % width === j);
const singleDot = (xs: readonly number[], ys: readonly number[]): number =>
  sumInOrder(
    xs.map((x, index) => single(x * (ys[index] ?? Number.NaN))),
    single,
  );

/** tanh(xW + b) for one sample of 16 and 8 units. */
const DENSE = { inputs: 16, units: 8 };

/** Each draws a case; `share` is what was measured when it was written. */
const EXPERIMENTS: readonly {
  readonly name: string;
  readonly share: number;
  readonly draw: (stream: Stream) => Experiment;
}[] = [
  {
    name: 'a product',
    share: 1,
    draw: pair([(x, y) => mul(x, y), (x, y) => single(x * y)]),
  },
  {
    name: 'a quotient',
    share: 1,
    draw: pair([(x, y) => div(x, y), (x, y) => single(x / y)]),
  },
  {
    name: 'a sum of two',
    share: 1,
    draw: pair([(x, y) => add(x, y), (x, y) => single(x + y)]),
  },
  {
    name: 'a mean of 33',
    share: 0.994,
    draw: (stream) => ({
      inputs: draws(stream, 33),
      oracle: (xs) => [mean(xs)],
      engine: (xs) => [single(sumInOrder(xs, single) / xs.length)],
    }),
  },
  {
    name: 'an inner product of 64',
    share: 0.9956,
    draw: (stream) => ({
      inputs: draws(stream, 128),
      oracle: (xs) => [dot(xs.slice(0, 64), xs.slice(64))],
      engine: (xs) => [singleDot(xs.slice(0, 64), xs.slice(64))],
    }),
  },
  {
    name: 'a dense layer with tanh',
    share: 1,
    draw: (stream) => {
      const { inputs, units } = DENSE;
      const weights = inputs * units;
      return {
        inputs: draws(stream, inputs + weights + units).map((x, index) =>
          index < inputs ? x : single(x / 4),
        ),
        oracle: (all) =>
          Array.from({ length: units }, (_, unit) => {
            const incoming = all
              .slice(inputs, inputs + weights)
              .filter((__, index) => index % units === unit);
            return tanh(
              sum([dot(all.slice(0, inputs), incoming), all[inputs + weights + unit] ?? exact(Number.NaN)]),
            );
          }),
        engine: (all) =>
          Array.from({ length: units }, (_, unit) => {
            const incoming = column(all.slice(inputs, inputs + weights), units, unit);
            const product = singleDot(all.slice(0, inputs), incoming);
            return single(Math.tanh(single(product + (all[inputs + weights + unit] ?? Number.NaN))));
          }),
      };
    },
  },
  {
    name: 'log(1 + x² exp(−y)) σ(y)',
    share: 0.9932,
    draw: pair([
      (x, y) => mul(log(add(exact(1), mul(pow(x, exact(2)), exp({ ...y, value: -y.value })))), sigmoid(y)),
      (x, y) => {
        const inner = single(single(x * x) * single(Math.exp(-y)));
        return single(single(Math.log(single(1 + inner))) * single(1 / (1 + Math.exp(-y))));
      },
    ]),
  },
];

describe.each(EXPERIMENTS)('$name', ({ name, share, draw }) => {
  const stream = streamOf('bfloat16').split(name);
  const cases = Array.from({ length: CASES }, (_, index) => draw(stream.split(index)));
  const rejected = (round: (x: number) => number): number =>
    cases.filter(({ inputs, oracle, engine }) => {
      const got = engine(inputs.map(round));
      return oracle(inputs.map(exact)).some(({ value, bound }, at) => {
        if (bound === Infinity) throw new Error('a bound that promises nothing rejects nothing');
        return !(Math.abs((got[at] ?? Number.NaN) - value) <= bound);
      });
    }).length;

  it(`rejects inputs in bfloat16: ${(100 * share).toFixed(2)} % of cases`, () => {
    const measured = rejected(bfloat16) / CASES;
    expect(measured).toBeGreaterThanOrEqual(LEAST_SHARE);
    expect(measured).toBeCloseTo(share, 3);
  });

  it('accepts inputs in single precision, every one', () => {
    expect(rejected(single)).toBe(0);
  });
});

/** n numbers in single precision, standard normal. */
function draws(stream: Stream, n: number): readonly number[] {
  return [...normals(stream, n).map(single)];
}

/** A function of two numbers, for the oracle and for the engine. */
function pair([oracle, engine]: readonly [
  (x: Bounded, y: Bounded) => Bounded,
  (x: number, y: number) => number,
]): (stream: Stream) => Experiment {
  const missing = exact(Number.NaN);
  return (stream) => ({
    inputs: draws(stream, 2),
    oracle: ([x = missing, y = missing]) => [oracle(x, y)],
    engine: ([x = Number.NaN, y = Number.NaN]) => [engine(x, y)],
  });
}
