import fc from 'fast-check';
import { theilSen } from '../../src/numerics/robust.ts';
import { TRAINED_MODELS, trainingProcessMemory } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';

/** Steps between two readings: collecting garbage takes longer than a step. */
const EVERY = 10;

/** Readings while caches and pools fill, and readings that are judged. */
const WARM_UP = 2;
const READINGS = 12;

/** 256 KiB a step: a run of 50,000 steps would lose 12 GiB. */
const BUDGET_BYTES = 256 * 1024;

/** One-sided error rate of the slope's confidence bounds. */
const ERROR_RATE = 1e-3;

/** The memory of the process does not grow with the steps, even where no tensor is counted. */
export const nativeMemory = law({
  id: 'training/native-memory',
  statement:
    'After warm-up the memory of the process grows by less than the budget a step, whichever trainer takes it.',
  formula: 'lower confidence bound of the Theil–Sen slope of process bytes < 256 KiB a step',
  guards:
    'memory outside the tensor count: native buffers, caches, closures; the count is flat and the machine swaps',
  suspects: 'native allocations, caches keyed by shape, listeners added at every step',
  oracle: 'statistic',
  bound:
    'Sen’s rank interval, one-sided error 0.001: violated when the lower bound exceeds the budget, holds when the upper bound is below it, else inconclusive',
  needs: [trainingProcessMemory],
  budget: { runs: 1, power: 1 },
  cases: fc.record({ seed: seeds }),
  async judge({ seed }, { call }) {
    const slopes: Measurement[] = [];
    for (const model of TRAINED_MODELS) {
      const { residentBytes, accountedBytes } = await call(trainingProcessMemory, {
        model,
        configuration: {},
        seed,
        steps: EVERY * (WARM_UP + READINGS),
        every: EVERY,
      });
      // A leak may first fill what the allocator has kept, and physical memory then stands still for a while; and
      // what a native library takes, the runtime does not account for. So both are judged.
      slopes.push(
        slopeOf(`physical memory, ${model}`, [...residentBytes.data.slice(WARM_UP)]),
        slopeOf(`memory that the runtime accounts for, ${model}`, [...accountedBytes.data.slice(WARM_UP)]),
      );
    }
    return slopes;
  },
});

function slopeOf(what: string, bytes: readonly number[]): Measurement {
  const quantity = `growth of the ${what} in bytes a step`;
  const steps = bytes.map((_, reading) => EVERY * reading);
  if (bytes.length < READINGS || bytes.some((value) => !Number.isFinite(value))) {
    return { quantity, measured: Number.NaN, allowed: BUDGET_BYTES, got: `${bytes.length} readings` };
  }
  const { slope, lower, upper } = theilSen(steps, bytes, { confidence: 1 - 2 * ERROR_RATE });
  return {
    quantity,
    measured: Math.max(0, lower),
    allowed: BUDGET_BYTES,
    expected: `below ${BUDGET_BYTES}`,
    got: `${slope.toFixed(0)} (${lower.toFixed(0)} … ${upper.toFixed(0)})`,
    ...(upper > BUDGET_BYTES
      ? {
          inconclusive: `slope ${slope.toFixed(0)} bytes a step, but up to ${upper.toFixed(0)} cannot be ruled out`,
        }
      : {}),
  };
}
