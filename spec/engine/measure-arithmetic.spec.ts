import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { skipBanner } from '../../src/engine/banner.ts';
import { loadWasm } from '../../src/engine/engines/wasm.ts';
import { measureArithmetic } from '../../src/engine/measure-arithmetic.ts';
import type { FunctionPoint } from '../../src/engine/transcendental.ts';
import { fitError, underflowError } from '../../src/engine/transcendental.ts';
import { ELEMENTARY_FUNCTIONS } from '../../src/numerics/arithmetic.ts';
import { streamOf } from '../../src/numerics/stream.ts';
import { replaceKernel, withValues } from './replace-kernel.ts';

const U = 2 ** -24;

describe('the error of a function', () => {
  const point = fc
    .record({
      exact: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      share: fc.double({ min: -0.01, max: 0.01, noNaN: true }),
      amount: fc.double({ min: -1e-4, max: 1e-4, noNaN: true }),
    })
    .map(({ exact, share, amount }): FunctionPoint => ({ exact, computed: exact * (1 + share) + amount }));

  it('covers every point that it was fitted to', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1 }), (points) => {
        const { relative, absolute } = fitError(points);
        for (const { exact, computed } of points.filter(({ exact }) => Math.abs(exact) >= 2 ** -126)) {
          expect(Math.abs(computed - exact)).toBeLessThanOrEqual(relative * Math.abs(exact) + absolute);
        }
      }),
    );
  });

  it('is a share alone where the function is wrong by a share', () => {
    const points = [1e-20, 0.3, 1, 40, 1e20].map((exact) => ({ exact, computed: exact * (1 + 4 * U) }));
    const { relative, absolute } = fitError(points);
    expect(relative).toBeCloseTo(8 * U, 12);
    expect(absolute).toBe(0);
  });

  it('is an amount where the function is wrong by an amount near its zero', () => {
    const points = [1e-7, 1e-3, 0.5, 3, 80].map((exact) => ({ exact, computed: exact + 2 ** -21 }));
    const { relative, absolute } = fitError(points);
    expect(relative).toBeLessThan(128 * U);
    expect(absolute).toBeLessThanOrEqual(2 ** -20);
    expect(absolute).toBeGreaterThan(0.9 * 2 ** -20);
  });

  it('assures nothing when a value is not a number', () => {
    expect(fitError([{ exact: 1, computed: Number.NaN }]).relative).toBeNaN();
    expect(fitError([{ exact: 1, computed: Infinity }]).absolute).toBe(Infinity);
    expect(underflowError([{ exact: 2 ** -130, computed: Number.NaN }])).toBeNaN();
  });
});

describe.each(['wasm', 'cpu'])('the arithmetic of %s', (backend) => {
  let undo: () => void = () => undefined;
  beforeAll(async () => {
    skipBanner();
    await loadWasm();
    await tf.setBackend(backend);
  });
  afterEach(() => {
    undo();
    undo = () => undefined;
  });

  it('is single precision, and its functions are good to a few units in the last place', async () => {
    const started = performance.now();
    const { roundoff, functions } = await measureArithmetic();
    expect(performance.now() - started).toBeLessThan(300);
    expect(roundoff).toBe(U);
    for (const name of ELEMENTARY_FUNCTIONS) {
      expect(functions[name].absolute, name).toBe(0);
      // No function of single precision is closer than the half of a unit in the last place, doubled for safety.
      expect(functions[name].relative, name).toBeGreaterThan(1.5 * U);
      expect(functions[name].relative, name).toBeLessThan(16 * U);
    }
    expect(tf.memory().numTensors).toBe(0);
  });

  it('holds at points that were not measured', async () => {
    const { functions, underflow } = await measureArithmetic();
    const stream = streamOf('off the grid');
    const x = Array.from({ length: 20_000 }, () => Math.fround(stream.normal() * 3));
    for (const [name, exact] of [
      ['exp', Math.exp],
      ['expm1', Math.expm1],
      ['tanh', Math.tanh],
      ['sigmoid', (t: number) => 1 / (1 + Math.exp(-t))],
    ] as const) {
      const result = tf.tidy(() => tf[name](tf.tensor1d(x)));
      const values = await result.data();
      result.dispose();
      const { relative, absolute } = functions[name];
      const violations = x.filter((argument, index) => {
        const f = exact(argument);
        const error = Math.abs((values[index] ?? Number.NaN) - f);
        return !(error <= relative * Math.abs(f) + absolute + underflow);
      });
      expect(violations, name).toEqual([]);
    }
  });

  it('shows a low precision of one operation', async () => {
    undo = replaceKernel(
      'Add',
      backend,
      withValues((value) => value * (1 + 2 ** -12)),
    );
    const { roundoff } = await measureArithmetic();
    expect(roundoff).toBeGreaterThanOrEqual(2 ** -12);
    expect(roundoff).toBeLessThan(2 ** -10);
  });

  it('shows a logarithm that is wrong by an amount near 1', async () => {
    undo = replaceKernel(
      'Log',
      backend,
      withValues((value) => value + 2 ** -21),
    );
    const { log } = (await measureArithmetic()).functions;
    expect(log.absolute).toBeGreaterThan(2 ** -21);
    expect(log.absolute).toBeLessThanOrEqual(2 ** -20);
  });

  it('shows subnormal results that are flushed', async () => {
    undo = replaceKernel(
      'Multiply',
      backend,
      withValues((value) => (Math.abs(value) < 2 ** -126 ? 0 : value)),
    );
    expect((await measureArithmetic()).underflow).toBe(2 ** -126);
  });
});

it('knows that wasm flushes small sigmoids, and that cpu underflows gradually', async () => {
  await loadWasm();
  await tf.setBackend('wasm');
  expect((await measureArithmetic()).underflow).toBe(2 ** -126);
  await tf.setBackend('cpu');
  expect((await measureArithmetic()).underflow).toBe(2 ** -149);
});
