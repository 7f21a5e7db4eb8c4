import fc from 'fast-check';
import { engineAllocate } from '../../src/verification/contracts/index.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';

const BYTES_OF_FLOAT32 = 4;

/** The counters by which leaks are judged agree with an allocation made on purpose. */
export const memory = law({
  id: 'engine/memory',
  statement:
    'Counted tensors, their bytes and the buffers of the engine rise by exactly what is allocated (a view counts as a tensor, and may share the buffer of another), and fall back when it is disposed of.',
  formula:
    'n shapes, a tensor, a result and a view each: Δtensors = 3n, Δbytes = 3·4·Σ sizes, 2n ≤ Δbuffers ≤ 3n; then 0',
  guards:
    'memory watched on the JavaScript heap alone, where tensors are not: a leak of gigabytes shows as a flat line',
  suspects:
    'what the counter reads (process.memoryUsage().heapUsed knows no tensor), and disposal in the engine',
  oracle: 'identity',
  bound: 'none: tensors, bytes and buffers are counted',
  needs: [engineAllocate],
  budget: { runs: 20 },
  cases: fc.record({
    shapes: fc.array(fc.array(fc.integer({ min: 2, max: 9 }), { minLength: 1, maxLength: 3 }), {
      minLength: 2,
      maxLength: 6,
    }),
  }),
  async judge({ shapes }, { call }) {
    const { before, held, after } = await call(engineAllocate, { shapes });
    const elements = shapes.reduce((sum, shape) => sum + shape.reduce((size, length) => size * length, 1), 0);
    const rise = (what: keyof typeof held, from: typeof held): number => from[what] - before[what];
    return [
      within('tensors while all is held', rise('tensors', held), 3 * shapes.length),
      within('bytes while all is held', rise('bytes', held), 3 * BYTES_OF_FLOAT32 * elements),
      within('buffers while all is held', rise('buffers', held), 2 * shapes.length, 3 * shapes.length),
      ...(['tensors', 'bytes', 'buffers'] as const).map((what) =>
        within(`${what} after disposal`, rise(what, after), 0),
      ),
    ];
  },
});

function within(quantity: string, got: number, low: number, high = low): Measurement {
  return {
    quantity: `rise of ${quantity}`,
    measured: Math.max(low - got, got - high, 0),
    allowed: 0,
    expected: low === high ? String(low) : `${low} to ${high}`,
    got: String(got),
  };
}
