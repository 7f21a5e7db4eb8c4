import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Arithmetic } from '../../src/numerics/arithmetic.ts';
import { IEEE_DOUBLE, IEEE_SINGLE } from '../../src/numerics/arithmetic.ts';
import type { Bounded } from '../../src/numerics/running-error.ts';
import { runningError } from '../../src/numerics/running-error.ts';
import { streamOf } from '../../src/numerics/stream.ts';
import type { Single } from './float32.ts';
import {
  fusedDot,
  single,
  singleWithoutSubnormals,
  sumInAnyOrder,
  sumInOrder,
  sumPairwise,
} from './float32.ts';
import { runProgram } from './random-program.ts';

/*
 * First calibration: a correct engine is never rejected. The seeds are not fixed, since the bounds must hold for all.
 */

interface Engine {
  readonly name: string;
  readonly round: Single;
  readonly arithmetic: Arithmetic;
}

const FLUSHING: Engine = {
  name: 'flushes subnormals',
  round: singleWithoutSubnormals,
  arithmetic: IEEE_SINGLE,
};
const GRADUAL: Engine = {
  name: 'underflows gradually',
  round: single,
  // Half the spacing of subnormal numbers, the tightest that is true.
  arithmetic: { ...IEEE_SINGLE, underflow: 2 ** -150 },
};
const ENGINES = [FLUSHING, GRADUAL];

const ordinary = fc.double({ min: -8, max: 8, noNaN: true }).map(Math.fround);
const mixed = fc
  .tuple(ordinary, fc.integer({ min: -30, max: 30 }))
  .map(([x, exponent]) => Math.fround(x * 2 ** exponent));
const anything = fc.float({ noNaN: true, noDefaultInfinity: true });
const seeds = fc.integer();

/** A few numbers, one size of which cancels exactly, a few of another size, in any order. */
const cancelling = fc
  .tuple(fc.array(mixed, { minLength: 1, maxLength: 40 }), fc.array(mixed, { maxLength: 10 }), seeds)
  .map(([large, small, seed]) => shuffled([...large, ...large.map((x) => -x), ...small], seed));
const vectors = fc.oneof(
  fc.array(ordinary, { minLength: 1, maxLength: 300 }),
  fc.array(mixed, { minLength: 1, maxLength: 100 }),
  fc.array(anything, { minLength: 1, maxLength: 20 }),
  cancelling,
);

describe.each(ENGINES)('an engine that $name', ({ round, arithmetic }) => {
  const { exact, sum, dot, mean } = runningError(arithmetic);

  it('never fails a sum, however it is ordered', () => {
    fc.assert(
      fc.property(vectors, seeds, (given, seed) => {
        const xs = given.map(round);
        const stream = streamOf(seed);
        const oracle = sum(xs.map(exact));
        within(oracle, sumInOrder(xs, round));
        within(oracle, sumInOrder(xs.toReversed(), round));
        within(oracle, sumPairwise(xs, round));
        within(
          oracle,
          sumInOrder(
            xs.toSorted((a, b) => Math.abs(a) - Math.abs(b)),
            round,
          ),
        );
        for (let order = 0; order < 3; order += 1) within(oracle, sumInAnyOrder(xs, round, stream));
      }),
      { numRuns: 400 },
    );
  });

  it('never fails a mean, divided before or after', () => {
    fc.assert(
      fc.property(vectors, seeds, (given, seed) => {
        const xs = given.map(round);
        const [stream, share] = [streamOf(seed), round(1 / xs.length)];
        const oracle = mean(xs.map(exact));
        within(oracle, round(sumInAnyOrder(xs, round, stream) / xs.length));
        within(oracle, round(sumInAnyOrder(xs, round, stream) * share));
        within(
          oracle,
          sumInAnyOrder(
            xs.map((x) => round(x * share)),
            round,
            stream,
          ),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('never fails an inner product, fused or not', () => {
    fc.assert(
      fc.property(vectors, vectors, seeds, (first, second, seed) => {
        const n = Math.min(first.length, second.length);
        const [xs, ys] = [first.slice(0, n).map(round), second.slice(0, n).map(round)];
        const products = xs.map((x, index) => round(x * (ys[index] ?? Number.NaN)));
        const oracle = dot(xs.map(exact), ys.map(exact));
        within(oracle, fusedDot(xs, ys, round));
        within(oracle, fusedDot(xs.toReversed(), ys.toReversed(), round));
        within(oracle, sumPairwise(products, round));
        within(oracle, sumInAnyOrder(products, round, streamOf(seed)));
      }),
      { numRuns: 400 },
    );
  });

  it('never fails a composed computation', () => {
    const shares = { promised: 0, all: 0 };
    fc.assert(
      fc.property(fc.oneof(ordinary, mixed, anything), seeds, (scale, seed) => {
        for (const step of runProgram(arithmetic, round, streamOf(seed), scale)) {
          within(step.oracle, step.engine, step.operation);
          shares.all += 1;
          if (Number.isFinite(step.oracle.bound)) shares.promised += 1;
        }
      }),
      { numRuns: 2_000 },
    );
    // A bound that promises nothing holds of anything.
    expect(shares.promised / shares.all).toBeGreaterThan(0.5);
  });
});

describe('an engine in double precision', () => {
  it('never fails a sum, although the oracle rounds as it does', () => {
    const { exact, sum } = runningError(IEEE_DOUBLE);
    const large = fc.double({ noNaN: true, min: -1e300, max: 1e300 });
    fc.assert(
      fc.property(fc.array(large, { minLength: 1, maxLength: 60 }), seeds, (some, seed) => {
        const xs = shuffled([...some, ...some.map((x) => -x), 1], seed);
        within(
          sum(xs.map(exact)),
          sumInAnyOrder(xs, (x) => x, streamOf(seed)),
        );
      }),
      { numRuns: 300 },
    );
  });
});

/** Within the bound; and where there is a bound, the engine returned a number. */
function within({ value, bound }: Bounded, engine: number, operation = ''): void {
  const promised = bound < Infinity;
  const isKept = Math.abs(engine - value) <= bound;
  if (promised && !isKept) {
    throw new Error(`${operation} returned ${engine} for ${value} ± ${bound}`);
  }
  // Nothing that is not a number may carry a promise.
  if (!Number.isFinite(value) && promised) throw new Error(`${operation} promises ${value} ± ${bound}`);
}

function shuffled(values: readonly number[], seed: number): readonly number[] {
  const stream = streamOf(seed);
  return values
    .map((value) => ({ value, at: stream.uniform() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
